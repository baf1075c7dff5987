//! Pieces of help that several commands share.
//!
//! The parser breaks lines where the terminal ends, but does not know that a remark belongs to its
//! command; so a remark has a line of its own, further in.

/// Puts command lines under the heading `Examples:`, each with its remark where it has one.
macro_rules! examples {
    ($($line:literal $(=> $remark:literal)?),+ $(,)?) => {
        concat!("Examples:", $("\n  ", $line $(, "\n      ", $remark)?),+)
    };
}

/// Says what an ACCESS is, then puts command lines under the heading `Examples:`.
macro_rules! access_and_examples {
    ($($line:literal $(=> $remark:literal)?),+ $(,)?) => {
        concat!(
            "An ACCESS is one of:\n",
            "  design, runtime-explorer, http, rest, administration\n",
            "  sql[:SCHEMA[:read|write|all]]\n",
            "      DEFAULT_SCHEMA and read when left out\n",
            "  plugin:KEY\n",
            "      write, 808464697, '4D Write license', or a name\n",
            "      from guichet.toml\n",
            "  group:NAME\n",
            "      membership itself, direct or through nested groups\n",
            "\n",
            $crate::help::examples!($($line $(=> $remark)?),+)
        )
    };
}

pub(crate) use {access_and_examples, examples};

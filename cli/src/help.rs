//! Pieces of help that several commands share.

/// Puts command lines under the heading `Examples:`.
macro_rules! examples {
    ($($line:literal),+ $(,)?) => {
        concat!("Examples:", $("\n  ", $line),+)
    };
}

/// Says what an ACCESS is, then puts command lines under the heading `Examples:`.
macro_rules! access_and_examples {
    ($($line:literal),+ $(,)?) => {
        concat!(
            "An ACCESS is one of:\n",
            "  design, runtime-explorer, http, rest, administration\n",
            "  sql[:SCHEMA[:read|write|all]]  DEFAULT_SCHEMA and read when left out\n",
            "  plugin:KEY                     write, 808464697, '4D Write license', or a name of guichet.toml\n",
            "  group:NAME                     membership itself, direct or through nested groups\n",
            "\nExamples:",
            $("\n  ", $line),+
        )
    };
}

pub(crate) use {access_and_examples, examples};

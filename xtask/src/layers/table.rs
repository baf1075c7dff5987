//! The allowed dependencies; change it together with `docs/architecture.md`.

/// The rules that a workspace is checked against.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rules {
    /// What each member may depend on inside the workspace, in any section of its manifest.
    pub(super) members: &'static [(&'static str, &'static [&'static str])],
    /// What each member may depend on inside the workspace in `[dev-dependencies]` besides.
    pub(super) dev: &'static [(&'static str, &'static [&'static str])],
    /// Outside crates that carry a concern, and where that concern lives.
    pub(super) outside: &'static [Home],
}

/// An outside crate with the only members that may use it in what they ship.
///
/// A dev dependency is free: a test may read JSON or write a temporary file wherever it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Home {
    /// The names of the outside crates.
    pub(super) crates: &'static [&'static str],
    /// The members that may use them.
    pub(super) members: &'static [&'static str],
    /// Why nobody else may.
    pub(super) reason: &'static str,
}

const CORE: &str = "guichet-core";
const STORAGE: &str = "guichet-storage";
const POLICY: &str = "guichet-policy";
const LICENSING: &str = "guichet-licensing";
const PROJECT: &str = "guichet";
const CLI: &str = "guichet-cli";
const XTASK: &str = "xtask";

/// The rules of this workspace.
pub(super) const RULES: Rules = Rules {
    members: &[
        (CORE, &[]),
        (STORAGE, &[CORE]),
        (POLICY, &[CORE]),
        (LICENSING, &[CORE]),
        (PROJECT, &[CORE, STORAGE, POLICY, LICENSING]),
        (CLI, &[CORE, STORAGE, POLICY, LICENSING, PROJECT]),
        (XTASK, &[]),
    ],
    dev: &[],
    outside: &[
        Home {
            crates: &["serde_json"],
            members: &[STORAGE, LICENSING, CLI, XTASK],
            reason: "JSON is a concern of files and of output",
        },
        Home {
            crates: &["toml_edit"],
            members: &[STORAGE, CLI],
            reason: "`guichet.toml` is read and written by storage",
        },
        Home {
            crates: &["toml", "serde-saphyr"],
            members: &[STORAGE, POLICY, CLI],
            reason: "`guichet.toml` is storage's; policy tests are texts in TOML or YAML, behind a feature",
        },
        Home {
            crates: &["notify", "tempfile"],
            members: &[STORAGE, CLI],
            reason: "there is one door to the disk, and it is storage",
        },
        Home {
            crates: &["rusqlite"],
            members: &[LICENSING],
            reason: "only the durable ledger keeps a database",
        },
        Home {
            crates: &["bcrypt"],
            members: &[CORE],
            reason: "one place hashes and verifies passwords, behind a feature of the domain",
        },
        Home {
            crates: &["rpassword"],
            members: &[CLI],
            reason: "only the command line asks a person",
        },
        Home {
            crates: &[
                "annotate-snippets",
                "anstream",
                "anstyle",
                "clap",
                "clap_complete",
                "clap_mangen",
                "comfy-table",
                "terminal_size",
                "textwrap",
            ],
            members: &[CLI],
            reason: "a library never talks to a terminal",
        },
        Home {
            crates: &["svg"],
            members: &[LICENSING, CLI, XTASK],
            reason: "pictures are drawn of seats, of the hierarchy and of measurements",
        },
    ],
};

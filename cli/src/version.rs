//! The version that `--version` prints.

/// Version and commit, such as `0.1.0 (commit 0123456789ab)`.
pub(crate) const LONG: &str = concat!(
    env!("CARGO_PKG_VERSION"),
    " (commit ",
    env!("GUICHET_COMMIT"),
    ")"
);

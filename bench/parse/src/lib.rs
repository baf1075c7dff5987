//! Two programs that read a `directory.json` to members by number, see `src/bin`.

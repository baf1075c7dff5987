//! Times SQLite's recursive query.

use std::process::ExitCode;

fn main() -> ExitCode {
    peer_kit::time::<sqlite_peer::Sqlite>()
}

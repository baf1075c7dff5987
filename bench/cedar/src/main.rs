//! Times Cedar's entities.

use std::process::ExitCode;

fn main() -> ExitCode {
    peer_kit::time::<cedar_peer::Cedar>()
}

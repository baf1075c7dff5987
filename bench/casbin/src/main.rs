//! Times casbin's role manager.

use std::process::ExitCode;

fn main() -> ExitCode {
    peer_kit::time::<casbin_peer::Casbin>()
}

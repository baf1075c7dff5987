//! Times the engine of guichet-policy.

use std::process::ExitCode;

fn main() -> ExitCode {
    peer_kit::time::<guichet_peer::Guichet>()
}

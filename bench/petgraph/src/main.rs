//! Times petgraph's graph and depth-first search.

use std::process::ExitCode;

fn main() -> ExitCode {
    peer_kit::time::<petgraph_peer::Petgraph>()
}

//! Weighs the heap of petgraph's graph and depth-first search: the same code under an allocator that counts.

use std::process::ExitCode;

#[global_allocator]
static HEAP: peer_kit::Heap = peer_kit::Heap;

fn main() -> ExitCode {
    peer_kit::weigh::<petgraph_peer::Petgraph>(HEAP)
}

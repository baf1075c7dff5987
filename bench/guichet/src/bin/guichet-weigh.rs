//! Weighs the heap of the engine of guichet-policy: the same code under an allocator that counts.

use std::process::ExitCode;

#[global_allocator]
static HEAP: peer_kit::Heap = peer_kit::Heap;

fn main() -> ExitCode {
    peer_kit::weigh::<guichet_peer::Guichet>(HEAP)
}

//! Weighs the heap of casbin's role manager: the same code under an allocator that counts.

use std::process::ExitCode;

#[global_allocator]
static HEAP: peer_kit::Heap = peer_kit::Heap;

fn main() -> ExitCode {
    peer_kit::weigh::<casbin_peer::Casbin>(HEAP)
}

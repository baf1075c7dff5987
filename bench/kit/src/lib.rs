//! What every measured implementation shares, so that they differ in nothing but themselves.
//!
//! A program of this workspace implements [`Peer`] and calls [`time`]; beside it stands a second one
//! that calls [`weigh`] under an allocator that counts, because counting takes time. `cargo xtask
//! bench` runs them, each in a process of its own, and compares what they print: one line of JSON.

mod arguments;
mod input;
mod limits;
mod memory;
mod operation;
mod parsing;
mod peer;
mod questions;
mod report;
mod run;
mod threads;
mod timing;
mod weight;

use std::process::ExitCode;

pub use input::{InputError, Link, Links, Names};
pub use operation::Operation;
pub use parsing::{Parsed, parse};
/// The allocator of the weighing programs.
pub use peak_alloc::PeakAlloc as Heap;
pub use peer::{Asked, NOT_SHARED, Peer};
pub use threads::on_threads;

/// Times a peer on the workload that the command line names, and prints one line of JSON; what takes
/// long also prints lines before that, each with all that is known by then.
///
/// With `--count OPERATION N` it takes no time but asks all questions of one kind a few times, and N
/// times more, for a tool that counts instructions.
pub fn time<P: Peer>() -> ExitCode {
    run::to_exit_code(run::time::<P>)
}

/// Weighs a peer on the workload that the command line names, and prints one line of JSON.
///
/// `heap` is the allocator of the whole program.
pub fn weigh<P: Peer>(heap: Heap) -> ExitCode {
    run::to_exit_code(|arguments| weight::weigh::<P>(arguments, heap))
}

//! The byte-true JSON document: the original text, and a flat tape of what stands where in it.
//!
//! `directory.json` must come back from a load and a save with every byte that nobody asked to change: the byte
//! order mark, the line ends, the tabs, the order of the members and the members that this crate does not know.
//! So nothing here is rebuilt from values. A [`Document`] owns the text as it was read, and a tape of eight bytes
//! per value that says where each one begins and ends; strings are looked at in place and are decoded only when
//! they hold an escape.
//!
//! The scanner is strict ([RFC 8259](https://www.rfc-editor.org/rfc/rfc8259)), iterative, and bounded: more than
//! [`MAX_DEPTH`] nested brackets or [`MAX_BYTES`] bytes are an error, never a crash.

mod addresses;
mod document;
mod duplicates;
mod error;
mod escape;
mod node;
mod number;
mod pointer;
mod position;
mod scanner;
mod tape;

pub use document::Document;
pub use error::{SyntaxError, SyntaxErrorKind};
pub use node::{Elements, Kind, Member, Members, Node};
pub use pointer::Pointer;
pub(crate) use position::BOM;
pub(crate) use position::LineIndex;
pub use scanner::{MAX_BYTES, MAX_DEPTH};

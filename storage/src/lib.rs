//! Reads and writes 4D's directory.json byte-true, and finds the file that counts.

pub mod json;

//! Any bytes: they are a directory that upholds its invariants, or are refused at a place.

#![no_main]

use guichet_storage::{DirectoryText, TextError};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| match DirectoryText::parse(bytes.to_vec()) {
    Ok(text) => {
        assert!(text.directory.is_sound());
        for problem in &text.problems {
            assert!(!problem.to_string().is_empty());
        }
    }
    Err(TextError::Refused { refusals }) => assert!(!refusals.is_empty()),
    Err(error) => assert!(!error.to_string().is_empty()),
});

//! Reads a `directory.json` as Guichet does: a byte-true document, and a directory with its problems.

use std::hint::black_box;
use std::process::ExitCode;

use guichet_storage::json::Document;
use guichet_storage::{OptionsFile, decode};
use peer_kit::Parsed;

fn main() -> ExitCode {
    peer_kit::parse(|bytes| {
        let document = Document::parse(bytes).expect("a workload is JSON");
        let decoded = decode(&document, &OptionsFile::default());
        let decoded = black_box(decoded.expect("a workload is a directory"));
        let groups = decoded.directory.groups();
        Parsed {
            users: decoded.directory.user_count(),
            groups: decoded.directory.group_count(),
            members: groups
                .map(|(_, group)| group.users().len() + group.groups().len())
                .sum(),
        }
    })
}

//! An edit of a `directory.json` that touches only the lines it must, and is taken back byte for
//! byte.
//!
//! `cargo run -p guichet-storage --example edit_and_take_back`

#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a program that tells a story"
)]

use std::error::Error;
use std::fs;

use guichet_core::{Change, GroupName, Rules, UserName};
use guichet_storage::{DirectoryStore, EditNote, StoreSettings, Target};

/// As no tool would write it: what nobody asks to change stays.
const TEXT: &str = "{\r\n  \"users\": { \"designer\": {}, \"administrator\": {}, \"Ann Lee\": {} },\r\n  \
                    \"groups\": {\r\n    \"Finance\":   {}\r\n  },\r\n  \"ours\": [1.0, 1e3]\r\n}\r\n";

fn main() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("directory.json");
    fs::write(&path, TEXT)?;
    let store = DirectoryStore::new(Target::File(path.clone()), StoreSettings::default());
    let note = EditNote {
        who: "Designer".to_owned(),
        when: "2026-11-21T12:00:00Z".parse()?, // a library never looks at the clock
    };

    let changes = [Change::AddMembers {
        group: GroupName::new("Finance")?,
        users: vec![UserName::from_stored("Ann Lee")],
        groups: Vec::new(),
    }];
    let edited = store.edit(&note, |directory, _| {
        directory.apply(&changes, &Rules::default())
    })?;
    for event in &edited.events {
        println!("{event}");
    }
    let text = fs::read_to_string(&path)?;
    let other_lines = text.lines().filter(|line| !TEXT.contains(line));
    for line in other_lines {
        println!("  {line}");
    }

    for sentence in store.undo(&note)?.entry.what {
        println!("undone: {sentence}");
    }
    println!(
        "the same bytes as before: {}",
        fs::read_to_string(&path)? == TEXT
    );
    for entry in store.log()? {
        println!("{} {}: {}", entry.when, entry.who, entry.what.join(", "));
    }
    Ok(())
}

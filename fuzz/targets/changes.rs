//! Any edits: they keep the invariants, can be taken back, and can be written into the file.

#![no_main]

use guichet_core::{Change, Rules, compare, order_only};
use guichet_fuzz::{Draft, Edit};
use guichet_storage::{DirectoryText, encode, encode_new};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (Draft, Vec<Edit>)| {
    let (draft, edits) = input;
    let Ok(text) = encode_new(&draft.directory()) else {
        return;
    };
    let text = DirectoryText::parse(text.into_bytes()).expect("a new file is read");
    let before = text.directory;
    let mut list: Vec<Change> = Vec::new();
    let mut probe = before.clone();
    for edit in edits {
        if probe.apply(&[edit.change()], &Rules::default()).is_ok() {
            list.push(edit.change());
        }
        assert!(probe.is_sound());
    }
    let mut after = before.clone();
    let applied = after
        .apply(&list, &Rules::default())
        .expect("one by one they were made");
    assert!(compare(&probe, &after).is_empty() && !order_only(&probe, &after));

    // What `guichet.toml` holds is not in the file.
    let http = guichet_core::AccessArea::Http;
    let in_file = before.grants().area(&http) == after.grants().area(&http);
    if let Ok(patch) = encode(&text.document, &before, &after)
        && in_file
    {
        let patched = patch
            .apply(text.document.text())
            .expect("the patch fits its text");
        let patched = DirectoryText::parse(patched.into_bytes()).expect("the edited file is read");
        let difference = compare(&after, &patched.directory);
        assert!(difference.is_empty(), "{}", difference.canonical());
    }

    after
        .revert(applied.reversal)
        .expect("nothing came between");
    assert!(compare(&before, &after).is_empty() && !order_only(&before, &after));
});

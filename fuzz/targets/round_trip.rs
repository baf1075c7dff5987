//! Any text that is a directory: nothing changed writes nothing, the normal form means the same and
//! is normal, and a new file of it means the same.

#![no_main]

use guichet_core::{BuiltInPlugin, Delta, PluginKey, compare};
use guichet_storage::{DirectoryText, encode, encode_new, normalise};
use libfuzzer_sys::fuzz_target;

/// A third party's plug-in is declared in `guichet.toml`, which a new file leaves it to.
fn stands_elsewhere(delta: &Delta) -> bool {
    let third_party = |plugin: &PluginKey| {
        let mut own = BuiltInPlugin::ALL.iter();
        own.all(|own| own.key() != plugin.as_str())
    };
    matches!(delta, Delta::PluginGranted { plugin, .. } if third_party(plugin))
}

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = DirectoryText::parse(bytes.to_vec()) else {
        return;
    };
    if let Ok(patch) = encode(&text.document, &text.directory, &text.directory) {
        let original = text.document.text();
        assert_eq!(patch.apply(original).as_deref(), Some(original));
    }
    let normal = normalise(&text.document, &text.directory);
    let again = DirectoryText::parse(normal.clone().into_bytes()).expect("the normal form is read");
    assert_eq!(normalise(&again.document, &again.directory), normal);
    if let Ok(new) = encode_new(&text.directory) {
        let new = DirectoryText::parse(new.into_bytes()).expect("a new file is read");
        let difference = compare(&text.directory, &new.directory);
        assert!(
            difference.deltas().all(stands_elsewhere),
            "{}",
            difference.canonical()
        );
    }
});

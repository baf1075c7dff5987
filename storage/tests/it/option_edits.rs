//! Edits of `guichet.toml`, however it is written: the new grantee is in it, and the other lines keep their bytes.

use guichet_core::{AccessArea, Change, Grantee, GroupName, PluginKey};
use guichet_storage::json::Document;
use guichet_storage::{OptionsFile, decode, encode_options};

use crate::project::make;

/// The text after a change of a project whose `directory.json` says nothing, which means what the change says.
fn edited(text: &str, change: Change) -> String {
    let options = OptionsFile::parse(text.as_bytes()).unwrap();
    let document = Document::parse(b"{}".to_vec()).unwrap();
    let directory = |options| decode(&document, options).unwrap().directory;
    let before = directory(&options);
    let mut after = before.clone();
    let _applied = make(vec![change])(&mut after, &options).unwrap();
    let bytes = encode_options(text.as_bytes(), &options, Some(&document), &before, &after);
    let bytes = bytes.unwrap().unwrap();
    let again = directory(&OptionsFile::parse(&bytes).unwrap());
    assert_eq!(again.grants(), after.grants(), "{text}");
    String::from_utf8(bytes).unwrap()
}

fn close_http() -> Change {
    let (area, grantee) = (AccessArea::Http, Grantee::Nobody);
    Change::GrantArea { area, grantee }
}

fn close_barcode() -> Change {
    let plugin = PluginKey::from_stored("barcode");
    Change::GrantPlugin {
        plugin,
        grantee: Grantee::Nobody,
    }
}

/// Bugs once: one pair of `\r\n` made all line ends such pairs, and a last line without an end got one.
#[test]
fn every_layout_is_followed_and_the_other_lines_stay() {
    const KEPT: &str = "# ours\n[policy]\nadministrator_design = \"always\" # for now\n";
    for (change, layouts) in [
        (
            close_http(),
            &[
                "",
                "[access]\n",
                "[access]\nhttp = \"*\" # who may\n",
                "access = {}\n",
                "access = { http = '*' }\n",
                "access.http = \"*\"\n",
            ][..],
        ),
        (
            close_barcode(),
            &[
                "[plugins.barcode]\nnumber = 15000\n",
                "[plugins.barcode]\nnumber = 15000\ngroup = \"*\"\n",
                "[plugins]\nbarcode = { number = 15000 }\n",
                "[plugins]\nbarcode.number = 15000\n",
                "plugins = { barcode = { number = 15000 } }\n",
                "plugins.barcode.number = 15000\n",
            ],
        ),
    ] {
        for layout in layouts {
            let text = format!("{layout}{KEPT}");
            for text in [
                text.replace('\n', "\r\n"),
                text.replacen('\n', "\r\n", 2),
                format!("\u{feff}{text}"),
                text.trim_end().to_owned(),
                text,
            ] {
                let new = edited(&text, change.clone());
                let last = text.ends_with('\n') || layout.is_empty();
                assert_eq!(new.ends_with('\n'), last, "{text:?} {new:?}");
                let mut lines = new.split_inclusive('\n');
                for line in text.split_inclusive('\n').filter(|line| is_kept(line)) {
                    let same =
                        |other: &str| other == line || other.strip_suffix('\n') == Some(line);
                    assert!(lines.any(same), "{line:?} in {new:?}");
                }
                assert_eq!(new.starts_with('\u{feff}'), text.starts_with('\u{feff}'));
            }
        }
    }
}

/// Tells whether no grantee stands in a line.
fn is_kept(line: &str) -> bool {
    let words = ["http", "group", "access = {", "barcode = {"];
    !words.iter().any(|word| line.contains(word))
}

/// Every third line is another one afterwards, and none of the others has moved.
#[test]
fn a_group_of_many_plug_ins_is_renamed_in_all_of_them() {
    let text = |group: &str| {
        let entry = |n| format!("[plugins.p{n}]\r\nnumber = {n}\r\ngroup = \"{group}\"\n");
        (16_000..26_000).map(entry).collect::<String>()
    };
    let old = text("Devs");
    let options = OptionsFile::parse(old.as_bytes()).unwrap();
    let document = br#"{"users": {}, "groups": {"Devs": {}}}"#;
    let document = Document::parse(document.to_vec()).unwrap();
    let before = decode(&document, &options).unwrap().directory;
    let mut after = before.clone();
    let rename = Change::RenameGroup {
        group: GroupName::from_stored("Devs"),
        name: GroupName::from_stored("Makers"),
    };
    let _applied = make(vec![rename])(&mut after, &options).unwrap();
    let edited = encode_options(old.as_bytes(), &options, Some(&document), &before, &after);
    assert_eq!(edited.unwrap().unwrap(), text("Makers").into_bytes());
}

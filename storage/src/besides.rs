//! In what the files of an edit differ besides what their directories hold: for asking who may write them.
//!
//! Core asks for every change of a directory ([`guichet_core::authority::Rewrite`]). It does not see the texts, so what
//! they keep without a meaning, and what `guichet.toml` says of policies and seats, is compared here.

use guichet_core::authority::Besides;
use guichet_core::{Plugin, Rules, Severity, compare};

use crate::encode::{encode, repair};
use crate::guichet_toml::OptionsFile;
use crate::layout::OPTIONS_FILE;
use crate::normalise::normalise;
use crate::store::FileChange;
use crate::text::DirectoryText;

/// The text of a file that is not there.
const EMPTY: &[u8] = b"{}";

/// Says in what these files differ besides what the directories hold; the worst of them.
///
/// `plugins` are those that there are. A file that cannot be read differs in its content. Costs what an edit does that
/// carries the difference out.
///
/// # Examples
///
/// ```
/// use guichet_core::authority::Besides;
/// use guichet_storage::besides::besides;
/// use guichet_storage::store::FileChange;
///
/// let change = |before: &str, after: &str| FileChange {
///     path: "Settings/directory.json".into(),
///     before: Some(before.into()),
///     after: Some(after.into()),
/// };
/// let text = r#"{"users": {"Ann": {}}, "groups": {"A": {"users": []}}}"#;
/// let with_ann = text.replace("[]", r#"["Ann"]"#);
/// let with_note = text.replace(r#""users": {""#, r#""note": 1, "users": {""#);
/// assert_eq!(besides(&[change(text, &with_ann)], &[]), Besides::Nothing);
/// assert_eq!(besides(&[change(text, &text.replace(' ', ""))], &[]), Besides::Form);
/// assert_eq!(besides(&[change(text, &with_note)], &[]), Besides::Content);
/// ```
pub fn besides(files: &[FileChange], plugins: &[Plugin]) -> Besides {
    let of_each = files.iter().map(|change| of_file(change, plugins));
    of_each.max().unwrap_or_default()
}

fn of_file(change: &FileChange, plugins: &[Plugin]) -> Besides {
    let (before, after) = (change.before.as_deref(), change.after.as_deref());
    let is_options = change
        .path
        .file_name()
        .is_some_and(|name| name == OPTIONS_FILE);
    if before == after {
        Besides::Nothing
    } else if is_options {
        of_options(before.unwrap_or_default(), after.unwrap_or_default())
    } else {
        of_texts(before.unwrap_or(EMPTY), after.unwrap_or(EMPTY), plugins)
    }
}

/// Carries the difference out in the first text, and compares the result with the second: what differs then is nothing
/// that changes could have made.
fn of_texts(before: &[u8], after: &[u8], plugins: &[Plugin]) -> Besides {
    let parse = |bytes: &[u8]| DirectoryText::parse(bytes.to_vec()).ok();
    let (Some(before), Some(after)) = (parse(before), parse(after)) else {
        return Besides::Content;
    };
    let rules = Rules {
        plugins,
        ..Rules::default()
    };
    let plan = compare(&before.directory, &after.directory).plan(&before.directory, &rules);
    let mut edited = before.directory.clone();
    let mut carried_out = || {
        let _ = edited.apply(plan.changes(), &rules).ok()?;
        let patch = encode(&before.document, &before.directory, &edited).ok()?;
        parse(patch.apply(before.document.text())?.as_bytes())
    };
    let Some(carried_out) = carried_out().filter(|_| plan.leftovers().is_empty()) else {
        return Besides::Content;
    };
    if carried_out.document.text() == after.document.text() {
        Besides::Nothing
    } else if plain(&carried_out).is_some_and(|text| Some(text) == plain(&after)) {
        Besides::Form
    } else {
        Besides::Content
    }
}

/// Returns the normal form of a text in which nothing is said twice, in vain or in another spelling.
fn plain(text: &DirectoryText) -> Option<String> {
    let repaired = repair(&text.document, &text.problems).apply(text.document.text())?;
    let text = DirectoryText::parse(repaired.into_bytes()).ok()?;
    Some(normalise(&text.document, &text.directory))
}

/// Policies, numbers of seats and levels of lint are in no directory.
fn of_options(before: &[u8], after: &[u8]) -> Besides {
    match (OptionsFile::parse(before), OptionsFile::parse(after)) {
        (Ok(before), Ok(after))
            if before.policies == after.policies
                && before.plugins == after.plugins
                && levels(&before).eq(levels(&after)) =>
        {
            Besides::Form
        }
        _ => Besides::Content,
    }
}

/// The levels of lint, wherever they are written.
fn levels(options: &OptionsFile) -> impl Iterator<Item = (&str, Option<Severity>)> {
    let levels = options.lint.iter();
    levels.map(|chosen| (chosen.code.as_str(), chosen.level))
}

//! In what the files of an edit differ besides what their directories hold: for asking who may write them.
//!
//! Core asks for every change of a directory ([`guichet_core::Rewrite`]). It does not see the texts, so what
//! they keep without a meaning, and what `guichet.toml` says of policies and seats, is compared here.

use guichet_core::{Besides, Plugin, PluginDeclaration, Rules, Severity, compare};

use crate::directory_text::DirectoryText;
use crate::encode::{encode, repair};
use crate::guichet_toml::OptionsFile;
use crate::merge::{conflicts, without_conflicts};
use crate::normalise::normalise;
use crate::store::FileChange;

/// The text of a file that is not there.
const EMPTY: &[u8] = b"{}";

/// Says in what these files differ besides what the directories hold; the worst of them.
///
/// `plugins` are those that there are. A file that cannot be read differs in its content. Conflicts that a merge left in
/// a directory are notes about it: listing or deciding them is a matter of form. Costs what an edit does that
/// carries the difference out.
///
/// # Examples
///
/// ```
/// use guichet_core::Besides;
/// use guichet_storage::{FileChange, besides};
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
    if before == after {
        return Besides::Nothing;
    }
    // guichet.toml is known by what it says: a link to it may lead to a file of any name, and no directory is TOML.
    let options = |bytes: Option<&[u8]>| OptionsFile::parse(bytes.unwrap_or_default());
    match (options(before), options(after)) {
        (Ok(before), Ok(after)) => of_options(&before, &after),
        _ => of_texts(before.unwrap_or(EMPTY), after.unwrap_or(EMPTY), plugins),
    }
}

fn of_texts(before: &[u8], after: &[u8], plugins: &[Plugin]) -> Besides {
    let (Some(before), Some(after)) = (parse(before), parse(after)) else {
        return Besides::Content;
    };
    let listed = |text: &DirectoryText| -> Vec<_> {
        let listed = conflicts(&text.document).into_iter();
        listed.map(|(conflict, _)| conflict).collect()
    };
    let (ours, theirs) = (listed(&before), listed(&after));
    let of_conflicts = if ours == theirs {
        Besides::Nothing
    } else {
        Besides::Form
    };
    let plain = |text| {
        if ours == theirs {
            Some(text)
        } else {
            bare(&text)
        }
    };
    match (plain(before), plain(after)) {
        (Some(before), Some(after)) => of_directories(&before, &after, plugins).max(of_conflicts),
        _ => Besides::Content,
    }
}

fn parse(bytes: &[u8]) -> Option<DirectoryText> {
    DirectoryText::parse(bytes.to_vec()).ok()
}

/// Returns a text without the conflicts in it.
fn bare(text: &DirectoryText) -> Option<DirectoryText> {
    let bare = without_conflicts(&text.document).apply(text.document.text())?;
    parse(bare.as_bytes())
}

/// Carries the difference out in the first text, and compares the result with the second: what differs then is nothing
/// that changes could have made.
fn of_directories(before: &DirectoryText, after: &DirectoryText, plugins: &[Plugin]) -> Besides {
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
    } else if plain(&carried_out).is_some_and(|text| Some(text) == plain(after)) {
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

/// Policies, numbers of seats and levels of lint are in no directory; who may use a plug-in is.
fn of_options(before: &OptionsFile, after: &OptionsFile) -> Besides {
    if before.policies == after.policies
        && declared(before).eq(declared(after))
        && levels(before).eq(levels(after))
    {
        Besides::Form
    } else {
        Besides::Content
    }
}

/// The plug-ins, without who may use them.
fn declared(options: &OptionsFile) -> impl Iterator<Item = PluginDeclaration> {
    let declarations = options.plugins.iter().cloned();
    declarations.map(|declaration| PluginDeclaration {
        grantee: None,
        ..declaration
    })
}

/// The levels of lint, wherever they are written.
fn levels(options: &OptionsFile) -> impl Iterator<Item = (&str, Option<Severity>)> {
    let levels = options.lint.iter();
    levels.map(|chosen| (chosen.code.as_str(), chosen.level))
}

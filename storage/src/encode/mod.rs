//! From an edited directory to the text of its file: a patch of the original, so that only the touched lines change.
//!
//! Users and groups are followed by their handles, which an edit keeps: a renamed one is renamed where it stands and in
//! every reference (decision D23), a removed one is cut out with its line, a new one goes last (decision D32). Keys go
//! where 4D puts them; a list that becomes empty goes with its key, as does an empty `groups`. What this crate does not
//! know, and references that are odd and were not asked about, stay as they are.
//!
//! The file's own line ends, indentation, byte order mark, colons and end stay. Texts are written as 4D does: raw UTF-8,
//! and only those escapes that JSON needs.

mod children;
pub(crate) mod container;
mod error;
mod grants;
mod groups;
mod patch;
mod references;
mod repair;
pub(crate) mod style;
mod users;
pub(crate) mod value;
mod whole;

use std::borrow::Cow;
use std::collections::HashSet;
use std::rc::Rc;

use guichet_core::{
    AccessArea, Delta, Directory, DirectoryBuilder, Grantee, GroupHandle, SchemaName, SqlRight,
    UserHandle, compare, same_in_order,
};

use container::{ObjectEdit, Sheet};

pub use error::EncodeError;
pub(crate) use grants::is_own;
pub use patch::Patch;
pub(crate) use patch::TextEdit;
pub(crate) use references::{grantee_text, hidden_users};
pub use repair::{is_repairable, repair};

use crate::json::{Document, Member};

/// Returns the patch of a document that makes it mean an edited directory.
///
/// `before` must be what [`decode`](crate::decode()) made of the document, and `after` what edits made of
/// `before`. What `guichet.toml` holds is not looked at: see [`encode_options`](crate::encode_options).
///
/// Linear in the text; the patch is in the order of the text. Whoever saves the edited text reads it back and compares,
/// with [`same_in_order`].
///
/// # Errors
///
/// [`EncodeError::ReservedUserName`], [`EncodeError::UngrantableGroup`], [`EncodeError::NamelessUser`],
/// [`EncodeError::AmbiguousUser`]: the file has no
/// way to say it.
///
/// # Examples
///
/// ```
/// use guichet_core::{Change, GroupName, Rules, UserName};
/// use guichet_storage::json::Document;
/// use guichet_storage::{OptionsFile, decode, encode};
///
/// let text = "{\n  \"users\": {\n    \"designer\": {\"alias\": \"Boss\"},\n    \"Ann\": {}\n  },\n  \"groups\": {\"Devs\": {\"users\": [\"Ann\"]}}\n}\n";
/// let document = Document::parse(text.into())?;
/// let before = decode(&document, &OptionsFile::default()).unwrap().directory;
/// let mut after = before.clone();
/// let change = Change::RenameUser { user: UserName::from_stored("Ann"), name: UserName::new("Zoë")? };
/// after.apply(&[change], &Rules::default())?;
/// let patch = encode(&document, &before, &after)?;
/// assert_eq!(patch.apply(text), Some(text.replace("Ann", "Zoë")));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn encode(
    document: &Document,
    before: &Directory,
    after: &Directory,
) -> Result<Patch, EncodeError> {
    encode_with(document, before, after, NewPlugins::OfOptions)
}

/// Where the grant of a plug-in goes that is not one of 4D's own and that the file does not name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NewPlugins {
    /// Into `guichet.toml`, where whoever edits declares it.
    OfOptions,
    /// Into the file: another version of it has the grant there.
    OfFile,
}

/// Returns the patch as [`encode`] does.
pub(crate) fn encode_with(
    document: &Document,
    before: &Directory,
    after: &Directory,
    new_plugins: NewPlugins,
) -> Result<Patch, EncodeError> {
    references::check_unambiguous(after)?;
    let mut encoder = Encoder {
        sheet: Sheet::new(document),
        before,
        after,
        new_plugins,
        overridden: document.overridden_keys(),
        renamed_users: renamed(
            before.users(),
            |user| Some(after.user(user)?.name().as_str()),
            |user| user.name().as_str(),
        ),
        renamed_groups: renamed(
            before.groups(),
            |group| Some(after.group(group)?.name().as_str()),
            |group| group.name().as_str(),
        ),
    };
    let root_node = document.root();
    let mut root = ObjectEdit::new(&encoder.sheet, root_node, root_node.span().start);
    encoder.users(&mut root)?;
    encoder.groups(&mut root);
    encoder.schemas(&mut root)?;
    encoder.plugins(&mut root)?;
    encoder.settings(&mut root)?;
    root.finish(&mut encoder.sheet);
    Ok(Patch::new(encoder.sheet.edits))
}

/// Refuses a text that does not mean, in its order, what it was written for. Linear.
///
/// # Errors
///
/// [`EncodeError::Unfaithful`].
pub(crate) fn check_faithful(read: &Directory, wanted: &Directory) -> Result<(), EncodeError> {
    if same_in_order(read, wanted) {
        return Ok(());
    }
    let difference = compare(wanted, read);
    let what = difference
        .deltas()
        .next()
        .map_or("another order", Delta::kind);
    Err(EncodeError::Unfaithful { what })
}

/// Returns the text of a new file, laid out as 4D does it: tabs, line feeds, no byte order mark, no line end at the end.
///
/// It says what the directory says and no more; for the file of a new project see [`DirectoryStore::init`](crate::DirectoryStore::init).
///
/// # Errors
///
/// As [`encode`].
pub fn encode_new(directory: &Directory) -> Result<String, EncodeError> {
    let grants = directory.grants();
    for area in grants.areas() {
        if let Some(grantee) = grants.area(&area) {
            references::grantee_text(directory, grantee)?;
        }
    }
    for grant in grants.plugins() {
        references::grantee_text(directory, grant.grantee())?;
    }
    references::check_unambiguous(directory)?;
    for user in directory.settings().references() {
        references::user_text(directory, user)?;
    }
    let reserved = directory.users().skip(2).find_map(|(_, user)| {
        let name = user.name().as_str();
        crate::file_keys::is_built_in(name).then(|| name.to_owned())
    });
    match reserved {
        Some(name) => Err(EncodeError::ReservedUserName { name }),
        None => Ok(whole::document(directory)),
    }
}

/// Returns the directory that 4D gives a new project.
///
/// It has the two built-in users, no group and no password; everyone has everything but the structure through SQL,
/// which nobody has (28 of 32 files looked at, and statement 64).
pub(crate) fn new_project() -> Directory {
    let mut builder = DirectoryBuilder::new();
    let area = AccessArea::Sql {
        schema: SchemaName::default_schema(),
        right: SqlRight::All,
    };
    builder.grant_area(&area, &Grantee::Nobody);
    builder.finish()
}

/// Writes the differences between two directories into a document.
#[derive(Debug)]
struct Encoder<'d, 'e> {
    sheet: Sheet<'d>,
    before: &'e Directory,
    after: &'e Directory,
    new_plugins: NewPlugins,
    /// The tape indexes of the keys that do not count, ascending.
    overridden: Vec<u32>,
    renamed_users: Rc<HashSet<UserHandle>>,
    renamed_groups: Rc<HashSet<GroupHandle>>,
}

impl<'d> Encoder<'d, '_> {
    /// Takes out the members of some names that do not count: they would count now that the name is free.
    fn uncover(&self, object: &mut ObjectEdit<'d>, freed: &HashSet<Cow<'d, str>>) {
        if !self.overridden.is_empty() && !freed.is_empty() {
            object.remove_where(|member| !self.counts(member) && freed.contains(&member.name()));
        }
    }

    /// Returns whether no member of the same name stands further down.
    fn counts(&self, member: &Member<'d>) -> bool {
        self.overridden.binary_search(&member.key.index()).is_err()
    }

    /// Walks over the members of an object that count.
    fn counted<'a>(&'a self, object: &'a ObjectEdit<'d>) -> impl Iterator<Item = Member<'d>> + 'a {
        let members = object.members.iter().copied();
        members.filter(|member| self.counts(member))
    }
}

/// Returns those who have another name after an edit.
fn renamed<'b, H: Copy + Eq + std::hash::Hash, T: 'b>(
    before: impl Iterator<Item = (H, &'b T)>,
    now: impl Fn(H) -> Option<&'b str>,
    was: impl Fn(&'b T) -> &'b str,
) -> Rc<HashSet<H>> {
    let renamed = before.filter(|(handle, one)| now(*handle).is_some_and(|now| now != was(one)));
    Rc::new(renamed.map(|(handle, _)| handle).collect())
}

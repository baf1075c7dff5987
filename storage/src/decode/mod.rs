//! From a document to a directory, with everything that is odd about it.
//!
//! What has a meaning loads, and every oddity is reported with its place (decision D11). What has none, such as a
//! password that is a number, refuses the file whole, and all such places are named at once.

mod grants;
mod groups;
mod problem;
mod reader;
mod refusal;
mod users;

use std::collections::HashSet;

use guichet_core::{AccessArea, Directory, DirectoryBuilder, PluginKey};

pub use problem::Problem;
pub use refusal::Refusal;

use crate::file_keys;
use crate::guichet_toml::{OptionsFile, PlacedGrantee};
use crate::json::{Document, Kind, Node};
use crate::located::Located;
use crate::merge::{self, StoredConflict};
use reader::{Reader, Spelling};

/// The objects whose keys are the names of users and groups: they are the large ones.
const NAMED: [&str; 2] = ["users", "groups"];

/// A directory and what is odd about the files that it comes from.
#[derive(Clone, Debug)]
pub struct Decoded {
    /// The directory.
    pub directory: Directory,
    /// Everything odd, in the order of the files.
    pub problems: Vec<Located<Problem>>,
}

/// Reads a directory from a document, and adds what `guichet.toml` says of it.
///
/// Linear in the length of the text. A key that stands twice counts where it stands last. Of a file made to have more
/// than 100 000 problems that many are listed.
///
/// # Errors
///
/// Every value whose kind has no meaning where it stands, in the order of the text.
///
/// # Examples
///
/// ```
/// use guichet_core::Diagnostic as _;
/// use guichet_storage::json::Document;
/// use guichet_storage::{OptionsFile, decode};
///
/// let text = br#"{"users": {"designer": {"alias": "Designer"}, "administrator": {"alias": "Administrator"}},
///                 "groups": {"Sales": {"users": ["Ann"]}}}"#;
/// let document = Document::parse(text.to_vec())?;
/// let decoded = decode(&document, &OptionsFile::default()).unwrap();
/// assert_eq!(decoded.directory.group_count(), 1);
/// let [problem] = decoded.problems.as_slice() else { panic!() };
/// assert_eq!(problem.code(), "missing-user");
/// assert_eq!(problem.place.pointer.as_str(), "/groups/Sales/users/0");
/// # Ok::<(), guichet_storage::json::SyntaxError>(())
/// ```
pub fn decode(
    document: &Document,
    options: &OptionsFile,
) -> Result<Decoded, Vec<Located<Refusal>>> {
    // The directory itself notices the same name twice, so that nobody has to look for keys that stand twice among
    // all users and groups. Where there may be one, or where the file is refused, everything is read again with care.
    let root = document.root();
    let named: Vec<Node<'_>> = NAMED.iter().filter_map(|key| root.get(key)).collect();
    let (mut reader, mut builder) = read(document, &named);
    if reader.gives_up() || reader.refuses() {
        (reader, builder) = read(document, &[]);
    }
    let mut problems = reader.finish()?;
    apply_options(&mut builder, options, &mut problems);
    problems.sort_by(|left, right| left.place.cmp(&right.place));
    Ok(Decoded {
        directory: builder.finish(),
        problems,
    })
}

/// Reads a document; keys that stand twice in an object of `passed_over` raise doubts and are not told apart.
fn read<'d>(document: &'d Document, passed_over: &[Node<'d>]) -> (Reader<'d>, DirectoryBuilder) {
    let mut reader = Reader::new(document, passed_over);
    let mut builder = DirectoryBuilder::new();
    let root = document.root();
    if reader.expect(root, Kind::Object, || "the document".to_owned()) {
        let fields = reader.fields(root, &file_keys::DOCUMENT, Spelling::Exact);
        let [users, groups, schemas, plugins, settings, conflicts] =
            fields.map(|member| member.map(|member| member.value));
        users::read(&mut reader, &mut builder, users);
        groups::read(&mut reader, &mut builder, groups);
        grants::read_schemas(&mut reader, &mut builder, schemas);
        grants::read_plugins(&mut reader, &mut builder, plugins);
        grants::read_settings(&mut reader, &mut builder, settings);
        for conflict in conflicts.into_iter().flat_map(merge::conflicts_in) {
            let StoredConflict { ours, theirs, .. } = StoredConflict::from_node(conflict);
            reader.problem(conflict, Problem::UnresolvedConflict { ours, theirs });
        }
    }
    (reader, builder)
}

/// Returns the directory of a project without a file: the two built-in users, and nothing checked (statement 68).
pub(crate) fn without_file(options: &OptionsFile) -> Decoded {
    let mut builder = DirectoryBuilder::new();
    let mut problems = Vec::new();
    apply_options(&mut builder, options, &mut problems);
    Decoded {
        directory: builder.finish(),
        problems,
    }
}

/// Grants what `guichet.toml` grants.
fn apply_options(
    builder: &mut DirectoryBuilder,
    options: &OptionsFile,
    problems: &mut Vec<Located<Problem>>,
) {
    let mut note = |diagnostic: Option<Problem>, placed: &PlacedGrantee| {
        problems.extend(diagnostic.map(|diagnostic| Located {
            diagnostic,
            place: placed.place.clone(),
        }));
    };
    if let Some(placed) = &options.http {
        let placement = builder.grant_area(&AccessArea::Http, &placed.grantee);
        let access = || "the HTTP server".to_owned();
        note(
            grants::grant_problem(builder, placement, access, placed.grantee.as_text()),
            placed,
        );
    }
    let grants = builder.as_directory().grants().plugins();
    let mut granted: HashSet<PluginKey> = grants.iter().map(|one| one.plugin().clone()).collect();
    for (key, placed) in &options.plugin_grants {
        if !granted.insert(key.clone()) {
            note(
                Some(Problem::GrantedTwice {
                    plugin: key.to_string(),
                }),
                placed,
            );
            continue;
        }
        let placement = builder.grant_plugin(key, &placed.grantee);
        let access = || format!("the plug-in `{key}`");
        note(
            grants::grant_problem(builder, placement, access, placed.grantee.as_text()),
            placed,
        );
    }
}

//! A directory without anybody in it: no stored password, invented names, and every other byte as it was.
//!
//! So it can be published, or go with a bug report. What comes out behaves like what went in:
//!
//! | what | becomes |
//! |---|---|
//! | names of users, groups, SQL schemas, startup methods and plug-ins of third parties | invented names, also where nobody has the name |
//! | names that differ in case or Unicode form only | names that differ in case only (decision D7) |
//! | a name over 15 characters | an invented one as long, up to 40 characters; others have 12 (decision D3) |
//! | `designer`, `administrator`, `*`, nothing, `DEFAULT_SCHEMA`, 4D's plug-in keys and what resembles them | themselves: they name nobody |
//! | a stored password | an invented one of the same kind and layout; equal ones stay equal |
//! | an unknown key | itself, unless it is or holds a name; all texts inside become invented names, all numbers 0 |
//!
//! A name that is a user's and a group's stays one name. An invented name holds none of the replaced ones of three
//! characters or more, in any case.
//!
//! Only this one text is scrubbed. `guichet.toml`, the history and the undo file beside the directory name people and
//! groups too, and the undo file may hold stored passwords: they are not to be published.
//!
//! # What the names are made of
//!
//! Without a key an invented name depends on nothing but its place among the others, so nothing can be learned from it.
//! With a [`ScrubKey`] it depends on the key and the name, so that a name becomes the same one in several files (except for
//! a clash, once in some 10¹¹ pairs of names); then who has the key can try names, and who has not cannot. Stored
//! passwords are replaced by their place alone in either case.

mod invention;
mod secrets;

use std::collections::HashSet;

use guichet_core::Directory;
use guichet_core::identity::{folded_name, same_name};
use guichet_core::limits;

use crate::encode::value::quoted;
use crate::encode::{Patch, TextEdit};
use crate::file_keys::{self, same_but_first_letter};
use crate::json::{Document, Kind, Member, Node};

use invention::{Avoided, Names};
use secrets::Secrets;

/// What makes a name become the same invented one in several files; keep it as you keep a password.
#[derive(Clone, PartialEq, Eq)]
pub struct ScrubKey([u8; 32]);

impl ScrubKey {
    /// Makes a key of a text, such as a long random word; the same text makes the same key.
    pub fn from_text(text: &str) -> Self {
        Self(blake3::derive_key("guichet 2026 scrub", text.as_bytes()))
    }
}

impl std::fmt::Debug for ScrubKey {
    /// Shows that there is a key, not which one.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("ScrubKey(…)")
    }
}

/// Returns the text of a document without its names and stored passwords.
///
/// `directory` must be what [`decode`](crate::decode()) made of the document. Linear in the text on average.
///
/// # Examples
///
/// ```
/// use guichet_storage::{DirectoryText, scrub};
///
/// let text = DirectoryText::parse(
///     b"{\"users\": {\"Ann Lee\": {\"password\": \"r0z/2g0H3wUsWfuzy66adw==\"}}, \"groups\": {\"Sales\": {\"users\": [\"ANN LEE\"]}}}".to_vec(),
/// )?;
/// let scrubbed = scrub(&text.document, &text.directory, None);
/// assert!(!scrubbed.contains("Ann") && !scrubbed.contains("Sales") && !scrubbed.contains("r0z"));
/// let again = DirectoryText::parse(scrubbed.into_bytes())?;
/// assert_eq!(again.problems.len(), text.problems.len());
/// # Ok::<(), guichet_storage::TextError>(())
/// ```
pub fn scrub(document: &Document, directory: &Directory, key: Option<&ScrubKey>) -> String {
    let mut finder = Finder::new(document, directory);
    finder.document(document.root());
    let names = finder.found.iter().filter_map(|found| match found.what {
        What::Name => Some(found.text.as_str()),
        What::Password | What::Number => None,
    });
    let mut names = Names::new(names, key.map(|key| &key.0));
    let mut secrets = Secrets::default();
    let mut edits = Vec::with_capacity(finder.found.len());
    for Found { node, what, text } in &finder.found {
        let span = node.span();
        let text = match what {
            What::Name => quoted(names.invent(text)),
            What::Password => quoted(secrets.invent(text, &names.avoided)),
            What::Number => "0".to_owned(),
        };
        edits.push(TextEdit {
            start: span.start,
            end: span.end,
            text,
        });
    }
    let text = document.text();
    // The edits are of strings and numbers that stand apart from one another, so they fit.
    Patch::new(edits).apply(text).unwrap_or_default()
}

/// What is replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Name,
    Password,
    Number,
}

/// One string or number that is replaced.
#[derive(Debug)]
struct Found<'d> {
    node: Node<'d>,
    what: What,
    text: String,
}

/// Finds what is to be replaced, in the order of the text.
#[derive(Debug)]
struct Finder<'d> {
    found: Vec<Found<'d>>,
    /// The names that a built-in user has because the file gives it none.
    kept: Vec<String>,
    /// The folded names of users and groups.
    names: HashSet<String>,
    /// Those that must not be seen inside of others either.
    avoided: Avoided,
}

impl<'d> Finder<'d> {
    fn new(document: &'d Document, directory: &Directory) -> Self {
        let users = document.root().get("users");
        let alias = |key| users?.get(key)?.get("alias");
        let called = [directory.designer(), directory.administrator()].map(|user| {
            let user = directory.user(user);
            user.map(|user| user.name().to_string()).unwrap_or_default()
        });
        let kept = file_keys::BUILT_INS.iter().zip(called);
        let kept = kept.filter_map(|(one, name)| alias(one.key).is_none().then_some(name));
        let users = directory.users().map(|(_, user)| user.name().as_str());
        let groups = directory.groups().map(|(_, group)| group.name().as_str());
        let names: Vec<&str> = users.chain(groups).collect();
        Self {
            found: Vec::new(),
            kept: kept.collect(),
            avoided: Avoided::new(names.iter().copied()),
            names: names.into_iter().map(folded_name).collect(),
        }
    }

    fn document(&mut self, root: Node<'d>) {
        for section in root.members() {
            let object = section.value;
            if section.name() == file_keys::CONFLICTS {
                self.conflicts(object);
                continue;
            }
            if object.kind() != Kind::Object || !file_keys::ROOT.contains(&&*section.name()) {
                self.unknown(section);
                continue;
            }
            for member in object.members() {
                match &*section.name() {
                    "users" => self.user(member),
                    "groups" => self.group(member),
                    "sqlSchemaGranters" => self.schema(member),
                    "remoteGranters" => self.plugin(member),
                    _ => self.setting(member),
                }
            }
        }
    }

    /// Keeps the shape of what a merge left, and replaces its sentences.
    fn conflicts(&mut self, list: Node<'d>) {
        let fields = list.elements().flat_map(Node::members);
        for field in fields.filter(|field| field.name() != "kind") {
            self.inside(field.value);
        }
        if list.kind() != Kind::Array {
            self.inside(list);
        }
    }

    fn user(&mut self, user: Member<'d>) {
        if !file_keys::is_built_in(&user.name()) {
            self.name(user.key);
        }
        self.fields(user.value, |finder, member| match &*member.name() {
            "password" => finder.password(member.value),
            "startupMethod" | "alias" => finder.name(member.value),
            _ => finder.unknown(member),
        });
    }

    fn group(&mut self, group: Member<'d>) {
        self.name(group.key);
        self.fields(group.value, |finder, member| match &*member.name() {
            "users" | "groups" => finder.inside(member.value),
            _ => finder.unknown(member),
        });
    }

    fn schema(&mut self, schema: Member<'d>) {
        let default = guichet_core::SchemaName::default_schema();
        if !same_name(&schema.name(), default.as_str()) {
            self.name(schema.key);
        }
        self.fields(schema.value, |finder, member| {
            if file_keys::SCHEMA.contains(&&*member.name()) {
                finder.inside(member.value);
            } else {
                finder.unknown(member);
            }
        });
    }

    fn plugin(&mut self, plugin: Member<'d>) {
        let name = plugin.name();
        if !file_keys::PLUGINS
            .iter()
            .any(|known| known.eq_ignore_ascii_case(&name))
        {
            self.name(plugin.key);
        }
        self.inside(plugin.value);
    }

    fn setting(&mut self, setting: Member<'d>) {
        let name = setting.name();
        let mut known = file_keys::SETTINGS.iter();
        if known.any(|known| same_but_first_letter(known, &name)) {
            self.inside(setting.value);
        } else {
            self.unknown(setting);
        }
    }

    /// Looks at the members of an object; at all that is inside of something else, whose kind nobody has looked at.
    fn fields(&mut self, node: Node<'d>, field: impl Fn(&mut Self, Member<'d>)) {
        if node.kind() == Kind::Object {
            node.members().for_each(|member| field(self, member));
        } else {
            self.inside(node);
        }
    }

    /// Keeps an unknown key unless it is or holds a name, and replaces all that is inside.
    fn unknown(&mut self, member: Member<'d>) {
        let key = folded_name(&member.name());
        if self.names.contains(&key) || self.avoided.is_in(&key) {
            self.name(member.key);
        }
        self.inside(member.value);
    }

    /// Replaces every text and every number of a value.
    fn inside(&mut self, node: Node<'d>) {
        let mut open = vec![node];
        while let Some(node) = open.pop() {
            match node.kind() {
                Kind::String => self.name(node),
                Kind::Number => self.add(node, What::Number, node.raw().to_owned()),
                Kind::Array => open.extend(backwards(node.elements())),
                Kind::Object => {
                    let members = node.members();
                    open.extend(backwards(
                        members.flat_map(|member| [member.key, member.value]),
                    ));
                }
                Kind::Null | Kind::Boolean => {}
            }
        }
    }

    fn name(&mut self, node: Node<'d>) {
        let text = node.as_str().unwrap_or_default();
        let kept = |kept: &String| same_name(kept, &text);
        if text.is_empty() || text == "*" || self.kept.iter().any(kept) {
            return;
        }
        self.add(node, What::Name, text.into_owned());
    }

    fn password(&mut self, node: Node<'d>) {
        match node.as_str() {
            Some(text) if text.is_empty() => {}
            Some(text) => self.add(node, What::Password, text.into_owned()),
            None => self.inside(node),
        }
    }

    fn add(&mut self, node: Node<'d>, what: What, text: String) {
        self.found.push(Found { node, what, text });
    }
}

/// Returns nodes in an order in which the first one is taken from a stack first.
fn backwards<'d>(nodes: impl Iterator<Item = Node<'d>>) -> impl Iterator<Item = Node<'d>> {
    nodes.collect::<Vec<_>>().into_iter().rev()
}

/// How many characters an invented name has for one that has as many as this.
fn invented_length(length: usize) -> usize {
    const USUAL: usize = 12;
    const LONGEST: usize = 40;
    if length > limits::GROUP_NAME_CHARACTERS {
        length.min(LONGEST)
    } else {
        USUAL
    }
}

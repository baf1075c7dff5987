//! `users`: the two built-in users and the ordinary ones.

use std::borrow::Cow;

use guichet_core::identity::same_name;
use guichet_core::{
    Credential, DirectoryBuilder, MethodName, PasswordKind, Placement, UserHandle, UserKind,
    UserName, limits,
};

use super::path::Path;
use super::problem::Problem;
use super::reader::{Reader, Spelling};
use crate::file_keys::{self, BUILT_INS, BuiltIn};
use crate::json::{Kind, Member, Node};

/// Reads all users; `None` stands for an absent `users`.
pub(super) fn read<'d>(
    reader: &mut Reader<'d>,
    builder: &mut DirectoryBuilder,
    users: Option<Node<'d>>,
) {
    let path = Path::Root.member("users");
    let users =
        users.filter(|users| reader.expect(*users, &path, Kind::Object, || "`users`".to_owned()));
    // The built-in users come first, whatever the order of the file: their names are taken before the others'.
    for built_in in &BUILT_INS {
        let member = users.and_then(|users| {
            reader
                .members(users)
                .find(|member| member.name() == built_in.key)
        });
        match (member, users) {
            (Some(member), _) => read_built_in(reader, builder, &path, member, built_in),
            (None, Some(users)) => reader.problem(users, &path, missing(built_in)),
            (None, None) => reader.problem_at_root(missing(built_in)),
        }
    }
    let Some(users) = users else { return };
    builder.reserve(users.len(), 0);
    let mut count = 0;
    let mut built_ins = BUILT_INS.each_ref().map(|one| (one.key, 0));
    for member in reader.members(users) {
        if reader.gives_up() {
            return;
        }
        let name = member.name();
        if let Some((_, times)) = built_ins.iter_mut().find(|(key, _)| *key == name) {
            *times += 1;
            if *times > 1 {
                reader.doubt();
            }
        } else {
            count += 1;
            read_ordinary(reader, builder, &path, member, &name);
        }
    }
    if count > limits::USERS {
        let problem = Problem::TooMany {
            things: "users",
            count,
            limit: limits::USERS,
        };
        reader.problem(users, &path, problem);
    }
}

const fn missing(built_in: &BuiltIn) -> Problem {
    Problem::MissingBuiltIn {
        key: built_in.key,
        name: built_in.name,
        kind: built_in.kind,
    }
}

fn read_built_in<'d>(
    reader: &mut Reader<'d>,
    builder: &mut DirectoryBuilder,
    users: &Path<'_>,
    member: Member<'d>,
    built_in: &BuiltIn,
) {
    let path = users.member(built_in.key);
    let Some(fields) = Fields::read(reader, &path, member, built_in.key) else {
        return;
    };
    if fields.alias.is_none() {
        let problem = Problem::MissingAlias { key: built_in.key };
        reader.problem(member.value, &path, problem);
    }
    let name = fields
        .alias
        .as_ref()
        .map_or(Cow::Borrowed(built_in.key), |(_, alias)| alias.clone());
    if name.is_empty() {
        reader.problem(member.value, &path, Problem::EmptyUserName);
    }
    let user = match built_in.kind {
        UserKind::Administrator => builder.administrator(UserName::stored(name.as_ref())),
        _ => builder.designer(UserName::stored(name.as_ref())),
    };
    if built_in.kind == UserKind::Administrator {
        let twin = user_name(builder, builder.as_directory().designer());
        if same_name(&name, &twin) {
            let problem = Problem::TwinUser {
                user: name.to_string(),
                twin,
            };
            reader.problem(member.value, &path, problem);
        }
    }
    fields.apply(reader, builder, &path, user, &name);
}

fn read_ordinary<'d>(
    reader: &mut Reader<'d>,
    builder: &mut DirectoryBuilder,
    users: &Path<'_>,
    member: Member<'d>,
    name: &str,
) {
    let path = users.member(name);
    let Some(fields) = Fields::read(reader, &path, member, name) else {
        return;
    };
    if name.is_empty() {
        reader.problem(member.key, &path, Problem::EmptyUserName);
    }
    let (user, twin) = builder.user_noting_twin(UserName::stored(name));
    if matches!(twin, Placement::Exact(_)) {
        reader.doubt();
    }
    if let Some(twin) = twin.handle() {
        let problem = Problem::TwinUser {
            user: name.to_owned(),
            twin: user_name(builder, twin),
        };
        reader.problem(member.key, &path, problem);
    }
    if let Some((alias, _)) = &fields.alias {
        reader.problem(
            *alias,
            &path.member("alias"),
            Problem::StrayAlias {
                user: name.to_owned(),
            },
        );
    }
    fields.apply(reader, builder, &path, user, name);
}

/// Returns the name of a user who is in the directory.
pub(super) fn user_name(builder: &DirectoryBuilder, user: UserHandle) -> String {
    builder
        .as_directory()
        .user(user)
        .map(|user| user.name().to_string())
        .unwrap_or_default()
}

/// What is in the object of a user.
struct Fields<'d> {
    startup_method: Option<Cow<'d, str>>,
    password: Option<(Node<'d>, Cow<'d, str>)>,
    alias: Option<(Node<'d>, Cow<'d, str>)>,
}

impl<'d> Fields<'d> {
    /// Takes the object apart; `None` if the file is refused because of it.
    fn read(
        reader: &mut Reader<'d>,
        path: &Path<'_>,
        member: Member<'d>,
        key: &str,
    ) -> Option<Self> {
        if !reader.expect(member.value, path, Kind::Object, || {
            format!("the user `{key}`")
        }) {
            return None;
        }
        let [method, password, alias] =
            reader.fields(member.value, path, &file_keys::USER, Spelling::Exact);
        let mut text = |member: Option<Member<'d>>, key: &'static str, what: &str, user: &str| {
            let value = member?.value;
            let text = reader.text(value, &path.member(key), || {
                format!("the {what} of `{user}`")
            })?;
            Some((value, text))
        };
        Some(Self {
            startup_method: text(method, "startupMethod", "startup method", key)
                .map(|(_, text)| text),
            password: text(password, "password", "stored password", key),
            alias: text(alias, "alias", "alias", key),
        })
    }

    /// Gives the user what was read.
    fn apply(
        self,
        reader: &mut Reader<'d>,
        builder: &mut DirectoryBuilder,
        path: &Path<'_>,
        user: UserHandle,
        name: &str,
    ) {
        if let Some(method) = self.startup_method {
            builder.startup_method(user, MethodName::stored(method.as_ref()));
        }
        if let Some((node, password)) = self.password {
            let credential = Credential::stored(password.as_ref());
            if credential.kind() == PasswordKind::Unknown {
                let problem = Problem::UnknownPassword {
                    user: name.to_owned(),
                };
                reader.problem(node, &path.member("password"), problem);
            }
            builder.credential(user, credential);
        }
    }
}

//! `users`: the two built-in users and the ordinary ones.

use std::borrow::Cow;

use guichet_core::identity::same_name;
use guichet_core::{
    Credential, DirectoryBuilder, MethodName, PasswordKind, Placement, UserHandle, UserKind,
    UserName, limits,
};

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
    let users = users.filter(|users| reader.expect(*users, Kind::Object, || "`users`".to_owned()));
    // The built-in users come first, whatever the order of the file: their names are taken before the others'.
    for built_in in &BUILT_INS {
        let member = users.and_then(|users| {
            reader
                .members(users)
                .find(|member| member.name() == built_in.key)
        });
        if let Some(member) = member {
            read_built_in(reader, builder, member, built_in);
        } else {
            let problem = Problem::MissingBuiltIn {
                key: built_in.key,
                name: built_in.name,
                kind: built_in.kind,
            };
            reader.problem(users.unwrap_or(reader.document.root()), problem);
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
            read_ordinary(reader, builder, member, &name);
        }
    }
    if count > limits::USERS {
        let problem = Problem::TooMany {
            things: "users",
            count,
            limit: limits::USERS,
        };
        reader.problem(users, problem);
    }
}

fn read_built_in<'d>(
    reader: &mut Reader<'d>,
    builder: &mut DirectoryBuilder,
    member: Member<'d>,
    built_in: &BuiltIn,
) {
    let Some(fields) = Fields::read(reader, member, built_in.key) else {
        return;
    };
    if fields.alias.is_none() {
        let problem = Problem::MissingAlias { key: built_in.key };
        reader.problem(member.value, problem);
    }
    let name = fields
        .alias
        .as_ref()
        .map_or(Cow::Borrowed(built_in.key), |(_, alias)| alias.clone());
    if name.is_empty() {
        reader.problem(member.value, Problem::EmptyUserName);
    }
    let user = match built_in.kind {
        UserKind::Administrator => builder.administrator(UserName::from_stored(name.as_ref())),
        _ => builder.designer(UserName::from_stored(name.as_ref())),
    };
    if built_in.kind == UserKind::Administrator {
        let twin = user_name(builder, builder.as_directory().designer());
        if same_name(&name, &twin) {
            let problem = Problem::TwinUser {
                user: name.to_string(),
                twin,
            };
            reader.problem(member.value, problem);
        }
    }
    fields.apply(reader, builder, user, &name);
}

fn read_ordinary<'d>(
    reader: &mut Reader<'d>,
    builder: &mut DirectoryBuilder,
    member: Member<'d>,
    name: &str,
) {
    let Some(fields) = Fields::read(reader, member, name) else {
        return;
    };
    if name.is_empty() {
        reader.problem(member.key, Problem::EmptyUserName);
    }
    let (user, twin) = builder.user_noting_twin(UserName::from_stored(name));
    if matches!(twin, Placement::Exact(_)) {
        reader.doubt();
    }
    if let Some(twin) = twin.handle() {
        let problem = Problem::TwinUser {
            user: name.to_owned(),
            twin: user_name(builder, twin),
        };
        reader.problem(member.key, problem);
    }
    if let Some((alias, _)) = &fields.alias {
        let user = name.to_owned();
        reader.problem(*alias, Problem::StrayAlias { user });
    }
    fields.apply(reader, builder, user, name);
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
    fn read(reader: &mut Reader<'d>, member: Member<'d>, user: &str) -> Option<Self> {
        if !reader.expect(member.value, Kind::Object, || format!("the user `{user}`")) {
            return None;
        }
        let [method, password, alias] =
            reader.fields(member.value, &file_keys::USER, Spelling::Exact);
        let mut text = |member: Option<Member<'d>>, what: &str| {
            let value = member?.value;
            let text = reader.text(value, || format!("the {what} of `{user}`"))?;
            Some((value, text))
        };
        Some(Self {
            startup_method: text(method, "startup method").map(|(_, text)| text),
            password: text(password, "stored password"),
            alias: text(alias, "alias"),
        })
    }

    /// Gives the user what was read.
    fn apply(
        self,
        reader: &mut Reader<'d>,
        builder: &mut DirectoryBuilder,
        user: UserHandle,
        name: &str,
    ) {
        if let Some(method) = self.startup_method {
            builder.startup_method(user, MethodName::from_stored(method.as_ref()));
        }
        if let Some((node, password)) = self.password {
            let credential = Credential::from_stored(password.as_ref());
            if credential.kind() == PasswordKind::Unknown {
                let problem = Problem::UnknownPassword {
                    user: name.to_owned(),
                };
                reader.problem(node, problem);
            }
            builder.credential(user, credential);
        }
    }
}

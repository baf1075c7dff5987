//! What lint and the search for cycles find, as data with names: feature `serde`.
//!
//! A finding and a cycle hold handles, which mean something only beside their directory; what is
//! written has the names of users and groups.

use guichet_core::{AccessArea, Directory, GroupHandle, PluginKey, UserHandle};
use serde::{Serialize, Serializer};

use crate::cycle::Cycle;
use crate::lint::{Finding, Fix, Subject};
use crate::names::{group_name, user_name};
use crate::removal::{CycleRemoval, RemovalProof};

impl Finding {
    /// Returns the finding with the names in it, for JSON and the like: `code`, `severity`,
    /// `message`, `help`, `subject` and `fix`, which is the changes, `"text"` or nothing.
    ///
    /// ```
    /// use guichet_core::DirectoryBuilder;
    /// use guichet_policy::lint::{Finding, Rule, Subject};
    ///
    /// let directory = DirectoryBuilder::new().finish();
    /// let designer = Subject::User(directory.designer());
    /// let found: Finding = Finding::new(Rule::AccessControlOff, designer, "no password");
    /// let json = serde_json::to_value(found.named(&directory))?;
    /// let subject = serde_json::json!({"kind": "user", "user": "Designer"});
    /// assert_eq!(json["subject"], subject);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn named<'a>(&'a self, directory: &'a Directory) -> impl Serialize + use<'a> {
        #[derive(Serialize)]
        struct Fields<'a> {
            code: &'static str,
            severity: &'static str,
            message: &'a str,
            help: Option<&'a str>,
            subject: SubjectFields<'a>,
            fix: Option<&'a Fix>,
        }

        Fields {
            code: self.rule.code(),
            severity: self.severity.as_str(),
            message: &self.message,
            help: self.help.as_deref(),
            subject: SubjectFields::of(&self.subject, directory),
            fix: self.fix.as_ref(),
        }
    }
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum SubjectFields<'a> {
    Directory,
    User { user: &'a str },
    Group { group: &'a str },
    UserIn { group: &'a str, user: &'a str },
    GroupIn { container: &'a str, nested: &'a str },
    Area { area: &'a AccessArea },
    Plugin { plugin: &'a PluginKey },
    Text,
}

impl<'a> SubjectFields<'a> {
    fn of(subject: &'a Subject, directory: &'a Directory) -> Self {
        let user_name = |user: &UserHandle| user_name(directory, *user);
        let group_name = |group: &GroupHandle| group_name(directory, *group);
        match subject {
            Subject::Directory => Self::Directory,
            Subject::User(user) => Self::User {
                user: user_name(user),
            },
            Subject::Group(group) => Self::Group {
                group: group_name(group),
            },
            Subject::UserIn { group, user } => Self::UserIn {
                group: group_name(group),
                user: user_name(user),
            },
            Subject::GroupIn { container, nested } => Self::GroupIn {
                container: group_name(container),
                nested: group_name(nested),
            },
            Subject::Area(area) => Self::Area { area },
            Subject::Plugin(plugin) => Self::Plugin { plugin },
            Subject::Text => Self::Text,
        }
    }
}

impl Cycle {
    /// Returns the names of the `groups` and of the `ring`, for JSON and the like.
    pub fn named<'a>(&self, directory: &'a Directory) -> impl Serialize + use<'a> {
        #[derive(Serialize)]
        struct Fields<'a> {
            groups: Vec<&'a str>,
            ring: Vec<&'a str>,
        }

        let names = |groups: &[GroupHandle]| {
            let names = groups.iter().map(|group| group_name(directory, *group));
            names.collect()
        };
        Fields {
            groups: names(self.groups()),
            ring: names(self.chain().groups()),
        }
    }
}

impl CycleRemoval {
    /// Returns the `memberships`, each with the names of `container` and `nested` and with what is
    /// `lost`, and the `proof`, for JSON and the like.
    pub fn named<'a>(&self, directory: &'a Directory) -> impl Serialize + use<'a> {
        #[derive(Serialize)]
        struct Fields<'a> {
            memberships: Vec<Membership<'a>>,
            proof: RemovalProof,
        }

        #[derive(Serialize)]
        struct Membership<'a> {
            container: &'a str,
            nested: &'a str,
            lost: Option<u64>,
        }

        let memberships = self.memberships.iter().map(|removal| Membership {
            container: group_name(directory, removal.container),
            nested: group_name(directory, removal.nested),
            lost: removal.lost,
        });
        Fields {
            memberships: memberships.collect(),
            proof: self.proof,
        }
    }
}

impl Serialize for Fix {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Changes(changes) => changes.serialize(serializer),
            Self::Text => serializer.serialize_str("text"),
        }
    }
}

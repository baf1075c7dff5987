//! Answers as data with names, for JSON and the like: feature `serde`.

use std::fmt;

use guichet_core::{AccessArea, Directory, Grantee, GroupHandle, GroupName, PluginKey, UserHandle};
use serde::{Serialize, Serializer};

use crate::access::Access;
use crate::audience::WhoCan;
use crate::cycle::Cycle;
use crate::decision::{Decision, Reason};
use crate::explain::Explanation;
use crate::impact::UserNumber;
use crate::lint::{Finding, Fix, Level, Rule, Subject};
use crate::path::{ChainCount, Path, ShortestPaths};
use crate::removal::{CycleRemoval, MembershipRemoval, RemovalProof};

/// An answer beside the directory that it is about, so that it can be written with names.
///
/// An answer holds handles, which mean something only beside their directory; what is written has
/// the names of users and groups, and the words of the command line for everything else.
///
/// ```
/// use guichet_core::{DirectoryBuilder, Mode, Options, UserName};
/// use guichet_policy::{Access, Named, Policy};
///
/// let mut builder = DirectoryBuilder::new();
/// let ann = builder.user(UserName::stored("Ann"));
/// let policy = Policy::new(builder.finish(), Mode::Server, Options::default());
/// let decision = policy.check(ann, &Access::Design)?;
/// let named = Named::new(&decision, policy.directory());
/// let json = serde_json::to_string(&named)?;
/// assert_eq!(json, r#"{"allowed":true,"reason":"access-control-off","path":[]}"#);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// | answer | is written as |
/// |---|---|
/// | [`Access`] | the words of [`Access::describe`] |
/// | [`Decision`] | `allowed`, `reason`, and `path`: the names from the user up, empty without a chain |
/// | [`Explanation`] | that, and `grantees`, `paths` (at most 1,000), `path_count`, `path_count_exact`, `would_allow`, `nearest_miss` |
/// | [`WhoCan`] | `grantees`, each with `grantee` and `group`; `users` |
/// | `[(Access, Decision)]` of [`Policy::what_can`](crate::Policy::what_can) | for each `access`, `allowed`, `reason`, `path` |
/// | [`Finding`] | `code`, `severity`, `message`, `help`, `subject` and `fix`: the changes, `"text"` or nothing |
/// | [`Cycle`] | `groups` and `ring`, both names |
/// | [`CycleRemoval`] | `memberships`, each with `container`, `nested` and `lost`; `proof` |
#[derive(Debug)]
pub struct Named<'a, T: ?Sized> {
    answer: &'a T,
    directory: &'a Directory,
}

impl<'a, T: ?Sized> Named<'a, T> {
    /// Puts an answer beside its directory.
    pub const fn new(answer: &'a T, directory: &'a Directory) -> Self {
        Self { answer, directory }
    }

    /// Puts a part of the answer beside the same directory.
    const fn part<P: ?Sized>(&self, part: &'a P) -> Named<'a, P> {
        Named::new(part, self.directory)
    }
}

impl<T: ?Sized> Clone for Named<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ?Sized> Copy for Named<'_, T> {}

/// So many chains are written; a dense hierarchy has more of them than anyone can read.
const PATHS: usize = 1_000;

impl Serialize for Named<'_, UserHandle> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let user = self.directory.user(*self.answer);
        user.map(guichet_core::User::name).serialize(serializer)
    }
}

impl Serialize for Named<'_, GroupHandle> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let group = self.directory.group(*self.answer);
        group.map(guichet_core::Group::name).serialize(serializer)
    }
}

macro_rules! serialize_each {
    ($($item:ty),*) => { $(
        impl Serialize for Named<'_, [$item]> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_seq(self.answer.iter().map(|item| self.part(item)))
            }
        }
    )* };
}
serialize_each!(
    UserHandle,
    GroupHandle,
    MembershipRemoval,
    (Access, Decision)
);

impl Serialize for Named<'_, Access> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.answer.describe(self.directory))
    }
}

impl Serialize for Named<'_, Path> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.answer.names(self.directory))
    }
}

impl Serialize for Named<'_, ShortestPaths> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let paths = self.answer.iter().take(PATHS);
        serializer.collect_seq(paths.map(|path| {
            let names = path.names(self.directory);
            names.map(str::to_owned).collect::<Vec<_>>()
        }))
    }
}

#[derive(Serialize)]
struct DecisionFields<'a> {
    allowed: bool,
    reason: Reason,
    path: Vec<&'a str>,
}

impl<'a> DecisionFields<'a> {
    fn of(decision: &'a Decision, directory: &'a Directory) -> Self {
        let path = decision.path();
        Self {
            allowed: decision.allowed(),
            reason: decision.reason(),
            path: path.map_or_else(Vec::new, |path| path.names(directory).collect()),
        }
    }
}

impl Serialize for Named<'_, Decision> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        DecisionFields::of(self.answer, self.directory).serialize(serializer)
    }
}

impl Serialize for Named<'_, (Access, Decision)> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Fields<'a> {
            access: Named<'a, Access>,
            #[serde(flatten)]
            decision: DecisionFields<'a>,
        }

        let (access, decision) = self.answer;
        let fields = Fields {
            access: self.part(access),
            decision: DecisionFields::of(decision, self.directory),
        };
        fields.serialize(serializer)
    }
}

#[derive(Serialize)]
struct GranteeFields<'a> {
    grantee: &'static str,
    group: Option<&'a GroupName>,
}

fn grantees(grantees: &[Grantee]) -> Vec<GranteeFields<'_>> {
    let fields = grantees.iter().map(|grantee| GranteeFields {
        grantee: grantee.kind(),
        group: grantee.group(),
    });
    fields.collect()
}

impl Serialize for Named<'_, Explanation> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Fields<'a> {
            #[serde(flatten)]
            decision: DecisionFields<'a>,
            grantees: Vec<GranteeFields<'a>>,
            paths: Named<'a, ShortestPaths>,
            path_count: u64,
            path_count_exact: bool,
            would_allow: Named<'a, [GroupHandle]>,
            nearest_miss: Option<Named<'a, [GroupHandle]>>,
        }

        let explanation = self.answer;
        let (path_count, path_count_exact) = match explanation.paths.count() {
            ChainCount::Exactly(count) => (count, true),
            ChainCount::More => (u64::MAX, false),
        };
        let nearest = explanation.nearest_miss.as_ref();
        let fields = Fields {
            decision: DecisionFields::of(&explanation.decision, self.directory),
            grantees: grantees(&explanation.grantees),
            paths: self.part(&explanation.paths),
            path_count,
            path_count_exact,
            would_allow: self.part(explanation.would_allow.as_slice()),
            nearest_miss: nearest.map(|miss| self.part(miss.chain())),
        };
        fields.serialize(serializer)
    }
}

impl Serialize for Named<'_, WhoCan> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Fields<'a> {
            grantees: Vec<GranteeFields<'a>>,
            users: Named<'a, [UserHandle]>,
        }

        let fields = Fields {
            grantees: grantees(&self.answer.grantees),
            users: self.part(self.answer.users.as_slice()),
        };
        fields.serialize(serializer)
    }
}

impl Serialize for Named<'_, Cycle> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Fields<'a> {
            groups: Named<'a, [GroupHandle]>,
            ring: Named<'a, [GroupHandle]>,
        }

        let fields = Fields {
            groups: self.part(self.answer.groups()),
            ring: self.part(self.answer.chain().groups()),
        };
        fields.serialize(serializer)
    }
}

impl Serialize for Named<'_, MembershipRemoval> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Fields<'a> {
            container: Named<'a, GroupHandle>,
            nested: Named<'a, GroupHandle>,
            lost: Option<u64>,
        }

        let fields = Fields {
            container: self.part(&self.answer.container),
            nested: self.part(&self.answer.nested),
            lost: self.answer.lost,
        };
        fields.serialize(serializer)
    }
}

impl Serialize for Named<'_, CycleRemoval> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Fields<'a> {
            memberships: Named<'a, [MembershipRemoval]>,
            proof: RemovalProof,
        }

        let fields = Fields {
            memberships: self.part(self.answer.memberships.as_slice()),
            proof: self.answer.proof,
        };
        fields.serialize(serializer)
    }
}

impl<P: fmt::Display> Serialize for Named<'_, Subject<P>> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        #[serde(tag = "kind", rename_all = "kebab-case")]
        enum Fields<'a> {
            Directory,
            User {
                user: Named<'a, UserHandle>,
            },
            Group {
                group: Named<'a, GroupHandle>,
            },
            UserIn {
                group: Named<'a, GroupHandle>,
                user: Named<'a, UserHandle>,
            },
            GroupIn {
                container: Named<'a, GroupHandle>,
                nested: Named<'a, GroupHandle>,
            },
            Area {
                area: &'a AccessArea,
            },
            Plugin {
                plugin: &'a PluginKey,
            },
            Place {
                place: String,
            },
        }

        let fields = match self.answer {
            Subject::Directory => Fields::Directory,
            Subject::User(user) => Fields::User {
                user: self.part(user),
            },
            Subject::Group(group) => Fields::Group {
                group: self.part(group),
            },
            Subject::UserIn { group, user } => Fields::UserIn {
                group: self.part(group),
                user: self.part(user),
            },
            Subject::GroupIn { container, nested } => Fields::GroupIn {
                container: self.part(container),
                nested: self.part(nested),
            },
            Subject::Area(area) => Fields::Area { area },
            Subject::Plugin(plugin) => Fields::Plugin { plugin },
            Subject::Place(place) => Fields::Place {
                place: place.to_string(),
            },
        };
        fields.serialize(serializer)
    }
}

impl<P: fmt::Display> Serialize for Named<'_, Finding<P>> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Fields<'a, P> {
            code: Rule,
            severity: &'static str,
            message: &'a str,
            help: Option<&'a str>,
            #[serde(bound(serialize = "P: fmt::Display"))]
            subject: Named<'a, Subject<P>>,
            fix: Option<&'a Fix>,
        }

        let finding = self.answer;
        let fields = Fields {
            code: finding.rule,
            severity: finding.severity.as_str(),
            message: &finding.message,
            help: finding.help.as_deref(),
            subject: self.part(&finding.subject),
            fix: finding.fix.as_ref(),
        };
        fields.serialize(serializer)
    }
}

macro_rules! serialize_as_text {
    ($($type:ty)*) => { $(
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
    )* };
}
serialize_as_text!(Reason Rule);

impl Serialize for Level {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
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

impl Serialize for UserNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.id().serialize(serializer)
    }
}

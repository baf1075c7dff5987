//! What can be asked for: the areas, rights and plug-ins that a directory gives to groups.

use std::fmt;

use guichet_core::{
    AccessArea, Directory, GroupHandle, Mode, PluginKey, RestSide, SchemaName, SqlRight,
};

use crate::error::AccessError;

/// One thing that a user may or may not reach.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Access {
    /// The Design environment.
    Design,
    /// The Runtime Explorer: one setting for it and the Design environment.
    RuntimeExplorer,
    /// The HTTP server (decision D16).
    Http,
    /// The REST server (decision D15).
    Rest,
    /// One right of one SQL schema; made by [`Access::sql`].
    Sql(SqlAccess),
    /// A plug-in.
    Plugin(PluginKey),
    /// Being an effective member of a group.
    Group(GroupHandle),
    /// The server's administration window and the Maintenance and Security Center: for the Designer
    /// and the Administrator.
    Administration,
}

/// One right of an SQL schema that a directory has.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SqlAccess {
    schema: SchemaName,
    right: SqlRight,
}

impl SqlAccess {
    pub(crate) const fn new(schema: SchemaName, right: SqlRight) -> Self {
        Self { schema, right }
    }

    /// Returns the schema, spelled as the directory does.
    pub const fn schema(&self) -> &SchemaName {
        &self.schema
    }

    /// Returns the right.
    pub const fn right(&self) -> SqlRight {
        self.right
    }

    /// Returns the rights whose grants open the access: its own and every wider one (decision D17).
    pub(crate) fn opened_by(&self) -> impl Iterator<Item = SqlRight> {
        let rights = SqlRight::ALL.into_iter();
        rights.filter(move |right| *right >= self.right)
    }
}

impl Access {
    /// Returns the access area whose grant opens the access, where it is one of the Settings dialog.
    ///
    /// Which REST server is meant depends on where the application runs (decision D15). Plug-ins are
    /// granted by themselves, groups by membership, and administration to nobody.
    ///
    /// ```
    /// use guichet_core::{AccessArea, Mode, RestSide};
    /// use guichet_policy::Access;
    ///
    /// assert_eq!(Access::RuntimeExplorer.area(Mode::Server), Some(AccessArea::Design));
    /// let rest = AccessArea::Rest(RestSide::Local);
    /// assert_eq!(Access::Rest.area(Mode::SingleUser), Some(rest));
    /// assert_eq!(Access::Administration.area(Mode::Server), None);
    /// ```
    pub fn area(&self, mode: Mode) -> Option<AccessArea> {
        Some(match self {
            Self::Design | Self::RuntimeExplorer => AccessArea::Design,
            Self::Http => AccessArea::Http,
            Self::Rest => AccessArea::Rest(match mode {
                Mode::Server => RestSide::Remote,
                Mode::SingleUser => RestSide::Local,
            }),
            Self::Sql(sql) => AccessArea::Sql {
                schema: sql.schema().clone(),
                right: sql.right(),
            },
            Self::Plugin(_) | Self::Group(_) | Self::Administration => return None,
        })
    }

    /// Returns the access to a schema of the directory, whose name is found by decision D7.
    ///
    /// ```
    /// use guichet_core::{DirectoryBuilder, SqlRight};
    /// use guichet_policy::Access;
    ///
    /// let directory = DirectoryBuilder::new().finish();
    /// let access = Access::sql(&directory, "default_schema", SqlRight::Read)?;
    /// assert_eq!(access.describe(&directory).to_string(), "sql:DEFAULT_SCHEMA:read");
    /// assert!(Access::sql(&directory, "SALES", SqlRight::Read).is_err());
    /// # Ok::<(), guichet_policy::AccessError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`AccessError::UnknownSchema`] when the directory has no such schema.
    pub fn sql(directory: &Directory, schema: &str, right: SqlRight) -> Result<Self, AccessError> {
        let schema = SchemaName::from_stored(schema);
        match directory.grants().schema(&schema) {
            Some(grants) => Ok(Self::Sql(SqlAccess::new(grants.schema().clone(), right))),
            None => Err(AccessError::UnknownSchema {
                schema,
                known: (directory.grants().schemas().iter())
                    .map(|grants| grants.schema().clone())
                    .collect(),
            }),
        }
    }

    /// Returns the access as the command line spells it.
    ///
    /// `design`, `runtime-explorer`, `http`, `rest`, `sql:DEFAULT_SCHEMA:read`, `plugin:write`,
    /// `group:Finance` or `administration`. The directory gives the name of a group.
    pub fn describe<'a>(&'a self, directory: &'a Directory) -> impl fmt::Display + 'a {
        fmt::from_fn(move |f| match self {
            Self::Design => f.write_str("design"),
            Self::RuntimeExplorer => f.write_str("runtime-explorer"),
            Self::Http => f.write_str("http"),
            Self::Rest => f.write_str("rest"),
            Self::Sql(SqlAccess { schema, right }) => write!(f, "sql:{schema}:{}", right.as_str()),
            Self::Plugin(key) => write!(f, "plugin:{key}"),
            Self::Group(group) => match directory.group(*group) {
                Some(group) => write!(f, "group:{}", group.name()),
                None => f.write_str("group:?"),
            },
            Self::Administration => f.write_str("administration"),
        })
    }
}

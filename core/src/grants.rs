//! The grantee of each access area, SQL right and plug-in.

use crate::area::{AccessArea, RestSide, SqlRight};
use crate::grantee::{Grantee, StoredGrantee};
use crate::name::SchemaName;
use crate::plugin::PluginKey;

/// The three grantees of one SQL schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemaGrants {
    pub(crate) schema: SchemaName,
    pub(crate) rights: [StoredGrantee; 3],
}

impl SchemaGrants {
    pub(crate) const fn new(schema: SchemaName) -> Self {
        Self {
            schema,
            rights: [Grantee::Everyone, Grantee::Everyone, Grantee::Everyone],
        }
    }

    /// Returns the schema's name.
    pub const fn schema(&self) -> &SchemaName {
        &self.schema
    }

    /// Returns who has one right by itself, without what a wider right implies.
    pub const fn right(&self, right: SqlRight) -> &StoredGrantee {
        let [read, write, all] = &self.rights;
        match right {
            SqlRight::Read => read,
            SqlRight::Write => write,
            SqlRight::All => all,
        }
    }

    pub(crate) const fn right_mut(&mut self, right: SqlRight) -> &mut StoredGrantee {
        let [read, write, all] = &mut self.rights;
        match right {
            SqlRight::Read => read,
            SqlRight::Write => write,
            SqlRight::All => all,
        }
    }
}

/// The grantee of one plug-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PluginGrant {
    pub(crate) plugin: PluginKey,
    pub(crate) grantee: StoredGrantee,
}

impl PluginGrant {
    /// Returns the plug-in's key.
    pub const fn plugin(&self) -> &PluginKey {
        &self.plugin
    }

    /// Returns who may use the plug-in: one group at most, by construction.
    pub const fn grantee(&self) -> &StoredGrantee {
        &self.grantee
    }
}

/// Who may reach what: one grantee for each area, SQL right and plug-in.
///
/// What a file does not say is open to everyone (decision D12).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grants {
    pub(crate) design: StoredGrantee,
    pub(crate) http: StoredGrantee,
    pub(crate) local_rest: StoredGrantee,
    pub(crate) remote_rest: StoredGrantee,
    pub(crate) schemas: Vec<SchemaGrants>,
    pub(crate) plugins: Vec<PluginGrant>,
}

impl Default for Grants {
    fn default() -> Self {
        Self {
            design: Grantee::Everyone,
            http: Grantee::Everyone,
            local_rest: Grantee::Everyone,
            remote_rest: Grantee::Everyone,
            schemas: vec![SchemaGrants::new(SchemaName::default_schema())],
            plugins: Vec::new(),
        }
    }
}

impl Grants {
    /// Returns the grantee of an area; `None` for an SQL schema that the directory does not know.
    pub fn area(&self, area: &AccessArea) -> Option<&StoredGrantee> {
        match area {
            AccessArea::Design => Some(&self.design),
            AccessArea::Http => Some(&self.http),
            AccessArea::Rest(RestSide::Local) => Some(&self.local_rest),
            AccessArea::Rest(RestSide::Remote) => Some(&self.remote_rest),
            AccessArea::Sql { schema, right } => {
                self.schema(schema).map(|grants| grants.right(*right))
            }
        }
    }

    /// Returns the grants of one SQL schema; names are compared by decision D7.
    ///
    /// `DEFAULT_SCHEMA` is always there.
    pub fn schema(&self, schema: &SchemaName) -> Option<&SchemaGrants> {
        find_schema(&self.schemas, schema).and_then(|index| self.schemas.get(index))
    }

    /// Returns the grants of every SQL schema, in the order of the file.
    pub fn schemas(&self) -> &[SchemaGrants] {
        &self.schemas
    }

    /// Returns who may use a plug-in: everyone, unless a grant says otherwise (decision D12).
    pub fn plugin(&self, plugin: &PluginKey) -> &StoredGrantee {
        const OPEN: &StoredGrantee = &Grantee::Everyone;
        self.plugins
            .iter()
            .find(|grant| grant.plugin == *plugin)
            .map_or(OPEN, |grant| &grant.grantee)
    }

    /// Returns the plug-ins that have a grant of their own, in the order of the file.
    pub fn plugins(&self) -> &[PluginGrant] {
        &self.plugins
    }

    /// Returns every area that has a grantee: the four of the dialog, then the rights of each SQL
    /// schema in the order of the file.
    pub fn areas(&self) -> impl Iterator<Item = AccessArea> {
        let rights = self.schemas.iter().flat_map(|grants| {
            SqlRight::EVERY.map(|right| AccessArea::Sql {
                schema: grants.schema.clone(),
                right,
            })
        });
        [
            AccessArea::Design,
            AccessArea::Http,
            AccessArea::Rest(RestSide::Local),
            AccessArea::Rest(RestSide::Remote),
        ]
        .into_iter()
        .chain(rights)
    }

    /// Returns the grant of a plug-in, if it has one of its own.
    pub(crate) fn stored_plugin(&self, plugin: &PluginKey) -> Option<&StoredGrantee> {
        let grant = self.plugins.iter().find(|grant| grant.plugin == *plugin);
        grant.map(|grant| &grant.grantee)
    }

    /// Returns every grantee.
    pub(crate) fn grantees(&self) -> impl Iterator<Item = &StoredGrantee> {
        let rights = self.schemas.iter().flat_map(|schema| &schema.rights);
        let plugins = self.plugins.iter().map(|plugin| &plugin.grantee);
        [
            &self.design,
            &self.http,
            &self.local_rest,
            &self.remote_rest,
        ]
        .into_iter()
        .chain(rights)
        .chain(plugins)
    }

    pub(crate) fn set_area(&mut self, area: &AccessArea, grantee: StoredGrantee) {
        let place = match area {
            AccessArea::Design => &mut self.design,
            AccessArea::Http => &mut self.http,
            AccessArea::Rest(RestSide::Local) => &mut self.local_rest,
            AccessArea::Rest(RestSide::Remote) => &mut self.remote_rest,
            AccessArea::Sql { schema, right } => {
                if find_schema(&self.schemas, schema).is_none() {
                    self.schemas.push(SchemaGrants::new(schema.clone()));
                }
                let found = find_schema(&self.schemas, schema);
                let Some(grants) = found.and_then(|index| self.schemas.get_mut(index)) else {
                    return;
                };
                grants.right_mut(*right)
            }
        };
        *place = grantee;
    }

    pub(crate) fn set_plugin(&mut self, plugin: &PluginKey, grantee: StoredGrantee) {
        match self
            .plugins
            .iter_mut()
            .find(|grant| grant.plugin == *plugin)
        {
            Some(grant) => grant.grantee = grantee,
            None => self.plugins.push(PluginGrant {
                plugin: plugin.clone(),
                grantee,
            }),
        }
    }
}

fn find_schema(schemas: &[SchemaGrants], schema: &SchemaName) -> Option<usize> {
    let exact = schemas.iter().position(|grants| grants.schema == *schema);
    exact.or_else(|| {
        schemas
            .iter()
            .position(|grants| crate::identity::same_name(grants.schema.as_str(), schema.as_str()))
    })
}

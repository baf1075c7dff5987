//! The grantee of each access area, SQL right and plug-in.

use std::collections::HashMap;
use std::fmt;

use crate::area::{AccessArea, RestSide, SqlRight};
use crate::grantee::{Grantee, StoredGrantee};
use crate::identity::folded_name;
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
/// What a file does not say is open to everyone (decision D12). Looking one up takes the length of
/// its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grants {
    pub(crate) design: StoredGrantee,
    pub(crate) http: StoredGrantee,
    pub(crate) local_rest: StoredGrantee,
    pub(crate) remote_rest: StoredGrantee,
    pub(crate) schemas: Vec<SchemaGrants>,
    pub(crate) plugins: Vec<PluginGrant>,
    // INVARIANT: says of each of the two lists where everything stands.
    places: Places,
}

/// Where plug-ins and SQL schemas are in their lists.
#[derive(Clone, PartialEq, Eq, Default)]
struct Places {
    plugins: HashMap<PluginKey, usize>,
    /// By folded name: no two schemas have names that are the same (decision D7).
    schemas: HashMap<String, usize>,
}

impl Places {
    fn schema(&self, schema: &SchemaName) -> Option<usize> {
        self.schemas.get(&folded_name(schema.as_str())).copied()
    }
}

impl fmt::Debug for Places {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Places").finish_non_exhaustive()
    }
}

impl Default for Grants {
    fn default() -> Self {
        let mut grants = Self {
            design: Grantee::Everyone,
            http: Grantee::Everyone,
            local_rest: Grantee::Everyone,
            remote_rest: Grantee::Everyone,
            schemas: Vec::new(),
            plugins: Vec::new(),
            places: Places::default(),
        };
        grants.add_schema(SchemaName::default_schema());
        grants
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
        self.schemas.get(self.places.schema(schema)?)
    }

    /// Returns the grants of every SQL schema, in the order of the file.
    pub fn schemas(&self) -> &[SchemaGrants] {
        &self.schemas
    }

    /// Returns who may use a plug-in: everyone, unless a grant says otherwise (decision D12).
    pub fn plugin(&self, plugin: &PluginKey) -> &StoredGrantee {
        const OPEN: &StoredGrantee = &Grantee::Everyone;
        self.stored_plugin(plugin).unwrap_or(OPEN)
    }

    /// Returns the plug-ins that have a grant of their own, in the order of the file.
    pub fn plugins(&self) -> &[PluginGrant] {
        &self.plugins
    }

    /// Returns every area that has a grantee: the four of the dialog, then the rights of each SQL
    /// schema in the order of the file.
    pub fn areas(&self) -> impl Iterator<Item = AccessArea> {
        let rights = self.schemas.iter().flat_map(|grants| {
            SqlRight::ALL.map(|right| AccessArea::Sql {
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
        let grant = self.plugins.get(*self.places.plugins.get(plugin)?)?;
        Some(&grant.grantee)
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
        if let Some(place) = self.area_mut(area) {
            *place = grantee;
        }
    }

    /// Gives an area to whichever of its grantee and another one is the narrower.
    pub(crate) fn narrow_area(&mut self, area: &AccessArea, grantee: StoredGrantee) {
        if let Some(place) = self.area_mut(area) {
            let before = std::mem::replace(place, Grantee::Nobody);
            *place = before.narrower(grantee);
        }
    }

    /// Returns the grantee of an area; an SQL schema that the directory does not know is added.
    fn area_mut(&mut self, area: &AccessArea) -> Option<&mut StoredGrantee> {
        Some(match area {
            AccessArea::Design => &mut self.design,
            AccessArea::Http => &mut self.http,
            AccessArea::Rest(RestSide::Local) => &mut self.local_rest,
            AccessArea::Rest(RestSide::Remote) => &mut self.remote_rest,
            AccessArea::Sql { schema, right } => {
                let found = self.places.schema(schema);
                let index = found.unwrap_or_else(|| self.add_schema(schema.clone()));
                self.schemas.get_mut(index)?.right_mut(*right)
            }
        })
    }

    pub(crate) fn set_plugin(&mut self, plugin: &PluginKey, grantee: StoredGrantee) {
        let index = self.places.plugins.get(plugin);
        if let Some(grant) = index.and_then(|index| self.plugins.get_mut(*index)) {
            grant.grantee = grantee;
            return;
        }
        let last = self.plugins.len();
        self.places.plugins.insert(plugin.clone(), last);
        self.plugins.push(PluginGrant {
            plugin: plugin.clone(),
            grantee,
        });
    }

    /// Undoes the latest grant of a plug-in that had none of its own.
    pub(crate) fn remove_last_plugin(&mut self) {
        if let Some(grant) = self.plugins.pop() {
            self.places.plugins.remove(&grant.plugin);
        }
    }

    fn add_schema(&mut self, schema: SchemaName) -> usize {
        let last = self.schemas.len();
        let folded = folded_name(schema.as_str());
        self.places.schemas.insert(folded, last);
        self.schemas.push(SchemaGrants::new(schema));
        last
    }
}

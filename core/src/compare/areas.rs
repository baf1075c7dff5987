//! Access areas that can be told apart from directory to directory.

use crate::area::{AccessArea, RestSide, SqlRight};
use crate::grantee::StoredGrantee;

use super::identities::{Identities, SchemaKey, Side};

/// An access area, its schema by key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum AreaKey {
    Design,
    Http,
    Rest(RestSide),
    Sql(SchemaKey, SqlRight),
}

impl AreaKey {
    /// Returns the area, its schema by the name under which it was first met.
    pub(crate) fn area(self, identities: &Identities<'_>) -> Option<AccessArea> {
        Some(match self {
            Self::Design => AccessArea::Design,
            Self::Http => AccessArea::Http,
            Self::Rest(side) => AccessArea::Rest(side),
            Self::Sql(schema, right) => AccessArea::Sql {
                schema: identities.schema_name(schema)?.clone(),
                right,
            },
        })
    }
}

/// Returns every area of a directory with who has it.
pub(crate) fn areas<'a>(side: &Side<'a>) -> Vec<(AreaKey, &'a StoredGrantee)> {
    let grants = side.directory.grants();
    let mut areas = Vec::new();
    for (key, area) in [
        (AreaKey::Design, AccessArea::Design),
        (AreaKey::Http, AccessArea::Http),
        (
            AreaKey::Rest(RestSide::Local),
            AccessArea::Rest(RestSide::Local),
        ),
        (
            AreaKey::Rest(RestSide::Remote),
            AccessArea::Rest(RestSide::Remote),
        ),
    ] {
        areas.extend(grants.area(&area).map(|grantee| (key, grantee)));
    }
    for (place, schema) in grants.schemas().iter().enumerate() {
        if let Some(key) = side.schema_key(place) {
            let rights = SqlRight::ALL.map(|right| (AreaKey::Sql(key, right), schema.right(right)));
            areas.extend(rights);
        }
    }
    areas
}

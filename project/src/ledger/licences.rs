//! The seats that 4D itself says are owned.

use std::collections::HashSet;
use std::path::Path;

use guichet_core::{PluginKey, PluginNumber};
use guichet_licensing::import::LicenceInfo;
use guichet_licensing::{Entitlement, Owned};

use super::ProjectLedger;
use crate::error::{Fault, Result};

/// What was read of the seats that are owned.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct ImportedLicences {
    /// The file of the ledger.
    pub ledger: String,
    /// The plug-ins whose seats the ledger records now.
    pub imported: Vec<ImportedSeats>,
    /// The plug-ins whose seats `guichet.toml` says, which counts instead.
    pub declared: Vec<PluginKey>,
    /// The products that are not plug-ins of this project.
    pub unknown: Vec<OtherProduct>,
}

/// What is owned of a plug-in.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct ImportedSeats {
    /// The plug-in.
    pub plugin: PluginKey,
    /// How many seats are owned today.
    pub owned: Owned,
    /// The rights, with their dates of expiry.
    pub entitlement: Entitlement,
    /// Whether the ledger said something else before.
    pub changed: bool,
}

/// A product that is not a plug-in of this project.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct OtherProduct {
    /// Its number.
    #[cfg_attr(feature = "serde", serde(serialize_with = "as_number"))]
    pub number: PluginNumber,
    /// Its name.
    pub name: String,
}

impl ProjectLedger {
    /// Records the seats owned that 4D's command `License info` returned, as JSON; errors call the
    /// text `file`.
    ///
    /// What `guichet.toml` says of a plug-in counts instead, and is not recorded.
    ///
    /// # Errors
    ///
    /// [`Error::Text`](crate::Error::Text): the text is something else; as [`entitle`](Self::entitle).
    pub fn import_licences(&self, json: &str, file: &Path) -> Result<ImportedLicences> {
        let failed = |error| Fault::from(error).of(Some(file));
        let view = self.project.current();
        let info = LicenceInfo::from_json(json).map_err(failed)?;
        let (read, unknown) = info.entitlements(view.catalogue()).map_err(failed)?;
        let owned = read.clone().besides(view.entitlements());
        let events = self.entitle(&owned)?;
        let changed: HashSet<&PluginKey> = events
            .iter()
            .filter_map(|event| event.kind.plugin())
            .collect();
        let at = self.when().given();
        let imported = owned.iter().map(|(plugin, entitlement)| ImportedSeats {
            plugin: plugin.clone(),
            owned: entitlement.owned_at(at),
            entitlement: entitlement.clone(),
            changed: changed.contains(plugin),
        });
        let declared = read.iter().map(|(plugin, _)| plugin);
        let declared = declared.filter(|plugin| owned.get(plugin).is_none());
        let unknown = unknown.into_iter().map(|product| OtherProduct {
            number: product.number,
            name: product.name.clone(),
        });
        let path = self.path().map(|path| path.display().to_string());
        Ok(ImportedLicences {
            ledger: path.unwrap_or_default(),
            imported: imported.collect(),
            declared: declared.cloned().collect(),
            unknown: unknown.collect(),
        })
    }
}

#[cfg(feature = "serde")]
#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over a reference to the field"
)]
fn as_number<S: serde::Serializer>(
    number: &PluginNumber,
    serializer: S,
) -> std::result::Result<S::Ok, S::Error> {
    serializer.serialize_u32(number.get())
}

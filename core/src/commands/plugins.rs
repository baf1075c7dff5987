//! The commands about plug-ins.
//!
//! 4D speaks of plug-ins by number. Which number is which plug-in is said by a list of the loaded
//! ones: the six of 4D ([`BuiltInPlugin::plugin`](crate::BuiltInPlugin::plugin)) and what
//! `guichet.toml` declares.

use crate::change::{Applied, Change, Refusal, Rules};
use crate::directory::Directory;
use crate::grantee::{Grantee, StoredGrantee};
use crate::name::GroupName;
use crate::plugin::{Plugin, PluginKey, PluginNumber};

use super::FourDError;

/// The synchronised arrays of `PLUGIN LIST`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PluginList {
    /// The numbers.
    pub numbers: Vec<PluginNumber>,
    /// The names, as many as the numbers.
    pub names: Vec<String>,
}

/// Lists the loaded plug-ins that have a number: `PLUGIN LIST`.
pub fn plugin_list(loaded: &[Plugin]) -> PluginList {
    let numbered = loaded
        .iter()
        .filter_map(|plugin| Some((plugin.number?, plugin.name.clone())));
    let (numbers, names) = numbered.unzip();
    PluginList { numbers, names }
}

/// Returns the name of the group that has a plug-in, empty if none has: `Get plugin access`.
///
/// Everyone and nobody both read as an empty text (decision D13);
/// [`Grants::plugin`](crate::Grants::plugin) tells them apart. A group of the file that does not
/// exist is given by its name.
///
/// # Errors
///
/// [`FourDError::Refused`] when no loaded plug-in has the number.
///
/// ```
/// use guichet_core::commands::get_plugin_access;
/// use guichet_core::{BuiltInPlugin, DirectoryBuilder};
/// let directory = DirectoryBuilder::new().finish();
/// let loaded = BuiltInPlugin::ALL.map(BuiltInPlugin::plugin);
/// let write = BuiltInPlugin::Write.number();
/// assert_eq!(get_plugin_access(&directory, &loaded, write)?, "");
/// # Ok::<(), guichet_core::commands::FourDError>(())
/// ```
pub fn get_plugin_access(
    directory: &Directory,
    loaded: &[Plugin],
    number: PluginNumber,
) -> Result<String, FourDError> {
    let plugin = by_number(loaded, number)?;
    let grantee: &StoredGrantee = directory.grants().plugin(&plugin.key);
    Ok(match directory.grantee_by_name(grantee) {
        Grantee::Group(group) => group.to_string(),
        Grantee::Everyone | Grantee::Nobody => String::new(),
    })
}

/// Gives a plug-in to a group and takes it from the one that had it: `SET PLUGIN ACCESS`.
///
/// The loaded plug-ins are those of the rules. To give it to everyone or to nobody, apply a
/// [`Change::GrantPlugin`].
///
/// # Errors
///
/// - [`FourDError::NotEnoughPrivilege`]: not allowed to the actor of the rules;
/// - [`FourDError::Refused`]: no loaded plug-in has the number, or no group the name; an empty
///   name is no group's (decision D14). Nothing is done.
pub fn set_plugin_access(
    directory: &mut Directory,
    rules: &Rules<'_>,
    number: PluginNumber,
    group: &str,
) -> Result<Applied, FourDError> {
    FourDError::unless_manager(rules.actor)?;
    let plugin = by_number(rules.plugins, number)?.key.clone();
    let grantee = Grantee::Group(GroupName::from_stored(group));
    Ok(directory.apply(&[Change::GrantPlugin { plugin, grantee }], rules)?)
}

fn by_number(loaded: &[Plugin], number: PluginNumber) -> Result<&Plugin, FourDError> {
    let found = loaded.iter().find(|plugin| plugin.number == Some(number));
    found.ok_or_else(|| {
        FourDError::Refused(Refusal::UnknownPlugin {
            plugin: PluginKey::from_stored(number.to_string()),
        })
    })
}

//! The plug-ins that a policy knows.

use std::collections::HashSet;

use guichet_core::{BuiltInPlugin, Directory, PluginKey};

use crate::error::AccessError;

/// Plug-ins in a fixed order, each once, found in constant time.
#[derive(Debug, Clone)]
pub(crate) struct Plugins {
    in_order: Vec<PluginKey>,
    known: HashSet<PluginKey>,
}

impl Plugins {
    /// The six of 4D and those that a directory has a grant for.
    pub(crate) fn of(directory: &Directory) -> Self {
        let mut plugins = Self {
            in_order: Vec::new(),
            known: HashSet::new(),
        };
        plugins.extend(BuiltInPlugin::ALL.map(|plugin| PluginKey::from_stored(plugin.key())));
        let granted = directory.grants().plugins().iter();
        plugins.extend(granted.map(|grant| grant.plugin().clone()));
        plugins
    }

    pub(crate) fn extend(&mut self, plugins: impl IntoIterator<Item = PluginKey>) {
        for plugin in plugins {
            if self.known.insert(plugin.clone()) {
                self.in_order.push(plugin);
            }
        }
    }

    pub(crate) fn in_order(&self) -> &[PluginKey] {
        &self.in_order
    }

    /// # Errors
    ///
    /// [`AccessError::UnknownPlugin`], with the plug-in that the key resembles.
    pub(crate) fn find(&self, plugin: &PluginKey) -> Result<(), AccessError> {
        if self.known.contains(plugin) {
            Ok(())
        } else {
            Err(AccessError::unknown_plugin(
                plugin.as_str(),
                self.in_order(),
            ))
        }
    }
}

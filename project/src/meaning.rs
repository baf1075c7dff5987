//! What a directory and its options mean: who may reach what, which plug-ins exist, what is owned.

use std::path::Path;
use std::sync::Arc;

use guichet_core::{Directory, Mode};
use guichet_licensing::{Admission, Entitlements, PluginCatalogue};
use guichet_policy::Policy;
use guichet_storage::OptionsFile;

use crate::error::{Fault, Result};

/// A directory with its options, understood: the one place where a policy and a catalogue are made.
#[derive(Debug, Clone)]
pub(crate) struct Meaning {
    pub(crate) policy: Policy,
    pub(crate) catalogue: PluginCatalogue,
    pub(crate) entitlements: Entitlements,
}

impl Meaning {
    /// Understands a directory; linear in its memberships.
    ///
    /// # Errors
    ///
    /// [`Error::Text`](crate::Error::Text): the options declare a plug-in that exists already.
    pub(crate) fn of(
        directory: Arc<Directory>,
        options: &OptionsFile,
        options_path: Option<&Path>,
        mode: Mode,
    ) -> Result<Self> {
        let catalogue = catalogue(options, options_path, &directory)?;
        let plugins = catalogue.plugins().iter().map(|plugin| plugin.key.clone());
        Ok(Self {
            policy: Policy::new(directory, mode, options.policies).with_plugins(plugins),
            entitlements: Entitlements::from_declarations(&options.plugins),
            catalogue,
        })
    }

    /// Returns who may use a plug-in.
    pub(crate) fn admission(&self) -> Admission<'_> {
        Admission::new(self.policy.directory(), self.policy.closure())
            .with_mode(self.policy.mode())
            .with_options(&self.policy.options())
    }
}

/// Returns the plug-ins that exist: 4D's, the declared ones, those that a directory grants.
///
/// # Errors
///
/// [`Error::Text`](crate::Error::Text).
pub(crate) fn catalogue(
    options: &OptionsFile,
    options_path: Option<&Path>,
    directory: &Directory,
) -> Result<PluginCatalogue> {
    let catalogue = PluginCatalogue::new(&options.plugins);
    let catalogue = catalogue.map_err(|error| Fault::from(error).of(options_path))?;
    Ok(catalogue.with_granted(directory))
}

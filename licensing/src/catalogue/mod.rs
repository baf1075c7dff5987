//! The plug-ins that can be named: 4D's six and those that the project declares.

mod error;

use std::collections::{HashMap, HashSet};

use guichet_core::identity::{folded_name, same_name};
use guichet_core::{BuiltInPlugin, Directory, Plugin, PluginDeclaration, PluginKey, PluginNumber};

pub use error::{CatalogueError, UnknownPlugin};

/// Every plug-in that a program can name: 4D's six, then the declared ones in their order, then
/// those that only a directory grants.
///
/// No two plug-ins share a key, a number or a name, so a text names one plug-in or none. Every look-up
/// is O(1), and a catalogue is made in the number of its plug-ins.
///
/// ```
/// use guichet_core::{PluginDeclaration, PluginKey, PluginNumber};
/// use guichet_licensing::PluginCatalogue;
///
/// let barcode = PluginDeclaration {
///     key: PluginKey::from_stored("barcode"),
///     number: Some(PluginNumber::new(15_000)),
///     name: Some("Barcode".to_owned()),
///     seats: Some(3),
///     grantee: None,
/// };
/// let catalogue = PluginCatalogue::new(&[barcode])?;
/// for text in ["write", "808464697", "0019", "4d write LICENSE", "4D Write"] {
///     assert_eq!(catalogue.resolve(text)?.key.as_str(), "write");
/// }
/// assert_eq!(catalogue.resolve("15000")?.name, "Barcode");
/// assert!(catalogue.resolve("wirte").is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PluginCatalogue {
    plugins: Vec<Plugin>,
    // INVARIANT: places in `plugins`. A name is folded (decision D7): a key, a name or a constant of
    // 4D's language; where a key that only a directory grants is another's name, it is the other's.
    keys: HashMap<PluginKey, usize>,
    numbers: HashMap<PluginNumber, usize>,
    names: HashMap<String, usize>,
}

impl Default for PluginCatalogue {
    fn default() -> Self {
        let mut catalogue = Self {
            plugins: Vec::new(),
            keys: HashMap::new(),
            numbers: HashMap::new(),
            names: HashMap::new(),
        };
        for built_in in BuiltInPlugin::ALL {
            catalogue.add(built_in.plugin());
        }
        catalogue
    }
}

impl PluginCatalogue {
    /// Makes the catalogue of the six built-in plug-ins and the declared ones.
    ///
    /// A declaration under a built-in key brings its seats and may repeat its number and name.
    ///
    /// # Errors
    ///
    /// - [`CatalogueError::DuplicateKey`], [`CatalogueError::DuplicateNumber`],
    ///   [`CatalogueError::DuplicateName`]: two plug-ins could not be told apart; keys and names
    ///   are compared by decision D7;
    /// - [`CatalogueError::BuiltInRedeclared`]: a built-in plug-in with another number or name.
    pub fn new(declarations: &[PluginDeclaration]) -> Result<Self, CatalogueError> {
        let mut catalogue = Self::default();
        let mut seen = HashSet::new();
        for declaration in declarations {
            if !seen.insert(folded_name(declaration.key.as_str())) {
                return Err(CatalogueError::DuplicateKey {
                    key: declaration.key.clone(),
                });
            }
            catalogue.declare(declaration)?;
        }
        Ok(catalogue)
    }

    fn declare(&mut self, declaration: &PluginDeclaration) -> Result<(), CatalogueError> {
        if let Some(built_in) = built_in(&declaration.key) {
            return check_built_in(built_in, declaration);
        }
        let plugin = Plugin {
            key: declaration.key.clone(),
            number: declaration.number,
            name: declaration
                .name
                .clone()
                .unwrap_or_else(|| declaration.key.as_str().to_owned()),
        };
        if let Some(clash) = self.clash(&plugin) {
            return Err(clash);
        }
        self.add(plugin);
        Ok(())
    }

    /// Returns the first plug-in of the catalogue that has the key, number or name of this one, as an error.
    fn clash(&self, plugin: &Plugin) -> Option<CatalogueError> {
        let by_key = self.names.get(&folded_name(plugin.key.as_str()));
        let by_name = self.names.get(&folded_name(&plugin.name));
        let by_number = plugin.number.and_then(|number| self.numbers.get(&number));
        let first = [by_key, by_number, by_name].into_iter().flatten().min()?;
        let other = self.plugins.get(*first)?;
        if same_name(other.key.as_str(), plugin.key.as_str()) {
            return Some(CatalogueError::DuplicateKey {
                key: plugin.key.clone(),
            });
        }
        let (first, second) = (other.key.clone(), plugin.key.clone());
        Some(match plugin.number {
            Some(number) if other.number == Some(number) => CatalogueError::DuplicateNumber {
                number,
                first,
                second,
            },
            _ => CatalogueError::DuplicateName {
                name: if is_called(other, &plugin.name) {
                    plugin.name.clone()
                } else {
                    plugin.key.as_str().to_owned()
                },
                first,
                second,
            },
        })
    }

    /// Adds a plug-in; names that another one has stay the other's.
    fn add(&mut self, plugin: Plugin) {
        let place = self.plugins.len();
        self.keys.entry(plugin.key.clone()).or_insert(place);
        if let Some(number) = plugin.number {
            self.numbers.entry(number).or_insert(place);
        }
        let constant = built_in(&plugin.key).map(BuiltInPlugin::constant);
        let names = [plugin.key.as_str(), &plugin.name].into_iter();
        for name in names.chain(constant) {
            self.names.entry(folded_name(name)).or_insert(place);
        }
        self.plugins.push(plugin);
    }

    /// Adds the plug-ins that a directory grants and nothing declares, under their key alone.
    ///
    /// 4D's editor writes a third party's plug-in into `remoteGranters`; a program can then speak
    /// of it although its number and seats are not known.
    #[must_use]
    pub fn with_granted(mut self, directory: &Directory) -> Self {
        for grant in directory.grants().plugins() {
            if self.get(grant.plugin()).is_none() {
                self.add(Plugin {
                    key: grant.plugin().clone(),
                    number: None,
                    name: grant.plugin().as_str().to_owned(),
                });
            }
        }
        self
    }

    /// Returns every plug-in: the six, the declared ones, those that only a directory grants.
    pub fn plugins(&self) -> &[Plugin] {
        &self.plugins
    }

    /// Returns the plug-in that has exactly this key.
    pub fn get(&self, key: &PluginKey) -> Option<&Plugin> {
        self.plugins.get(*self.keys.get(key)?)
    }

    /// Returns the plug-in that has this number.
    pub fn by_number(&self, number: PluginNumber) -> Option<&Plugin> {
        self.plugins.get(*self.numbers.get(&number)?)
    }

    /// Finds the plug-in that a text names.
    ///
    /// Tried in this order: the exact key (`write`); the number (`808464697`); its four digits
    /// (`0019`); then, compared by decision D7, the key, the name (`4D Write`) and the constant of
    /// 4D's language (`4D Write license`).
    ///
    /// # Errors
    ///
    /// [`UnknownPlugin`], whose help lists the known keys.
    pub fn resolve(&self, text: &str) -> Result<&Plugin, UnknownPlugin> {
        let exact = || self.get(&PluginKey::from_stored(text));
        let number = || {
            let number = text.parse().ok().map(PluginNumber::new)?;
            self.by_number(number)
        };
        let digits = || self.by_number(PluginNumber::from_digits(text).ok()?);
        let called = || self.plugins.get(*self.names.get(&folded_name(text))?);
        exact()
            .or_else(number)
            .or_else(digits)
            .or_else(called)
            .ok_or_else(|| {
                let known = self.plugins.iter().map(|p| p.key.clone());
                UnknownPlugin::new(text, known.collect())
            })
    }
}

fn built_in(key: &PluginKey) -> Option<BuiltInPlugin> {
    BuiltInPlugin::ALL
        .into_iter()
        .find(|plugin| plugin.key() == key.as_str())
}

fn is_called(plugin: &Plugin, text: &str) -> bool {
    same_name(plugin.key.as_str(), text)
        || same_name(&plugin.name, text)
        || built_in(&plugin.key).is_some_and(|plugin| same_name(plugin.constant(), text))
}

fn check_built_in(
    built_in: BuiltInPlugin,
    declaration: &PluginDeclaration,
) -> Result<(), CatalogueError> {
    let plugin = built_in.plugin();
    let number_kept = declaration
        .number
        .is_none_or(|number| number == built_in.number());
    let name_kept = declaration
        .name
        .as_ref()
        .is_none_or(|name| is_called(&plugin, name));
    if number_kept && name_kept {
        return Ok(());
    }
    Err(CatalogueError::BuiltInRedeclared {
        key: declaration.key.clone(),
        number: built_in.number(),
        name: plugin.name,
    })
}

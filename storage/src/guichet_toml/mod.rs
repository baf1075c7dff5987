//! `guichet.toml`: what `directory.json` cannot say.

mod edit;
mod line_ends;
mod problem;
mod reader;

use std::collections::HashMap;

use guichet_core::{AdministratorDesign, DesignerPlugins, OwnPassword, PasswordCharset};
use guichet_core::{
    BuiltInPlugin, Grantee, Options, PluginDeclaration, PluginKey, PluginNumber, Severity,
};
use toml::de::DeTable;

pub use edit::encode_options;
pub use problem::OptionsProblem;

use crate::json::Pointer;
use crate::located::{Located, Place, SourceFile};
use guichet_core::Position;
use reader::{Reader, Value, in_order};

const BY_GROUP_OR_ALWAYS: &[&str; 2] = &["by-group", "always"];
const CHARSETS: &[&str; 2] = &["alphanumeric", "any"];
const LEVELS: &[&str; 4] = &["off", "info", "warning", "error"];

/// A grantee with the place in the file where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedGrantee {
    /// Who gets the access.
    pub grantee: Grantee,
    /// Where that stands.
    pub place: Place,
}

/// How much one rule of lint matters, with the place in the file where that stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LintLevel {
    /// The code of the rule, as it is written; perhaps of no rule.
    pub code: String,
    /// The severity that its findings get; `None` if nobody wants to see them.
    pub level: Option<Severity>,
    /// Where the code stands.
    pub place: Place,
}

/// What a `guichet.toml` says; the default is what an absent file says.
///
/// ```toml
/// [policy]
/// administrator_design = "by-group"    # or "always"
/// designer_plugins = "by-group"        # or "always"
/// password_charset = "alphanumeric"    # or "any"
/// users_may_change_password = true
///
/// [access]
/// http = "Web team"                    # a group name, "*" or ""
///
/// [plugins.write]                      # one of 4D's own: the licences owned
/// seats = 10
///
/// [plugins.barcode]                    # a third party's
/// number = 15000
/// name = "Barcode"
/// seats = 3
/// group = "Warehouse"                  # one group, "*" or ""
///
/// [lint]                               # how much a rule of lint matters here
/// empty-group = "off"                  # or "info", "warning", "error"
/// ```
///
/// Every key is optional. An unknown key is an error: a mistyped policy must not pass for the default. Which rules
/// `[lint]` may name is not known in this crate: whoever runs them refuses an unknown one, at its place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OptionsFile {
    /// The named policies.
    pub policies: Options,
    /// Who may reach the HTTP server, where the file says so (decision D16).
    pub http: Option<PlacedGrantee>,
    /// The plug-ins with what is declared of each, in the order of the file.
    pub plugins: Vec<PluginDeclaration>,
    /// The plug-ins of third parties that are given to a group, everyone or nobody, in the order of the file.
    pub plugin_grants: Vec<(PluginKey, PlacedGrantee)>,
    /// The rules of lint that matter more or less than usual, in the order of the file.
    pub lint: Vec<LintLevel>,
}

impl OptionsFile {
    /// Reads the bytes of a `guichet.toml`; linear except for the sorting of its entries.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the text, in its order; see [`OptionsProblem`].
    ///
    /// # Examples
    ///
    /// ```
    /// use guichet_core::Diagnostic as _;
    /// use guichet_storage::OptionsFile;
    ///
    /// let options = OptionsFile::parse(b"[plugins.write]\nseats = 10\n").unwrap();
    /// assert_eq!(options.plugins[0].seats, Some(10));
    ///
    /// let problems = OptionsFile::parse(b"[plugins.write]\nseat = 10\n").unwrap_err();
    /// assert_eq!(problems[0].to_string(), "unknown key `seat` in `[plugins.write]`");
    /// assert_eq!(problems[0].help().as_deref(), Some("Did you mean `seats`?"));
    /// assert_eq!(problems[0].place.position.line, 2);
    /// ```
    pub fn parse(bytes: &[u8]) -> Result<Self, Vec<Located<OptionsProblem>>> {
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let place = Place {
                file: SourceFile::Options,
                position: Position::new(bytes, error.valid_up_to()),
                pointer: Pointer::root(),
            };
            let diagnostic = OptionsProblem::NotUtf8;
            vec![Located { diagnostic, place }]
        })?;
        let mut reader = Reader::new(text);
        let (table, errors) = DeTable::parse_recoverable(text);
        for error in errors {
            let message = error.message().lines().collect::<Vec<_>>().join(", ");
            let offset = error.span().map_or(0, |span| span.start);
            reader.problem(offset, &Pointer::root(), OptionsProblem::Syntax { message });
        }
        let mut options = Self::default();
        if reader.problems.is_empty() {
            options.read(&mut reader, table.get_ref());
        }
        let mut problems = reader.problems;
        problems.sort_by(|left, right| left.place.cmp(&right.place));
        if problems.is_empty() {
            Ok(options)
        } else {
            Err(problems)
        }
    }

    fn read<'t>(&mut self, reader: &mut Reader<'t>, root: &'t DeTable<'t>) {
        let known = ["policy", "access", "plugins", "lint"];
        let [policy, access, plugins, lint] =
            reader.fields(root, &Pointer::root(), &known, "the file");
        if let Some((table, pointer)) = table_of(reader, policy, "policy") {
            self.policies = read_policies(reader, table, &pointer);
        }
        if let Some((table, pointer)) = table_of(reader, access, "access") {
            let [http] = reader.fields(table, &pointer, &["http"], "`[access]`");
            self.http = http.and_then(|value| read_grantee(reader, &value, "http"));
        }
        if let Some((table, pointer)) = table_of(reader, lint, "lint") {
            self.lint = read_levels(reader, table, &pointer);
        }
        if let Some((table, pointer)) = table_of(reader, plugins, "plugins") {
            let mut owners = BuiltInPlugin::ALL
                .map(|plugin| (plugin.number(), plugin.key()))
                .into();
            for (key, offset, value) in in_order(table) {
                let (pointer, span) = (pointer.member(key), value.span());
                let value = Value {
                    content: value.get_ref(),
                    span,
                    pointer,
                };
                if let Some(table) = reader.table(&value, &format!("plugins.{key}")) {
                    self.read_plugin(reader, (key, offset), table, &value.pointer, &mut owners);
                }
            }
        }
    }

    /// Reads one plug-in; `owners` has the keys of the plug-ins that have a number already.
    fn read_plugin<'t>(
        &mut self,
        reader: &mut Reader<'t>,
        (key, offset): (&'t str, usize),
        table: &'t DeTable<'t>,
        pointer: &Pointer,
        owners: &mut HashMap<PluginNumber, &'t str>,
    ) {
        let known = ["number", "name", "seats", "group"];
        let [number, name, seats, group] =
            reader.fields(table, pointer, &known, &format!("`[plugins.{key}]`"));
        let like = BuiltInPlugin::ALL
            .into_iter()
            .find(|plugin| plugin.key().eq_ignore_ascii_case(key));
        if let Some(known) = like.map(BuiltInPlugin::key).filter(|known| *known != key) {
            let problem = OptionsProblem::BuiltInByCase {
                key: key.to_owned(),
                known,
            };
            reader.problem(offset, pointer, problem);
        }
        if like.is_some() {
            for (value, key_of_it) in [(&number, "number"), (&name, "name"), (&group, "group")] {
                if let Some(value) = value {
                    let problem = OptionsProblem::BuiltIn {
                        key: key_of_it,
                        plugin: key.to_owned(),
                    };
                    reader.problem(value.span.start, &value.pointer, problem);
                }
            }
        }
        let grantee = group.and_then(|value| read_grantee(reader, &value, "group"));
        let number = number.and_then(|value| {
            let number = PluginNumber::new(reader.number(&value, "number")?);
            let owner = owners.entry(number).or_insert(key);
            if *owner != key {
                let problem = OptionsProblem::NumberTaken {
                    number: number.get(),
                    owner: (*owner).to_owned(),
                };
                reader.problem(value.span.start, &value.pointer, problem);
            }
            Some(number)
        });
        let key = PluginKey::from_stored(key);
        self.plugins.push(PluginDeclaration {
            key: key.clone(),
            number,
            name: name.and_then(|value| reader.string(&value, "name").map(str::to_owned)),
            seats: seats.and_then(|value| reader.number(&value, "seats")),
            grantee: grantee.as_ref().map(|placed| placed.grantee.clone()),
        });
        self.plugin_grants
            .extend(grantee.map(|placed| (key, placed)));
    }
}

/// Returns the table of a key with its address.
fn table_of<'t>(
    reader: &mut Reader<'t>,
    value: Option<Value<'t>>,
    key: &str,
) -> Option<(&'t DeTable<'t>, Pointer)> {
    let value = value?;
    Some((reader.table(&value, key)?, value.pointer))
}

fn read_policies<'t>(
    reader: &mut Reader<'t>,
    table: &'t DeTable<'t>,
    pointer: &Pointer,
) -> Options {
    let known = [
        "administrator_design",
        "designer_plugins",
        "password_charset",
        "users_may_change_password",
    ];
    let [design, plugins, charset, own] = reader.fields(table, pointer, &known, "`[policy]`");
    let [design_key, plugins_key, charset_key, own_key] = known;
    let mut options = Options::default();
    if let Some(value) = design {
        let meanings = [AdministratorDesign::ByGroup, AdministratorDesign::Always];
        let meaning = reader.word(&value, design_key, BY_GROUP_OR_ALWAYS, meanings);
        options.administrator_design = meaning.unwrap_or_default();
    }
    if let Some(value) = plugins {
        let meanings = [DesignerPlugins::ByGroup, DesignerPlugins::Always];
        let meaning = reader.word(&value, plugins_key, BY_GROUP_OR_ALWAYS, meanings);
        options.designer_plugins = meaning.unwrap_or_default();
    }
    if let Some(value) = charset {
        let meanings = [PasswordCharset::Alphanumeric, PasswordCharset::Any];
        let meaning = reader.word(&value, charset_key, CHARSETS, meanings);
        options.password_charset = meaning.unwrap_or_default();
    }
    if let Some(value) = own {
        options.own_password = match reader.boolean(&value, own_key) {
            Some(false) => OwnPassword::Fixed,
            Some(true) | None => OwnPassword::Changeable,
        };
    }
    options
}

fn read_levels<'t>(
    reader: &mut Reader<'t>,
    table: &'t DeTable<'t>,
    pointer: &Pointer,
) -> Vec<LintLevel> {
    let severities = [Severity::Info, Severity::Warning, Severity::Error].map(Some);
    let [info, warning, error] = severities;
    let mut levels = Vec::with_capacity(table.len());
    for (code, offset, value) in in_order(table) {
        let (pointer, span) = (pointer.member(code), value.span());
        let place = reader.place(offset, &pointer);
        let value = Value {
            content: value.get_ref(),
            span,
            pointer,
        };
        let level = reader.word(&value, code, LEVELS, [None, info, warning, error]);
        levels.extend(level.map(|level| LintLevel {
            code: code.to_owned(),
            level,
            place,
        }));
    }
    levels
}

fn read_grantee<'t>(
    reader: &mut Reader<'t>,
    value: &Value<'t>,
    key: &str,
) -> Option<PlacedGrantee> {
    let grantee = Grantee::parse(reader.string(value, key)?);
    Some(PlacedGrantee {
        grantee,
        place: reader.place(value.span.start, &value.pointer),
    })
}

//! The demand for the seats of plug-ins before and after a change, told to people and to programs.

use guichet::core::UserName;
use guichet::licensing::{PlanChange, PluginPlanChange};
use serde_json::Value;

use crate::output::{Text, listed, to_json};

/// Tells what becomes of the demand for each plug-in that somebody gains or loses.
///
/// How many seats are missing is told where it is known how many are owned.
pub(crate) fn text(change: &PlanChange) -> Text {
    let names =
        |users: &[UserName]| listed(&users.iter().map(ToString::to_string).collect::<Vec<_>>());
    let mut text = Text::default();
    for plugin in moved(change) {
        text.add(format_args!(
            "{}: {} entitled instead of {}",
            plugin.plugin, plugin.entitled_after, plugin.entitled_before,
        ));
        text.line(match (plugin.short_before, plugin.short_after) {
            (Some(before), Some(after)) => format!(", {after} short instead of {before}"),
            (None, Some(after)) => format!(", {after} short"),
            (_, None) => String::new(),
        });
        if !plugin.gained.is_empty() {
            text.line(format_args!("  gained by {}", names(&plugin.gained)));
        }
        if !plugin.lost.is_empty() {
            text.line(format_args!(
                "  lost by {}; a seat in use is kept until its session ends",
                names(&plugin.lost)
            ));
        }
    }
    text
}

/// Returns the plug-ins that somebody gains or loses.
pub(crate) fn moved(change: &PlanChange) -> impl Iterator<Item = &PluginPlanChange> {
    let plugins = change.plugins.iter();
    plugins.filter(|plugin| !(plugin.gained.is_empty() && plugin.lost.is_empty()))
}

/// Returns the plug-ins that somebody gains or loses as objects.
pub(crate) fn json(change: &PlanChange) -> Value {
    Value::Array(moved(change).map(to_json).collect())
}

//! The demand for the seats of plug-ins before and after a change, told to people and to programs.

use guichet_core::UserName;
use guichet_licensing::{Entitlements, PlanChange, PluginPlanChange};
use serde_json::{Value, json};

use crate::output::{Text, listed, to_json};

/// Tells what becomes of the demand for each plug-in that somebody gains or loses.
///
/// How many seats are missing is told of those whose seats are recorded.
pub(crate) fn text(change: &PlanChange, recorded: &Entitlements) -> Text {
    let names =
        |users: &[UserName]| listed(&users.iter().map(ToString::to_string).collect::<Vec<_>>());
    let mut text = Text::default();
    for plugin in moved(change) {
        text.add(format_args!(
            "{}: {} entitled instead of {}",
            plugin.plugin, plugin.entitled_after, plugin.entitled_before,
        ));
        text.line(match short(plugin, recorded) {
            Some((before, after)) => format!(", {after} short instead of {before}"),
            None => String::new(),
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

/// Returns how many seats were and are missing, where it is recorded how many there are.
pub(crate) fn short(plugin: &PluginPlanChange, recorded: &Entitlements) -> Option<(u32, u32)> {
    recorded.get(&plugin.plugin)?;
    Some((plugin.short_before.get(), plugin.short_after.get()))
}

/// Returns the plug-ins that somebody gains or loses as objects.
pub(crate) fn json(change: &PlanChange, recorded: &Entitlements) -> Value {
    let objects = moved(change).map(|plugin| {
        let short = short(plugin, recorded);
        json!({
            "plugin": to_json(&plugin.plugin),
            "entitled_before": plugin.entitled_before.get(),
            "entitled_after": plugin.entitled_after.get(),
            "gained": to_json(&plugin.gained),
            "lost": to_json(&plugin.lost),
            "short_before": short.map(|(before, _)| before),
            "short_after": short.map(|(_, after)| after),
        })
    });
    Value::Array(objects.collect())
}

//! The demand for the seats of plug-ins before and after a change, as people read it.

use guichet::PluginPlanChange;

use crate::output::{Text, some_listed};

/// Says what becomes of the demand for each plug-in that somebody gains or loses.
///
/// How many seats are missing is said where it is known how many are owned.
pub(crate) fn text<'p>(moved: impl IntoIterator<Item = &'p PluginPlanChange>) -> Text {
    let mut text = Text::default();
    for plugin in moved {
        text.add(format_args!(
            "{}: {} → {} entitled users",
            plugin.plugin, plugin.entitled_before, plugin.entitled_after,
        ));
        text.line(match (plugin.short_before, plugin.short_after) {
            (Some(before), Some(after)) => format!(", {before} → {after} seats short"),
            (None, Some(after)) => format!(", {after} seats short"),
            (_, None) => String::new(),
        });
        if !plugin.gained.is_empty() {
            text.line(format_args!("  gained by {}", some_listed(&plugin.gained)));
        }
        if !plugin.lost.is_empty() {
            text.line(format_args!(
                "  lost by {} (a seat in use stays until its session ends)",
                some_listed(&plugin.lost)
            ));
        }
    }
    text
}

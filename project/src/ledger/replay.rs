//! Recorded use, played again with other seats or another directory.

use std::path::Path;

use guichet_core::PluginKey;
use guichet_licensing::sqlite::OpenOptions;
use guichet_licensing::{
    Entitled, Entitlement, Entitlements, Limit, PluginSimulation, Scenario, SeatCount, Share,
    Simulation, Trace,
};

use super::LedgerError;
#[cfg(feature = "import")]
use super::Standing;
use crate::error::Result;

/// Recorded use that can be played again.
///
/// Sessions begin and end as they did. The seats are those that were owned then; where the record
/// does not say, those that are owned now.
#[derive(Debug, Clone)]
pub struct Replay {
    trace: Trace,
    seats: Entitlements,
    left_out: usize,
}

/// What becomes of recorded use under other conditions.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Replayed {
    /// How many steps were played.
    pub steps: usize,
    /// The share of requests that may be refused.
    #[cfg_attr(feature = "serde", serde(serialize_with = "in_words"))]
    pub refused: Share,
    /// Every plug-in of the record, in the order of first mention.
    pub plugins: Vec<ReplayedPlugin>,
    /// How many licences of the record are of no plug-in of this project.
    pub left_out: usize,
}

/// What becomes of the requests for one plug-in.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct ReplayedPlugin {
    /// What was answered.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub simulation: PluginSimulation,
    /// How many requests of entitled accounts were refused.
    pub short: u64,
    /// The fewest seats with which at most the accepted share of them is refused.
    pub smallest_seats: SeatCount,
}

impl Replay {
    /// Reads what users did from a ledger; `None` if the file is not SQLite; it may then be what 4D's
    /// command `License usage` returned.
    ///
    /// # Errors
    ///
    /// [`Error::Ledger`](crate::Error::Ledger): the ledger cannot be read, or its events do not start
    /// with the first one.
    pub fn from_ledger(file: &Path) -> Result<Option<Self>> {
        if !guichet_licensing::sqlite::is_sqlite(file) {
            return Ok(None);
        }
        let events = OpenOptions::existing().read(file)?.history()?;
        let trace = Trace::from_events(events).map_err(|error| LedgerError::Trace {
            path: file.to_owned(),
            error,
        })?;
        Ok(Some(Self {
            trace,
            seats: Entitlements::new(),
            left_out: 0,
        }))
    }

    /// Reads what users did from what 4D's command `License usage` returned, as JSON; errors call the
    /// text `file`. The seats are those that are owned as things stand.
    ///
    /// # Errors
    ///
    /// [`Error::Text`](crate::Error::Text): the text is something else.
    #[cfg(feature = "import")]
    pub fn from_usage(json: &str, file: &Path, standing: &Standing) -> Result<Self> {
        use crate::error::Fault;
        use guichet_licensing::import::UsageImport;

        let failed = |error| Fault::from(error).of(Some(file));
        let usage = UsageImport::from_json(json).map_err(failed)?;
        let (trace, left_out) = usage.trace(standing.view().catalogue()).map_err(failed)?;
        let owned = standing.ledger().entitlements();
        let seats = trace.plugins().into_iter().filter_map(|plugin| {
            let entitlement = owned.get(&plugin)?.clone();
            Some((plugin, entitlement))
        });
        Ok(Self {
            seats: seats.collect(),
            left_out,
            trace,
        })
    }

    /// Sets how many seats of a plug-in there are.
    pub fn set_seats(&mut self, plugin: PluginKey, seats: Limit) {
        self.seats.set(plugin, Entitlement::from_limit(seats));
    }

    /// Plays it, and finds the fewest seats with which at most a share of the requests is refused.
    ///
    /// Costs what [`Simulation::smallest_seats_of_each`] says.
    pub fn play(&self, entitled: Entitled<'_>, refused: Share) -> Replayed {
        let scenario = Scenario {
            seats: self.seats.clone(),
            entitled,
        };
        let simulation = Simulation::new(&self.trace, &scenario);
        let smallest = Simulation::smallest_seats_of_each(&self.trace, &scenario, refused);
        let plugins = simulation.plugins.into_iter().zip(smallest);
        let plugins = plugins.map(|(simulation, (_, smallest_seats))| ReplayedPlugin {
            short: simulation.short(),
            simulation,
            smallest_seats,
        });
        Replayed {
            steps: self.trace.steps().len(),
            refused,
            plugins: plugins.collect(),
            left_out: self.left_out,
        }
    }
}

#[cfg(feature = "serde")]
#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over a reference to the field"
)]
fn in_words<S: serde::Serializer>(
    share: &Share,
    serializer: S,
) -> std::result::Result<S::Ok, S::Error> {
    serializer.collect_str(share)
}

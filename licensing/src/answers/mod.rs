//! What people ask of a ledger: status, explanation, plan, simulation, report.

mod explain;
mod plan;
mod report;
mod simulate;
mod sizing;
mod status;
mod timeline;
mod trace;

pub use explain::{Explanation, Rule};
pub use plan::{Plan, PlanChange, PluginPlan, PluginPlanChange};
pub use report::{PluginReport, Report, UsePoint};
pub use simulate::{Entitled, PluginSimulation, Scenario, Simulation};
pub use sizing::{Share, ShareError};
pub use status::{HolderStatus, PluginStatus, Status};
pub use trace::{Trace, TraceAction, TraceError, TraceStep};

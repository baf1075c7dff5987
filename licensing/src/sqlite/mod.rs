//! The ledger made durable: events and state in one SQLite file.

mod chain;
#[cfg(not(target_os = "linux"))]
mod elsewhere;
mod error;
mod life;
#[cfg(target_os = "linux")]
mod linux;
mod mirror;
mod open;
mod process;
mod rights;
mod rows;
mod schema;
mod sessions;
mod snapshot;
mod state;
mod still;
mod store;

pub use error::{Damage, FileFault, StoreError};
pub use life::Life;
pub use open::OpenOptions;
pub use process::{LocalProcesses, ProcessMark, ProcessState, Processes, UnknownProcess};
pub use sessions::{ClosedSession, LivingSession};
pub use snapshot::{EndedSession, Snapshot, is_sqlite};
pub use store::SqliteLedger;

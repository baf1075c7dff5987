//! What 4D itself says of licences: the results of its commands `License info` and `License usage`.

mod error;
mod info;
mod usage;

pub use error::ImportError;
pub use info::{LicenceInfo, ProductInfo};
pub use usage::UsageImport;

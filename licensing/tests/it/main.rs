//! The crate as others see it.

mod catalogue;
mod entitlement;

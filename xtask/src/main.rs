//! The team's own commands.
fn main() {}

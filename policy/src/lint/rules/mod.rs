//! One file for each rule that is found in a directory: its page and the function that finds it.

pub(super) mod access_control_off;
pub(super) mod account_without_password;
pub(super) mod cycle;
pub(super) mod default_user_reaches;
pub(super) mod design_open_to_everyone;
pub(super) mod empty_grantee;
pub(super) mod empty_group;
pub(super) mod implied_membership;
pub(super) mod ineffective_sql_right;
pub(super) mod legacy_digest;
pub(super) mod look_alike_name;
pub(super) mod published_without_password;
pub(super) mod seats_below_everyone;
pub(super) mod seats_below_group;
pub(super) mod shared_digest;
pub(super) mod unreachable_group;
pub(super) mod upside_down_nesting;
pub(super) mod web_user_is_designer;

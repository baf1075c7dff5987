//! 4D's own commands as functions, with the results and the error codes of its documentation.
//!
//! For who knows 4D's language. Everything here is made of [`Change`](crate::Change) and of the
//! queries of [`Directory`](crate::Directory); a new program is better off with those.
//!
//! | 4D | here |
//! |---|---|
//! | `GET USER LIST` | [`get_user_list`] |
//! | `GET USER PROPERTIES` | [`get_user_properties`] |
//! | `Set user properties` | [`set_user_properties`] |
//! | `DELETE USER` | [`delete_user`] |
//! | `Is user deleted` | [`is_user_deleted`] |
//! | `Get default user` | [`get_default_user`] |
//! | `GET GROUP LIST` | [`get_group_list`] |
//! | `GET GROUP PROPERTIES` | [`get_group_properties`] |
//! | `Set group properties` | [`set_group_properties`] |
//! | `User in group` | [`user_in_group`] |
//! | `Get plugin access` | [`get_plugin_access`] |
//! | `SET PLUGIN ACCESS` | [`set_plugin_access`] |
//! | `PLUGIN LIST` | [`plugin_list`] |
//! | `Current user`, `SET USER ALIAS` | [`SessionAccess::current_user`], [`SessionAccess::set_user_alias`] |
//! | `Get group access`, `SET GROUP ACCESS` | [`SessionAccess::get_group_access`], [`SessionAccess::set_group_access`] |
//! | `CHANGE CURRENT USER` | `SessionAccess::change_current_user`, with the feature `bcrypt` |
//! | `CHANGE PASSWORD` | [`SessionAccess::change_password`] |
//! | `Validate password` | `validate_password`, with the feature `bcrypt` |
//! | `USERS TO BLOB` | [`users_to_blob`] |
//!
//! `EDIT ACCESS` and the dialogs are for screens. `BLOB TO USERS` is left out: a project gives no
//! blob, and the encrypted one of a binary database is not documented.
//!
//! 4D passes numbers, so these functions take them as they come: an `i32` that may name nobody.
//! Numbers are positions (decision D9) and shift when a user is deleted.

mod error;
mod groups;
mod plugins;
mod session;
mod users;

pub use error::FourDError;
pub use groups::{
    GroupList, GroupProperties, MemberNumber, NewGroupProperties, get_group_list,
    get_group_properties, set_group_properties, user_in_group,
};
pub use plugins::{PluginList, get_plugin_access, plugin_list, set_plugin_access};
#[cfg(feature = "bcrypt")]
pub use session::{Account, validate_password};
pub use session::{NameShown, SessionAccess, users_to_blob};
pub use users::{
    NewUserProperties, PasswordArgument, UserList, UserProperties, delete_user, get_default_user,
    get_user_list, get_user_properties, is_user_deleted, set_user_properties,
};

/// The number that stands for "add one" where a command takes a number.
pub const ADD: i32 = -1;

/// The number that stands for "add one on behalf of the Administrator"; in a project, as [`ADD`].
pub const ADD_FOR_ADMINISTRATOR: i32 = -2;

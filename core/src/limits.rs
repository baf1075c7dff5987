//! The documented limits, each with its unit and its source.

/// The most characters that a new group name may have, in Unicode scalar values.
///
/// 4D's page *Managing 4D users and groups*; decision D3: a longer name that is already in a file
/// loads, works and is written back.
pub const GROUP_NAME_CHARACTERS: usize = 15;

/// The most characters that a new user name may have, in Unicode scalar values (decision D4).
///
/// 4D documents no limit; this one keeps names printable.
pub const USER_NAME_CHARACTERS: usize = 80;

/// The most characters that a password may have, in Unicode scalar values (decision D6).
pub const PASSWORD_CHARACTERS: usize = 15;

/// The most users that a directory may be given by creation (decision D20).
///
/// 4D lets the Designer and the Administrator create 16 000 each; a project's file records no
/// creator, so both shares are one.
pub const USERS: usize = 32_000;

/// The most groups that a directory may be given by creation (decision D20).
pub const GROUPS: usize = 32_000;

/// The number of the first group: 4D's group numbers start here in a project.
pub const FIRST_GROUP_ID: u32 = 15_001;

/// Failed password checks that are answered at once; each further one waits
/// [`PASSWORD_DELAY_SECONDS`].
pub const PASSWORD_FREE_ATTEMPTS: u32 = 4;

/// How long a password check waits after the free attempts are used up, in seconds.
pub const PASSWORD_DELAY_SECONDS: u64 = 10;

/// The highest work factor of a stored bcrypt password that is verified.
///
/// Each step doubles the time: 14 takes about a second, 20 a minute, 31 a day. 4D writes 10.
pub const PASSWORD_COST: u32 = 14;

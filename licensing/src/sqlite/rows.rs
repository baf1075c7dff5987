//! Events as rows of the table `events`, both ways.

use std::collections::HashSet;

use guichet_core::{PluginKey, UserName};
use rusqlite::{Connection, Row};

use super::chain::Link;
use super::error::{Damage, Problem};
use crate::event::{Event, EventKind, SeatUse, Sequence};
use crate::moment::Moment;
use crate::refusal::Refusal;
use crate::session::{CloseReason, SessionId};

const INSERT: &str = "INSERT INTO events (sequence, at, kind, session, user, plugin, detail, link)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
const SELECT: &str = "SELECT sequence, at, kind, session, user, plugin, detail, link
    FROM events WHERE sequence >= ?1 ORDER BY sequence";

/// Writes one event after the one with a link; returns its own link.
pub(super) fn insert(
    connection: &Connection,
    event: &Event,
    before: Link,
) -> Result<Link, Problem> {
    let kind = &event.kind;
    let detail = kind.detail();
    let at = event.at.as_microseconds();
    let texts = [
        Some(kind.as_str()),
        kind.session().map(SessionId::as_str),
        kind.user().map(UserName::as_str),
        kind.plugin().map(PluginKey::as_str),
        detail.as_deref(),
    ];
    let link = before.next(event.sequence, at, texts);
    let [kind, session, user, plugin, detail] = texts;
    connection.prepare_cached(INSERT)?.execute((
        integer(event.sequence),
        at,
        kind,
        session,
        user,
        plugin,
        detail,
        link.as_bytes(),
    ))?;
    Ok(link)
}

/// One event as a file holds it, with its link.
pub(super) struct Record {
    pub(super) event: Event,
    pub(super) link: Link,
    /// Whether the link follows from the record before. For the first record that is visited this is
    /// known only if it is the first of all.
    pub(super) fits: bool,
}

/// Hands every event from a place on, in order, to a visitor.
pub(super) fn visit(
    connection: &Connection,
    from: Sequence,
    visitor: &mut dyn FnMut(Record) -> Result<(), Problem>,
) -> Result<(), Problem> {
    let mut statement = connection.prepare_cached(SELECT)?;
    let mut rows = statement.query([integer(from)])?;
    let mut keys = HashSet::new();
    let mut before = Link::default();
    while let Some(row) = rows.next()? {
        let sequence = sequence_of(row, 0)?;
        let record = read(row, sequence, before, &mut keys)?.ok_or(Damage::Row(sequence))?;
        before = record.link;
        visitor(record)?;
    }
    Ok(())
}

/// Reads the events up to one, in order; each must be the one that was written, and the last one must
/// have its link.
pub(super) fn history(
    connection: &Connection,
    (last, link): (Sequence, Link),
) -> Result<Vec<Event>, Problem> {
    let mut events = Vec::new();
    let mut found = Link::default();
    visit(connection, Sequence::NONE, &mut |record| {
        let sequence = record.event.sequence;
        if !record.fits {
            return Err(Damage::Changed(sequence).into());
        }
        if sequence <= last {
            found = record.link;
            events.push(record.event);
        }
        Ok(())
    })?;
    if found == link {
        Ok(events)
    } else {
        Err(Damage::Gone(last).into())
    }
}

/// Reads a row; `None` when it is not one that [`insert`] writes.
fn read(
    row: &Row<'_>,
    sequence: Sequence,
    before: Link,
    keys: &mut HashSet<PluginKey>,
) -> Result<Option<Record>, rusqlite::Error> {
    let at: i64 = row.get(1)?;
    let kind = row.get_ref(2)?.as_str()?;
    let session = row.get_ref(3)?.as_str_or_null()?;
    let user = row.get_ref(4)?.as_str_or_null()?;
    let plugin = row.get_ref(5)?.as_str_or_null()?;
    let detail = row.get_ref(6)?.as_str_or_null()?;
    let stored = Link::from_stored(row.get_ref(7)?.as_blob()?);
    let texts = [Some(kind), session, user, plugin, detail];
    let fits = stored == Some(before.next(sequence, at, texts));
    let session = session.and_then(|text| SessionId::new(text).ok());
    let plugin = plugin.map(|text| intern(keys, text));
    let record = || {
        let event = Event {
            sequence,
            at: Moment::from_microseconds(at)?,
            kind: kind_of(
                kind,
                session,
                user.map(UserName::from_stored),
                plugin,
                detail,
            )?,
        };
        let link = stored?;
        Some(Record { event, link, fits })
    };
    Ok(record())
}

/// Returns one shared copy of each plug-in's key: there are few of them and many events.
fn intern(keys: &mut HashSet<PluginKey>, text: &str) -> PluginKey {
    let key = PluginKey::from_stored(text);
    if let Some(known) = keys.get(&key) {
        return known.clone();
    }
    keys.insert(key.clone());
    key
}

fn kind_of(
    kind: &str,
    session: Option<SessionId>,
    user: Option<UserName>,
    plugin: Option<PluginKey>,
    detail: Option<&str>,
) -> Option<EventKind> {
    Some(match (kind, session, user, plugin) {
        ("entitlement-changed", _, _, Some(plugin)) => EventKind::EntitlementChanged {
            plugin,
            entitlement: detail?.parse().ok()?,
        },
        ("session-opened", Some(session), Some(user), _) => {
            EventKind::SessionOpened { session, user }
        }
        ("session-closed", Some(session), Some(user), _) => EventKind::SessionClosed {
            session,
            user,
            reason: word(CloseReason::ALL, CloseReason::as_str, detail?)?,
        },
        (kind, Some(session), Some(user), Some(plugin)) => {
            let seat = SeatUse {
                session,
                user,
                plugin,
            };
            match kind {
                "seat-granted" => EventKind::SeatGranted(seat),
                "seat-held" => EventKind::SeatHeld(seat),
                "seat-refused" => {
                    EventKind::SeatRefused(seat, word(Refusal::ALL, Refusal::as_str, detail?)?)
                }
                "seat-released" => EventKind::SeatReleased(seat),
                _ => return None,
            }
        }
        _ => return None,
    })
}

fn word<T: Copy, const N: usize>(
    every: [T; N],
    text: fn(T) -> &'static str,
    wanted: &str,
) -> Option<T> {
    every.into_iter().find(|value| text(*value) == wanted)
}

/// Reads the number of an event from a column.
pub(super) fn sequence_of(row: &Row<'_>, column: usize) -> Result<Sequence, Problem> {
    let number: i64 = row.get(column)?;
    u64::try_from(number)
        .map(Sequence::new)
        .map_err(|_| Damage::Row(Sequence::NONE).into())
}

/// Turns the number of an event into what SQLite keeps.
pub(super) fn integer(sequence: Sequence) -> i64 {
    i64::try_from(sequence.get()).unwrap_or(i64::MAX)
}

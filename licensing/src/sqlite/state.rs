//! The tables with the current state: kept beside the events, compared with them on opening.

use guichet_core::PluginKey;
use guichet_core::identity::folded_name;
use rusqlite::Connection;

use super::error::{Damage, Problem};
use super::life::Life;
use super::rows::{integer, sequence_of};
use crate::event::{Event, EventKind};
use crate::ledger::Ledger;
use crate::moment::Moment;
use crate::session::SessionId;

/// Brings the tables up to an event that was just applied to the ledger.
pub(super) fn follow(
    connection: &Connection,
    ledger: &Ledger,
    event: &Event,
    life: &Life,
    deadline: Option<Moment>,
) -> Result<(), Problem> {
    match &event.kind {
        EventKind::SessionOpened { session, user } => {
            let mark = life.process();
            connection
                .prepare_cached(
                    "INSERT INTO sessions
                         (session, account, opened, host, boot, space, process, started,
                          heartbeat, deadline)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                )?
                .execute((
                    session.as_str(),
                    folded_name(user.as_str()),
                    integer(event.sequence),
                    mark.map(|mark| mark.host.as_str()),
                    mark.and_then(|mark| mark.boot.as_deref()),
                    mark.and_then(|mark| mark.space.as_deref()),
                    mark.map(|mark| mark.process),
                    mark.and_then(|mark| mark.started)
                        .and_then(|started| i64::try_from(started).ok()),
                    life.heartbeat_seconds(),
                    deadline.map(Moment::as_microseconds),
                ))?;
        }
        EventKind::SessionClosed { session, .. } => {
            for delete in [
                "DELETE FROM seats WHERE session = ?1",
                "DELETE FROM sessions WHERE session = ?1",
            ] {
                connection
                    .prepare_cached(delete)?
                    .execute([session.as_str()])?;
            }
        }
        EventKind::SeatGranted(seat) | EventKind::SeatHeld(seat) => {
            connection
                .prepare_cached(
                    "INSERT OR IGNORE INTO seats (session, plugin, account, granted)
                     VALUES (?1, ?2, ?3, ?4)",
                )?
                .execute((
                    seat.session.as_str(),
                    seat.plugin.as_str(),
                    ledger.account_of(&seat.session),
                    ledger
                        .seat_granted(&seat.session, &seat.plugin)
                        .map(integer),
                ))?;
        }
        EventKind::EntitlementChanged {
            plugin,
            entitlement,
        } => {
            connection
                .prepare_cached(
                    "INSERT OR REPLACE INTO entitlements (plugin, owned) VALUES (?1, ?2)",
                )?
                .execute((plugin.as_str(), entitlement.to_string()))?;
        }
        EventKind::SeatRefused { .. } | EventKind::SeatReleased { .. } => {}
    }
    Ok(())
}

/// Compares the tables with the ledger that the events add up to; O(sessions + seats).
pub(super) fn compare(connection: &Connection, ledger: &Ledger) -> Result<(), Problem> {
    if !ledger.is_settled() {
        return Err(Damage::Incomplete.into());
    }
    same("sessions", same_sessions(connection, ledger)?)?;
    same("seats", same_seats(connection, ledger)?)?;
    same("entitlements", same_entitlements(connection, ledger)?)
}

fn same(table: &'static str, is_same: bool) -> Result<(), Problem> {
    is_same
        .then_some(())
        .ok_or_else(|| Damage::Table(table).into())
}

fn same_sessions(connection: &Connection, ledger: &Ledger) -> Result<bool, Problem> {
    let mut statement = connection.prepare("SELECT session, account, opened FROM sessions")?;
    let mut rows = statement.query([])?;
    let mut count = 0_usize;
    while let Some(row) = rows.next()? {
        let session = SessionId::new(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?);
        let account = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
        let opened = sequence_of(row, 2)?;
        let known = session.is_ok_and(|id| ledger.has_session(&id, account, opened));
        if !known {
            return Ok(false);
        }
        count += 1;
    }
    Ok(count == ledger.session_count())
}

fn same_seats(connection: &Connection, ledger: &Ledger) -> Result<bool, Problem> {
    let mut statement =
        connection.prepare("SELECT session, plugin, account, granted FROM seats")?;
    let mut rows = statement.query([])?;
    let mut count = 0_usize;
    while let Some(row) = rows.next()? {
        let session = SessionId::new(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?);
        let plugin =
            PluginKey::from_stored(row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?);
        let account: String = row.get(2)?;
        let granted = sequence_of(row, 3)?;
        let known = session.is_ok_and(|id| {
            ledger.seat_granted(&id, &plugin) == Some(granted)
                && ledger.account_of(&id) == Some(account)
        });
        if !known {
            return Ok(false);
        }
        count += 1;
    }
    Ok(count == ledger.use_count())
}

fn same_entitlements(connection: &Connection, ledger: &Ledger) -> Result<bool, Problem> {
    let mut statement = connection.prepare("SELECT plugin, owned FROM entitlements")?;
    let mut rows = statement.query([])?;
    let mut written = crate::Entitlements::new();
    while let Some(row) = rows.next()? {
        let plugin: String = row.get(0)?;
        let owned: String = row.get(1)?;
        let Ok(entitlement) = owned.parse() else {
            return Ok(false);
        };
        written.set(PluginKey::from_stored(plugin), entitlement);
    }
    let known = ledger.plugin_uses().all(|found| {
        let entitlement = written.get(found.plugin());
        entitlement.map_or(found.entitlement().rights().is_empty(), |entitlement| {
            entitlement == found.entitlement()
        })
    });
    let none_more = written
        .iter()
        .all(|(plugin, _)| ledger.plugin_use(plugin).is_some());
    Ok(known && none_more)
}

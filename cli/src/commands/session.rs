//! `session`: the sessions that seats belong to.

use std::num::NonZeroU32;

use clap::Subcommand;
use guichet::core::PluginKey;
use guichet::licensing::OpenSession;
use guichet::licensing::sqlite::ProcessMark;
use guichet::{ClosedSession, Heartbeat, Life, SessionId, SessionRecord};

use crate::context::Context;
use crate::effect::Effect;
use crate::error::{CliError, Result};
use crate::help::examples;
use crate::ledger::LedgerArgs;
use crate::output::{Listing, Page, Report, Text, count, listed, rows, shown};

/// The arguments of `session`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    ledger: LedgerArgs,
    #[command(subcommand)]
    command: Command,
}

impl Args {
    /// Returns what the command changes.
    pub(crate) const fn effect(&self) -> Effect {
        match self.command {
            Command::List => Effect::Reads,
            Command::Open { .. } | Command::Close { .. } | Command::Heartbeat { .. } => {
                Effect::Records
            }
        }
    }
}

/// The commands about sessions.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Open a session for a user and print its id
    #[command(after_help = examples!(
        "guichet session open \"Ann Lee\" --id desk-7",
        "guichet session open \"Ann Lee\" --process $$" => "it ends with this shell",
        "guichet session open \"Ann Lee\" --heartbeat 300" => "it ends after 5 minutes of silence",
    ))]
    Open {
        /// The user, by name or as `#3`
        user: String,
        /// The id of the session [default: the ledger makes one]
        #[arg(long, value_name = "SESSION", value_parser = SessionId::new)]
        id: Option<SessionId>,
        /// End the session with this process (Linux)
        #[arg(long, value_name = "PID")]
        process: Option<u32>,
        /// End the session after this many seconds without `session heartbeat`
        #[arg(long, value_name = "SECONDS")]
        heartbeat: Option<NonZeroU32>,
    },
    /// Close a session and free its seats
    #[command(after_help = examples!("guichet session close desk-7"))]
    Close {
        /// The session
        #[arg(value_name = "SESSION", value_parser = SessionId::new)]
        session: SessionId,
    },
    /// Keep a session alive that was opened with `--heartbeat`
    #[command(after_help = examples!("guichet session heartbeat desk-7"))]
    Heartbeat {
        /// The session
        #[arg(value_name = "SESSION", value_parser = SessionId::new)]
        session: SessionId,
    },
    /// List the open sessions and the plug-ins each of them uses
    List,
}

/// Runs a command about sessions.
pub(crate) fn run(args: &Args, context: &Context<'_>) -> Result<Box<dyn Report>> {
    let ledger = args.ledger.of(&context.project()?)?;
    Ok(match &args.command {
        Command::Open {
            user,
            id,
            process,
            heartbeat,
        } => {
            let user = ledger.account(user)?;
            let life = life(*process, *heartbeat)?;
            Box::new(ledger.open_session(&user, id.as_ref(), &life)?)
        }
        Command::Close { session } => Box::new(ledger.close_session(session)?),
        Command::Heartbeat { session } => Box::new(ledger.heartbeat(session)?),
        Command::List => Box::new(Listing(ledger.standing()?.sessions())),
    })
}

fn life(process: Option<u32>, heartbeat: Option<NonZeroU32>) -> Result<Life> {
    let mut life = Life::until_closed();
    if let Some(number) = process {
        let mark = ProcessMark::from_process_id(number);
        life = life.of_process(mark.map_err(|error| CliError::from_error(&error))?);
    }
    Ok(match heartbeat {
        Some(seconds) => life.with_heartbeat(seconds),
        None => life,
    })
}

impl Report for OpenSession {
    /// The id alone, for `S=$(guichet session open …)`.
    fn text(&self, _: Page) -> Text {
        Text::saying(&self.session)
    }
}

impl Report for ClosedSession {
    fn text(&self, _: Page) -> Text {
        let seats = match self.freed.len() {
            0 => "no seat was freed".to_owned(),
            number => format!("{} freed: {}", count(number, "seat"), listed(&self.freed)),
        };
        let session = shown(self.session.as_str());
        Text::saying(format_args!("session {session} closed; {seats}"))
    }
}

impl Report for Heartbeat {
    fn text(&self, _: Page) -> Text {
        let session = shown(self.session.as_str());
        Text::saying(match self.deadline {
            Some(deadline) => {
                format!("session {session} ends at {deadline} unless it sends a heartbeat")
            }
            None => format!("session {session} needs no heartbeat"),
        })
    }
}

rows!(SessionRecord, "no session is open", |row| {
    Text "Session": row.session.session.as_str(),
    Text "User": row.session.user.as_str(),
    Text "Opened": row.session.opened.to_string(),
    Text "Uses": row.session.plugins.iter().map(PluginKey::as_str).collect::<Vec<_>>().join(", "),
    Text "Ends": ends(row),
});

fn ends(session: &SessionRecord) -> String {
    if let Some(how) = &session.ended {
        return format!("ended: {how}");
    }
    let process = session.process;
    let process = process.map(|number| format!("ends with process {number}"));
    let silent = session.deadline;
    let silent = silent.map(|until| format!("ends at {until} without a heartbeat"));
    let ends: Vec<String> = process.into_iter().chain(silent).collect();
    if ends.is_empty() {
        "when closed".to_owned()
    } else {
        ends.join(", ")
    }
}

//! `session`: the sessions that seats belong to.

use std::num::NonZeroU32;

use clap::Subcommand;
use guichet::core::PluginKey;
use guichet::licensing::sqlite::{EndedSession, LivingSession, ProcessMark};
use guichet::licensing::{CloseReason, OpenSession};
use guichet::{ClosedSession, Life, Moment, SessionId};
use serde::Serialize;

use crate::context::Context;
use crate::effect::Effect;
use crate::error::{CliError, Result};
use crate::help::examples;
use crate::ledger::LedgerArgs;
use crate::output::{Column, Content, Listing, Page, Report, Row, Text, count, listed, shown};

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
    match &args.command {
        Command::Open {
            user,
            id,
            process,
            heartbeat,
        } => {
            let user = ledger.account(user)?;
            let life = life(*process, *heartbeat)?;
            let open = ledger.open_session(&user, id.as_ref(), &life)?;
            Ok(Box::new(Opened(open)))
        }
        Command::Close { session } => Ok(Box::new(Closed(ledger.close_session(session)?))),
        Command::Heartbeat { session } => Ok(Box::new(Heard {
            session: session.clone(),
            deadline: ledger.heartbeat(session)?,
        })),
        Command::List => {
            let standing = ledger.standing()?;
            let living = standing.sessions().iter().map(SessionRow::of);
            let ended = standing.ended_sessions().iter().map(SessionRow::ended);
            Ok(Box::new(Listing(living.chain(ended).collect())))
        }
    }
}

fn life(process: Option<u32>, heartbeat: Option<NonZeroU32>) -> Result<Life> {
    let mut life = Life::until_closed();
    if let Some(number) = process {
        let mark = ProcessMark::find(number).map_err(|error| CliError::from_error(&error))?;
        life = life.of_process(mark);
    }
    Ok(match heartbeat {
        Some(seconds) => life.with_heartbeat(seconds),
        None => life,
    })
}

#[derive(Debug, Serialize)]
#[serde(transparent)]
struct Opened(OpenSession);

impl Report for Opened {
    /// The id alone, for `S=$(guichet session open …)`.
    fn text(&self, _: Page) -> Text {
        Text::saying(&self.0.session)
    }
}

#[derive(Debug, Serialize)]
#[serde(transparent)]
struct Closed(ClosedSession);

impl Report for Closed {
    fn text(&self, _: Page) -> Text {
        let freed: Vec<String> = self.0.freed.iter().map(ToString::to_string).collect();
        let seats = match freed.len() {
            0 => "no seat was freed".to_owned(),
            number => format!("{} freed: {}", count(number, "seat"), listed(&freed)),
        };
        Text::saying(format_args!(
            "session {} closed; {seats}",
            shown(self.0.session.as_str())
        ))
    }
}

#[derive(Debug, Serialize)]
struct Heard {
    session: SessionId,
    deadline: Option<Moment>,
}

impl Report for Heard {
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

#[derive(Debug, Serialize)]
struct SessionRow {
    #[serde(flatten)]
    session: OpenSession,
    process: Option<u32>,
    deadline: Option<Moment>,
    ended: Option<String>,
}

impl SessionRow {
    fn of(living: &LivingSession) -> Self {
        Self {
            session: living.session.clone(),
            process: living.life.process().map(|mark| mark.process),
            deadline: living.deadline,
            ended: None,
        }
    }

    /// A session that has ended, which the next command that writes closes.
    fn ended(ended: &EndedSession) -> Self {
        let how = match ended.reason {
            CloseReason::ProcessEnded => "its process has ended".to_owned(),
            CloseReason::HeartbeatLapsed | CloseReason::Closed => {
                format!("no heartbeat since {}", ended.at)
            }
        };
        Self {
            ended: Some(how),
            ..Self::of(&ended.session)
        }
    }

    fn ends(&self) -> String {
        if let Some(ended) = &self.ended {
            return format!("ended: {ended}");
        }
        let process = self
            .process
            .map(|number| format!("ends with process {number}"));
        let silent = self
            .deadline
            .map(|until| format!("ends at {until} without a heartbeat"));
        let ends: Vec<String> = process.into_iter().chain(silent).collect();
        if ends.is_empty() {
            "when closed".to_owned()
        } else {
            ends.join(", ")
        }
    }
}

impl Row for SessionRow {
    const COLUMNS: &'static [Column] = &[
        Column::Text("Session"),
        Column::Text("User"),
        Column::Text("Opened"),
        Column::Text("Uses"),
        Column::Text("Ends"),
    ];
    const NONE: &'static str = "no session is open";

    fn cells(&self) -> Vec<Content> {
        let session = &self.session;
        let plugins: Vec<&str> = session.plugins.iter().map(PluginKey::as_str).collect();
        vec![
            session.session.as_str().into(),
            session.user.as_str().into(),
            session.opened.to_string().into(),
            plugins.join(", ").into(),
            self.ends().into(),
        ]
    }
}

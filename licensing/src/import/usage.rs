//! The collection that `License usage` returns: the licences in use, one by one.

use std::collections::{BTreeMap, HashSet};

use guichet_core::{PluginKey, PluginNumber, UserName};
use serde::Deserialize;

use super::error::{ImportError, read};
use crate::answers::{Trace, TraceAction, TraceStep};
use crate::catalogue::PluginCatalogue;
use crate::moment::Moment;
use crate::session::SessionId;

/// What `License usage` says of who uses which plug-in; fields that say something else are ignored.
///
/// Source: 4D's page on `License usage` (v19 R4 and later). Every field but `productId` and `time` may
/// be absent.
///
/// ```
/// use guichet_licensing::PluginCatalogue;
/// use guichet_licensing::import::UsageImport;
///
/// let usage = UsageImport::from_json(
///     r#"[{"productId": 808464697, "productName": "4D Write", "productUsedCount": 1,
///          "productBalance": 4, "token": "a1", "time": "2026-11-20T09:05:00.000Z",
///          "reason": "CLIENT", "session": {"type": "remote", "userName": "Ann", "ID": "7F"}}]"#,
/// )?;
/// let (trace, left_out) = usage.trace(&PluginCatalogue::default())?;
/// assert_eq!(trace.steps().len(), 2); // the session opens, and asks
/// assert_eq!(left_out, 0);
/// # Ok::<(), guichet_licensing::import::ImportError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsageImport {
    // INVARIANT: earliest first.
    retentions: Vec<Retention>,
}

/// One retained licence.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Retention {
    /// `productId`: for a plug-in, the number of its constant.
    number: PluginNumber,
    /// `token`: the unique id of the operation.
    token: Option<String>,
    /// `time`.
    at: Moment,
    /// `session.userName`: the account.
    user: Option<UserName>,
    /// `session.ID`, `session.sessionID` or `session.persistentID`, the first that is there.
    session: Option<SessionId>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object")]
struct RawRetention {
    product_id: u32,
    token: Option<Text>,
    time: String,
    session: Option<RawSession>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object")]
struct RawSession {
    user_name: Option<String>,
    #[serde(rename = "ID")]
    id: Option<Text>,
    #[serde(rename = "sessionID")]
    session_id: Option<Text>,
    #[serde(rename = "persistentID")]
    persistent_id: Option<Text>,
}

/// An id that some versions write as a text and others as a number.
#[derive(Deserialize)]
#[serde(untagged, expecting = "expected a text or a number")]
enum Text {
    Text(String),
    Number(serde_json::Number),
}

impl Text {
    fn text(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Number(number) => number.to_string(),
        }
    }
}

impl UsageImport {
    /// Reads the collection as JSON.
    ///
    /// # Errors
    ///
    /// - [`ImportError::NotJson`]: the text is not JSON;
    /// - [`ImportError::Null`]: there is no collection;
    /// - [`ImportError::OtherResult`]: it is the result of another command;
    /// - [`ImportError::Field`]: a field does not hold what 4D documents; it is named.
    pub fn from_json(json: &str) -> Result<Self, ImportError> {
        let raw: Vec<RawRetention> = read(json, "a collection")?;
        let retentions = raw.into_iter().enumerate();
        let retentions = retentions.map(|(index, raw)| raw.retention(index));
        let mut retentions = retentions.collect::<Result<Vec<_>, _>>()?;
        retentions.sort_by_key(|retention| retention.at);
        Ok(Self { retentions })
    }

    /// Makes the trace of the plug-ins of a catalogue, and counts the licences that are not of plug-ins.
    ///
    /// Each session opens when it retains its first licence. The collection lists the licences that
    /// are in use, so no session ends. A licence without a session is a session of its own, known
    /// by its token; one without an account belongs to the account `unknown`.
    ///
    /// # Errors
    ///
    /// [`ImportError::Field`] when one session belongs to two accounts.
    pub fn trace(&self, catalogue: &PluginCatalogue) -> Result<(Trace, usize), ImportError> {
        let mut steps = Vec::new();
        let mut left_out = 0;
        let mut users: BTreeMap<SessionId, UserName> = BTreeMap::new();
        let mut asked: HashSet<(SessionId, PluginKey)> = HashSet::new();
        for (index, retention) in self.retentions.iter().enumerate() {
            let Some(plugin) = catalogue.by_number(retention.number) else {
                left_out += 1;
                continue;
            };
            let session = retention.session_or_token(index);
            let user = retention.user.clone();
            let user = user.unwrap_or_else(|| UserName::from_stored("unknown"));
            let known = users.entry(session.clone()).or_insert_with(|| {
                steps.push(TraceStep {
                    at: retention.at,
                    action: TraceAction::Open {
                        session: session.clone(),
                        user: user.clone(),
                    },
                });
                user.clone()
            });
            if *known != user {
                let message = format!("session `{session}` belongs to `{known}` and to `{user}`");
                return Err(ImportError::field("session.userName", message));
            }
            if asked.insert((session.clone(), plugin.key.clone())) {
                let action = TraceAction::Ask {
                    session,
                    plugin: plugin.key.clone(),
                    entitled: true,
                };
                let at = retention.at;
                steps.push(TraceStep { at, action });
            }
        }
        let trace = Trace::new(steps);
        let trace = trace.map_err(|error| ImportError::field("session", error.to_string()))?;
        Ok((trace, left_out))
    }
}

impl RawRetention {
    fn retention(self, index: usize) -> Result<Retention, ImportError> {
        let at: Moment = self.time.parse().map_err(|error: crate::MomentError| {
            ImportError::field(format!("[{index}].time"), error.to_string())
        })?;
        let (user, ids) = match self.session {
            Some(session) => (
                session.user_name.filter(|name| !name.is_empty()),
                [session.id, session.session_id, session.persistent_id],
            ),
            None => (None, [None, None, None]),
        };
        let mut ids = ids.into_iter().flatten().map(Text::text);
        let session = ids.find(|id| !id.is_empty()).map(|id| {
            SessionId::new(&id).map_err(|error| {
                ImportError::field(format!("[{index}].session.ID"), error.to_string())
            })
        });
        Ok(Retention {
            number: PluginNumber::new(self.product_id),
            token: self.token.map(Text::text),
            at,
            user: user.map(UserName::from_stored),
            session: session.transpose()?,
        })
    }
}

impl Retention {
    fn session_or_token(&self, index: usize) -> SessionId {
        let session = self.session.clone();
        let token = || SessionId::new(&format!("token {}", self.token.as_deref()?)).ok();
        let number = u64::try_from(index).unwrap_or(u64::MAX);
        session
            .or_else(token)
            .unwrap_or_else(|| SessionId::numbered(number))
    }
}

//! The JSON of answers: words for closed lists, text for moments, numbers for counts.

use guichet_core::Grantee;
use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};

use crate::answers::Rule;
use crate::event::{Event, EventKind};
use crate::ledger::Take;
use crate::seat_count::Owned;

macro_rules! serialize_as_text {
    ($($type:ty)*) => { $(
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
    )* };
}
serialize_as_text!(
    crate::Moment
    crate::SessionId
    crate::Refusal
    crate::CloseReason
    crate::Entitlement
    Rule
);

impl Serialize for crate::Sequence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(self.get())
    }
}

impl Serialize for crate::SeatCount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u32(self.get())
    }
}

impl Serialize for Owned {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Seats(count) => count.serialize(serializer),
            Self::Unknown | Self::Unlimited => serializer.collect_str(self),
        }
    }
}

impl Serialize for Take {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Take", 8)?;
        fields.serialize_field("session", &self.session)?;
        fields.serialize_field("user", &self.user)?;
        fields.serialize_field("plugin", &self.plugin)?;
        fields.serialize_field("granted", &self.outcome.is_granted())?;
        fields.serialize_field("reason", self.outcome.as_str())?;
        fields.serialize_field("holders", &self.holders)?;
        let advice = self.advice.as_ref();
        fields.serialize_field("sentence", &advice.map(|advice| &advice.sentence))?;
        fields.serialize_field("help", &advice.map(|advice| &advice.help))?;
        fields.end()
    }
}

impl Serialize for Event {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let kind = &self.kind;
        let mut fields = serializer.serialize_struct("Event", 8)?;
        fields.serialize_field("sequence", &self.sequence)?;
        fields.serialize_field("at", &self.at)?;
        fields.serialize_field("kind", kind.as_str())?;
        fields.serialize_field("session", &kind.session())?;
        fields.serialize_field("user", &kind.user())?;
        fields.serialize_field("plugin", &kind.plugin())?;
        let (reason, entitlement) = match kind {
            EventKind::EntitlementChanged { .. } => (None, kind.detail()),
            _ => (kind.detail(), None),
        };
        fields.serialize_field("reason", &reason)?;
        fields.serialize_field("entitlement", &entitlement)?;
        fields.end()
    }
}

/// Writes a grantee as two fields: its kind, and its group or `null`.
pub(crate) fn grantee<S: Serializer>(grantee: &Grantee, serializer: S) -> Result<S::Ok, S::Error> {
    let mut fields = serializer.serialize_struct("Grantee", 2)?;
    fields.serialize_field("grantee", grantee.kind())?;
    fields.serialize_field("group", &grantee.group())?;
    fields.end()
}

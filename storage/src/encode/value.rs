//! New values: what is written into a file that did not hold it.

use super::style::{Style, has_line_end};
use crate::json::{Kind, Node};

/// A value to be written. Every leaf of a directory is a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    Text(String),
    /// A number, `true`, `false` or `null`, as it is written in some document.
    Literal(String),
    Array(Vec<Self>),
    Object(Vec<(String, Self)>),
}

/// A member or an element to be written.
#[derive(Clone, Debug)]
pub(crate) struct Fresh {
    /// The key of a member; `None` for an element.
    key: Option<String>,
    value: Value,
}

impl Fresh {
    pub(crate) fn member(key: &str, value: Value) -> Self {
        Self {
            key: Some(key.to_owned()),
            value,
        }
    }

    pub(crate) const fn element(value: Value) -> Self {
        Self { key: None, value }
    }

    /// Writes it where `lead` is before it.
    pub(crate) fn write(&self, out: &mut String, lead: &str, style: &Style) {
        if let Some(key) = &self.key {
            out.push_str(&quoted(key));
            out.push_str(&style.colon);
        }
        self.value.write(out, lead, style);
    }
}

impl Value {
    pub(crate) fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    /// Returns the value of a node, as it is. As deep as the document at most, which is bounded.
    pub(crate) fn from_node(node: Node<'_>) -> Self {
        match node.kind() {
            Kind::String => Self::Text(node.as_str().unwrap_or_default().into_owned()),
            Kind::Array => Self::Array(node.elements().map(Self::from_node).collect()),
            Kind::Object => Self::Object(
                node.members()
                    .map(|member| (member.name().into_owned(), Self::from_node(member.value)))
                    .collect(),
            ),
            Kind::Null | Kind::Boolean | Kind::Number => Self::Literal(node.raw().to_owned()),
        }
    }

    /// Writes the value on a line that `lead` begins. As deep as a document at most, which is bounded.
    fn write(&self, out: &mut String, lead: &str, style: &Style) {
        match self {
            Self::Text(text) => out.push_str(&quoted(text)),
            Self::Literal(text) => out.push_str(text),
            Self::Array(elements) => {
                let children: Vec<_> = elements.iter().map(|value| (None, value)).collect();
                write_children(out, ['[', ']'], &children, lead, style);
            }
            Self::Object(members) => {
                let children: Vec<_> = members
                    .iter()
                    .map(|(key, value)| (Some(key.as_str()), value))
                    .collect();
                write_children(out, ['{', '}'], &children, lead, style);
            }
        }
    }
}

fn write_children(
    out: &mut String,
    [open, close]: [char; 2],
    children: &[(Option<&str>, &Value)],
    lead: &str,
    style: &Style,
) {
    out.push(open);
    let inner = inner_lead(lead, style);
    for (index, (key, value)) in children.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        out.push_str(if index > 0 {
            style.between(&inner)
        } else {
            &inner
        });
        if let Some(key) = key {
            out.push_str(&quoted(key));
            out.push_str(&style.colon);
        }
        value.write(out, &inner, style);
    }
    if !children.is_empty() && has_line_end(lead) {
        out.push_str(lead);
    }
    out.push(close);
}

/// Returns what is before the first child of a container that `lead` is before.
pub(super) fn inner_lead(lead: &str, style: &Style) -> String {
    if has_line_end(lead) {
        format!("{lead}{}", style.unit)
    } else {
        String::new()
    }
}

/// Returns a text in quotation marks, with the escapes that JSON needs and no other, as 4D writes it.
pub(crate) fn quoted(text: &str) -> String {
    // Writing a text to memory cannot fail.
    serde_json::to_string(text).unwrap_or_default()
}

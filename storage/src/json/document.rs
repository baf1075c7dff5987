//! The document: original text and tape.

use std::fmt;
use std::sync::OnceLock;

use super::addresses;
use super::duplicates;
use super::error::{Fault, SyntaxError, SyntaxErrorKind};
use super::node::{Kind, Member, Node};
use super::pointer::Pointer;
use guichet_core::Position;

use super::position::{BOM, LineIndex};
use super::scanner;
use super::tape::Tape;

/// A JSON text with an index of its values.
///
/// Writing [`as_bytes`](Self::as_bytes) back gives the file that was read, byte for byte.
/// Next to the text a document takes eight bytes for each key, string, number, word and bracket.
///
/// # Examples
///
/// ```
/// use guichet_storage::json::Document;
///
/// let document = Document::parse(b"{\r\n\t\"groups\": {\"Sales\": {}}\r\n}".to_vec())?;
/// let sales = document.root().get("groups").and_then(|groups| groups.get("Sales")).unwrap();
/// assert_eq!(sales.raw(), "{}");
/// assert_eq!(sales.pointer().as_str(), "/groups/Sales");
/// assert_eq!(document.position(sales.span().start).to_string(), "line 2, column 22");
/// # Ok::<(), guichet_storage::json::SyntaxError>(())
/// ```
#[derive(Clone)]
pub struct Document {
    text: String,
    tape: Tape,
    lines: OnceLock<LineIndex>,
}

impl Document {
    /// Reads a JSON text; linear, and one pass after the check of the encoding.
    ///
    /// The text must be UTF-8, with or without a byte order mark.
    ///
    /// # Errors
    ///
    /// A [`SyntaxError`] with the first place where the text stops being JSON, or where a limit is passed
    /// ([`MAX_DEPTH`](super::MAX_DEPTH), [`MAX_BYTES`](super::MAX_BYTES)).
    pub fn parse(bytes: Vec<u8>) -> Result<Self, SyntaxError> {
        if bytes.starts_with(&[0xff, 0xfe])
            || bytes.starts_with(&[0xfe, 0xff])
            || bytes.starts_with(&[0, 0, 0xfe])
        {
            return Err(SyntaxError::new(
                Fault::new(SyntaxErrorKind::OtherEncoding, 0),
                &bytes,
            ));
        }
        let text = String::from_utf8(bytes).map_err(|error| {
            let fault = Fault::new(
                SyntaxErrorKind::InvalidUtf8,
                error.utf8_error().valid_up_to(),
            );
            SyntaxError::new(fault, error.as_bytes())
        })?;
        match scanner::scan(&text) {
            Ok(tape) => Ok(Self {
                text,
                tape,
                lines: OnceLock::new(),
            }),
            Err(fault) => Err(SyntaxError::new(fault, text.as_bytes())),
        }
    }

    /// Returns the text as it was read, a byte order mark included.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the bytes as they were read.
    pub fn as_bytes(&self) -> &[u8] {
        self.text.as_bytes()
    }

    /// Gives the bytes back as they were read.
    pub fn into_bytes(self) -> Vec<u8> {
        self.text.into_bytes()
    }

    /// Returns whether the text begins with a byte order mark.
    pub fn has_byte_order_mark(&self) -> bool {
        self.text.starts_with(BOM)
    }

    /// Returns the outermost value.
    pub fn root(&self) -> Node<'_> {
        Node::root(self)
    }

    /// Returns the value at an address; the last one where a name stands twice in an object.
    pub fn find(&self, pointer: &Pointer) -> Option<Node<'_>> {
        pointer
            .steps()
            .try_fold(self.root(), |node, step| match node.kind() {
                Kind::Object => node.get(&step),
                Kind::Array => node.elements().nth(step.parse().ok()?),
                _ => None,
            })
    }

    /// Returns the line and the column of a byte offset.
    ///
    /// The first question walks through the text once; each further one looks at half a kilobyte at most.
    pub fn position(&self, offset: usize) -> Position {
        self.lines
            .get_or_init(|| LineIndex::new(&self.text))
            .position(&self.text, offset)
    }

    /// Returns every member that does not count because its name stands again further down in the same object.
    ///
    /// They come in the order of the text. Looks at every object of the document; linear on average.
    pub fn overridden_members(&self) -> impl Iterator<Item = Member<'_>> {
        self.overridden_keys()
            .into_iter()
            .filter_map(|key| self.member_at(key))
    }

    /// Returns the tape index of the key of every overridden member, ascending.
    pub(crate) fn overridden_keys(&self) -> Vec<u32> {
        duplicates::overridden(self, &[])
    }

    /// Returns the same without the members of the objects `passed_over`; what stands inside them is looked at.
    pub(crate) fn overridden_keys_except_in(&self, passed_over: &[Node<'_>]) -> Vec<u32> {
        duplicates::overridden(self, passed_over)
    }

    /// Returns the value or the key that has a tape index.
    pub(crate) fn node_at(&self, index: u32) -> Option<Node<'_>> {
        Node::at(self, index as usize)
    }

    /// Returns the value or the key that begins at a position; O(log n).
    pub(crate) fn node_at_position(&self, position: Position) -> Option<Node<'_>> {
        let node = Node::at(self, self.tape.first_from(self.offset_of(position)))?;
        (self.position(node.span().start) == position).then_some(node)
    }

    /// Returns the first byte offset that has a position, or a later one.
    fn offset_of(&self, position: Position) -> usize {
        let (mut low, mut high) = (0, self.text.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if self.position(middle) < position {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// Returns the member whose key has a tape index.
    pub(crate) fn member_at(&self, key: u32) -> Option<Member<'_>> {
        let key = Node::at(self, key as usize)?;
        Some(Member {
            key,
            value: key.next()?,
        })
    }

    /// Returns the addresses of values or keys, by their ascending tape indexes; one walk for all of them.
    pub(crate) fn addresses(&self, indexes: &[u32]) -> Vec<Pointer> {
        addresses::addresses(self, indexes)
    }

    /// Returns the tape.
    pub(super) const fn tape(&self) -> &Tape {
        &self.tape
    }
}

impl fmt::Debug for Document {
    /// Shows the size, not the text, which holds stored passwords.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (bytes, entries) = (self.text.len(), self.tape.len());
        write!(formatter, "Document({bytes} bytes, {entries} entries)")
    }
}

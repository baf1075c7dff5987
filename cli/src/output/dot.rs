//! Graphviz: a text stands in a label between quotation marks.

use super::foreign::Target;
use super::visible;

/// The rules of Graphviz.
#[derive(Debug)]
pub(crate) struct Dot;

impl Target for Dot {
    fn escaped(text: &str) -> String {
        let text = visible(text).replace('\\', "\\\\");
        // Graphviz reads entities of HTML in labels.
        text.replace('"', "\\\"").replace('&', "&amp;")
    }
}

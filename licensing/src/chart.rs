//! A small chart of use over time, as SVG.

use svg::Document;
use svg::node::element::path::Data;
use svg::node::element::{Line, Path, Rectangle, Text, Title};

use crate::answers::{PluginReport, Report, UsePoint};
use crate::moment::Moment;
use crate::seat_count::Owned;

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 200.0;
const LEFT: f64 = 44.0;
const RIGHT: f64 = 12.0;
const TOP: f64 = 28.0;
const BOTTOM: f64 = 24.0;
const INK: &str = "#333333";
const USE: &str = "#2a6f97";
const OWNED: &str = "#c1121f";

/// Draws the seats of one plug-in that were in use between the two moments of a report: a stepped
/// area, under a dashed line for what was owned.
///
/// The lines are named in words beside their colours. Returns a whole SVG document; runs in the
/// points of the curve.
pub fn use_chart(report: &Report, plugin: &PluginReport) -> String {
    let frame = Frame::of(report, plugin);
    let title = format!("Seats of {} in use", of_xml(plugin.plugin.as_str()));
    let mut document = Document::new()
        .set("viewBox", (0, 0, WIDTH, HEIGHT))
        .set("role", "img")
        .set("font-family", "sans-serif")
        .set("font-size", 11)
        .add(Title::new(title.clone()))
        .add(
            Rectangle::new()
                .set("width", WIDTH)
                .set("height", HEIGHT)
                .set("fill", "white"),
        )
        .add(label(&title, LEFT, 16.0, "start", INK))
        .add(frame.area(&plugin.curve))
        .add(frame.axis());
    let peak = format!("peak {}", plugin.peak);
    document = document.add(label(&peak, WIDTH - RIGHT, 16.0, "end", USE));
    if let Some(line) = frame.owned_line(&plugin.curve) {
        let text = format!("owned {} (dashed)", plugin.owned);
        document = document
            .add(line)
            .add(label(&text, WIDTH - RIGHT - 90.0, 16.0, "end", OWNED));
    }
    let top = frame.top.to_string();
    let bottom = HEIGHT - 8.0;
    document
        .add(label(&top, LEFT - 6.0, TOP + 4.0, "end", INK))
        .add(label("0", LEFT - 6.0, HEIGHT - BOTTOM + 4.0, "end", INK))
        .add(label(&minute(report.from), LEFT, bottom, "start", INK))
        .add(label(&minute(report.to), WIDTH - RIGHT, bottom, "end", INK))
        .to_string()
}

/// Puts a mark in place of each character that XML has no way to write, not even escaped.
fn of_xml(text: &str) -> String {
    let is_of_xml = |character: char| {
        matches!(character, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}')
            || character >= '\u{10000}'
    };
    let known = |character| {
        if is_of_xml(character) {
            character
        } else {
            '\u{fffd}'
        }
    };
    text.chars().map(known).collect()
}

/// A moment to the minute, in UTC.
fn minute(moment: Moment) -> String {
    moment.timestamp().strftime("%Y-%m-%d %H:%M").to_string()
}

fn label(text: &str, x: f64, y: f64, anchor: &str, fill: &str) -> Text {
    Text::new(text)
        .set("x", x)
        .set("y", y)
        .set("text-anchor", anchor)
        .set("fill", fill)
}

/// How moments and seats become places on the picture.
struct Frame {
    from: Moment,
    to: Moment,
    /// The number of seats at the upper edge.
    top: u32,
}

impl Frame {
    fn of(report: &Report, plugin: &PluginReport) -> Self {
        let owned = plugin.curve.iter().filter_map(|point| point.owned.limit());
        let highest = owned.chain([plugin.peak]).max();
        Self {
            from: report.from,
            to: report.to,
            top: highest.map_or(1, |highest| highest.get().max(1)),
        }
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "a picture is not exact to the microsecond"
    )]
    fn x(&self, at: Moment) -> f64 {
        let whole = self.to.microseconds_since(self.from).max(1) as f64;
        let part = at.microseconds_since(self.from) as f64;
        rounded(LEFT + (WIDTH - LEFT - RIGHT) * (part / whole).clamp(0.0, 1.0))
    }

    fn y(&self, seats: u32) -> f64 {
        let part = f64::from(seats) / f64::from(self.top);
        rounded(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * part)
    }

    /// Walks the steps of a curve: horizontal to the next point, then vertical.
    fn steps(&self, curve: &[UsePoint], mut data: Data, height: impl Fn(&UsePoint) -> f64) -> Data {
        for point in curve {
            data = data
                .horizontal_line_to(self.x(point.at))
                .vertical_line_to(height(point));
        }
        data.horizontal_line_to(self.x(self.to))
    }

    fn area(&self, curve: &[UsePoint]) -> Path {
        let start = Data::new().move_to((self.x(self.from), self.y(0)));
        let outline = self
            .steps(curve, start, |point| self.y(point.in_use.get()))
            .vertical_line_to(self.y(0))
            .close();
        Path::new()
            .set("d", outline)
            .set("fill", USE)
            .set("fill-opacity", 0.35)
            .set("stroke", USE)
    }

    /// The line of what was owned; absent when that was never a number.
    fn owned_line(&self, curve: &[UsePoint]) -> Option<Path> {
        let height = |point: &UsePoint| match point.owned {
            Owned::Seats(seats) => self.y(seats.get()),
            Owned::Unknown => self.y(0),
            Owned::Unlimited => TOP,
        };
        let first = curve.first()?;
        let limited = curve.iter().any(|point| point.owned.limit().is_some());
        let start = Data::new().move_to((self.x(self.from), height(first)));
        limited.then(|| {
            Path::new()
                .set("d", self.steps(curve, start, height))
                .set("fill", "none")
                .set("stroke", OWNED)
                .set("stroke-dasharray", "5 3")
        })
    }

    fn axis(&self) -> Line {
        Line::new()
            .set("x1", LEFT)
            .set("x2", WIDTH - RIGHT)
            .set("y1", self.y(0))
            .set("y2", self.y(0))
            .set("stroke", INK)
    }
}

fn rounded(place: f64) -> f64 {
    (place * 100.0).round() / 100.0
}

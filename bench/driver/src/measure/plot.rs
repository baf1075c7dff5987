//! Draws the comparison: bars on a logarithmic scale, one panel for each operation, two columns.

use svg::Document;
use svg::node::element::{Group, Line, Rectangle, Text, Title};

use super::ENGINE;
use super::figures;
use super::results::{Results, Workload};

const WIDTH: f64 = 400.0;
const LEFT: f64 = 74.0;
const RIGHT: f64 = 116.0;
const BAR: f64 = 13.0;
const GAP: f64 = 4.0;
const HEAD: f64 = 26.0;
const FONT: &str = "system-ui, sans-serif";
const OURS: &str = "#1f5fa8";
const THEIRS: &str = "#b9bec7";

/// The operations that are drawn.
const DRAWN: &[&str] = &[
    "is-member",
    "is-member-by-name",
    "groups-of-user",
    "users-of-group",
    "cycle-check",
    "build",
    "edit-user",
    "edit-group",
];

/// The first of these that was measured is drawn.
const PREFERRED: &[&str] = &["W2", "W3", "W1"];

/// Returns a picture of one workload; of 4D's maximum when that was measured.
pub(super) fn svg(results: &Results) -> String {
    let preferred = PREFERRED.iter().find_map(|name| results.workload(name));
    let Some(workload) = preferred.or(results.workloads.first()) else {
        return Document::new().to_string();
    };
    let panels = panels(workload);
    let rows: Vec<&[Panel]> = panels.chunks(2).collect();
    let height_of = |row: &[Panel]| row.iter().map(Panel::height).fold(0.0, f64::max);
    let height = HEAD + rows.iter().map(|row| height_of(row)).sum::<f64>() + GAP;
    let mut drawn = Document::new()
        .set("viewBox", (0.0, 0.0, 2.0 * WIDTH, height))
        .set("font-family", FONT)
        .set("font-size", 11)
        .add(
            Rectangle::new()
                .set("width", "100%")
                .set("height", "100%")
                .set("fill", "white"),
        )
        .add(label(10.0, 17.0, &heading(workload)));
    let scale = Scale::of(&panels);
    let mut top = HEAD;
    for row in rows {
        for (panel, left) in row.iter().zip([0.0, WIDTH]) {
            let moved = format!("translate({left} {top})");
            drawn = drawn.add(panel.draw(&scale).set("transform", moved));
        }
        top += height_of(row);
    }
    format!("{drawn}\n")
}

fn heading(workload: &Workload) -> String {
    format!(
        "{}: {} users, {} groups. Time for one, logarithmic: shorter is better.",
        workload.name, workload.users, workload.groups
    )
}

/// One operation with everybody's time.
struct Panel {
    title: &'static str,
    bars: Vec<(String, f64)>,
}

/// Where a time lies between the left and the right end.
struct Scale {
    shortest: f64,
    longest: f64,
}

fn panels(workload: &Workload) -> Vec<Panel> {
    let bars = |word: &str| -> Vec<(String, f64)> {
        let bars = workload.peers.iter().filter_map(|peer| {
            let median = peer.operations.get(word)?.median()?;
            (median > 0.0).then(|| (peer.name.clone(), median))
        });
        bars.collect()
    };
    let panels = DRAWN.iter().map(|word| Panel {
        title: word,
        bars: bars(word),
    });
    panels.filter(|panel| panel.bars.len() > 1).collect()
}

impl Panel {
    fn height(&self) -> f64 {
        HEAD + figures::as_float(self.bars.len()) * (BAR + GAP)
    }

    fn draw(&self, scale: &Scale) -> Group {
        let mut group = Group::new()
            .add(
                Line::new()
                    .set("x1", 10.0)
                    .set("x2", WIDTH - 10.0)
                    .set("y1", 4.0)
                    .set("y2", 4.0)
                    .set("stroke", "#e3e5e9"),
            )
            .add(label(10.0, 18.0, self.title).set("font-weight", "bold"));
        let ours = self.bars.iter().find(|(name, _)| name == ENGINE);
        let mut y = HEAD;
        for (name, median) in &self.bars {
            let ratio = ours.and_then(|(_, ours)| figures::ratio(*median, *ours));
            group = group.add(bar(name, *median, ratio, y, scale));
            y += BAR + GAP;
        }
        group
    }
}

fn bar(name: &str, median: f64, ratio: Option<f64>, y: f64, scale: &Scale) -> Group {
    let engine = name == ENGINE;
    let width = scale.width(median);
    let time = figures::time(median);
    let said = match ratio {
        Some(ratio) if !engine => format!("{time}  ({}×)", figures::two_digits(ratio)),
        _ => time,
    };
    let baseline = y + BAR - 3.0;
    Group::new()
        .add(label(LEFT - 6.0, baseline, name).set("text-anchor", "end"))
        .add(
            Rectangle::new()
                .set("x", LEFT)
                .set("y", y)
                .set("width", format!("{width:.1}"))
                .set("height", BAR)
                .set("fill", if engine { OURS } else { THEIRS })
                .add(Title::new(format!("{name}: {said}"))),
        )
        .add(label(LEFT + width + 6.0, baseline, &said))
}

fn label(x: f64, y: f64, text: &str) -> Text {
    Text::new(text)
        .set("x", format!("{x:.1}"))
        .set("y", format!("{y:.1}"))
        .set("fill", "#24292f")
}

impl Scale {
    fn of(panels: &[Panel]) -> Self {
        let times = || panels.iter().flat_map(|panel| &panel.bars).map(|bar| bar.1);
        Self {
            shortest: times().fold(f64::INFINITY, f64::min),
            longest: times().fold(0.0, f64::max),
        }
    }

    /// The shortest time has a short bar, the longest one reaches the margin.
    fn width(&self, time: f64) -> f64 {
        const SHORTEST: f64 = 12.0;
        let room = WIDTH - LEFT - RIGHT - SHORTEST;
        let whole = (self.longest / self.shortest).ln();
        if whole > 0.0 {
            SHORTEST + room * (time / self.shortest).ln() / whole
        } else {
            SHORTEST
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Scale, svg};
    use crate::measure::results::tests::sample;

    #[test]
    fn equal_factors_are_equal_distances() {
        let scale = Scale {
            shortest: 1.0,
            longest: 1e6,
        };
        let steps: Vec<f64> = [1.0, 1e3, 1e6].map(|time| scale.width(time)).into();
        assert!((steps[2] - steps[1] - (steps[1] - steps[0])).abs() < 1e-6);
        assert!(steps[0] > 0.0);
    }

    #[test]
    fn the_picture_has_a_bar_for_everybody_with_time_and_ratio() {
        let picture = svg(&sample());
        assert!(picture.starts_with("<svg "));
        assert!(picture.contains("W2: 4000 users"), "{picture}");
        assert!(picture.contains("2.00 µs  (100×)"), "{picture}");
        assert!(!picture.contains("NaN") && !picture.contains("cedar"));
    }

    #[test]
    fn a_run_without_workloads_is_an_empty_picture() {
        let mut nothing = sample();
        nothing.workloads.clear();
        assert!(svg(&nothing).contains("<svg"));
    }
}

//! What must hold of the bytes of each format.

use serde_json::Value;

use super::project::{BCRYPT, FORGED, HOSTILE, LEGACY};

/// What an output is looked at as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Looked {
    /// For people.
    Text,
    /// For people, with colours.
    Coloured,
    Json,
    /// A directory, handed over.
    Document,
    /// A directory as a string of JSON.
    JsonOfDocument,
    Dot,
    Mermaid,
    Xml,
    Markdown,
    Github,
    Sarif,
    Csv,
    Toml,
}

/// Every style that is ours or that of a library which draws for us.
const STYLES: &[&str] = &[
    "0", "1", "2", "4", "22", "31", "32", "36", "38;5;1", "38;5;2", "38;5;6", "39", "91", "92",
    "93", "94", "95", "96", "97", "33", "34", "1;31", "1;32",
];

/// Looks at what a command line printed.
pub(super) fn looked_at(bytes: &[u8], looked: Looked, words: &[String]) {
    let text = std::str::from_utf8(bytes).expect("UTF-8");
    if looked == Looked::Document {
        return;
    }
    let text = match looked {
        Looked::Coloured => without_styles(text, words),
        _ => text.to_owned(),
    };
    let is_script = ["completions", "man"].contains(&words[0].as_str());
    for line in text.split('\n') {
        let inside = if is_script {
            line.replace('\t', "")
        } else {
            line.trim_start_matches(['+', '-', ' '])
                .trim_start_matches('\t')
                .to_owned()
        };
        let acts: Vec<char> = inside
            .chars()
            .filter(|character| acts(*character))
            .collect();
        assert!(
            acts.is_empty(),
            "{words:?} {looked:?} prints {acts:?} in {line:?}"
        );
        assert!(
            !line.starts_with(FORGED),
            "{words:?} {looked:?} prints {line:?}"
        );
    }
    if looked != Looked::JsonOfDocument {
        let secrets = [BCRYPT, LEGACY.trim_end_matches('=')];
        for secret in secrets {
            for start in 0..=secret.len() - 12 {
                let part = &secret[start..start + 12];
                assert!(
                    !text.contains(part),
                    "{words:?} {looked:?} prints a digest:\n{text}"
                );
            }
        }
        assert!(
            !text.contains("my own"),
            "{words:?} {looked:?} prints a password"
        );
    }
    if !text.is_empty() {
        read_as(looked, &text, words);
    }
}

/// Reads a text as its format wants it to be read.
fn read_as(looked: Looked, text: &str, words: &[String]) {
    let groups = HOSTILE.len();
    match looked {
        Looked::Json | Looked::Sarif | Looked::JsonOfDocument => {
            let _: Value = serde_json::from_str(text)
                .unwrap_or_else(|error| panic!("{words:?}: {error}\n{text}"));
        }
        Looked::Dot => {
            let nodes = text
                .lines()
                .filter(|line| line.contains(" [label=\""))
                .count();
            assert_eq!(nodes, groups, "{text}");
            for line in text.lines().filter(|line| line.starts_with("  g")) {
                assert!(
                    is_node(line, " [label=\"", "\"];") || is_edge(line, " -> ", ";"),
                    "{line}"
                );
            }
        }
        Looked::Mermaid => {
            let nodes = text.lines().filter(|line| line.contains("[\"")).count();
            assert_eq!(nodes, groups, "{text}");
            for line in text.lines().filter(|line| line.starts_with("  g")) {
                assert!(
                    is_node(line, "[\"", "\"]") || is_edge(line, " --> ", ""),
                    "{line}"
                );
                assert!(
                    !line.replace("<br/>", "").contains(['<', '>', '&', '`'])
                        || line.contains("-->"),
                    "{line}"
                );
            }
        }
        Looked::Xml => {
            roxmltree::Document::parse(text)
                .unwrap_or_else(|error| panic!("{words:?}: {error}\n{text}"));
        }
        Looked::Markdown => markdown(text),
        Looked::Github => {
            for line in text.lines() {
                let command = ["::error file=", "::warning file=", "::notice file="];
                assert!(
                    command.iter().any(|start| line.starts_with(start)),
                    "{line}"
                );
                assert_eq!(line.matches("title=").count(), 1, "{line}");
            }
        }
        Looked::Csv => {
            let mut reader = csv::ReaderBuilder::new()
                .has_headers(false)
                .from_reader(text.as_bytes());
            for record in reader.records() {
                for cell in &record.unwrap() {
                    assert!(
                        !cell.starts_with(['=', '+', '-', '@', '\t', '\r']),
                        "{cell}"
                    );
                }
            }
        }
        Looked::Toml => {
            let _: toml::Table = text
                .parse()
                .unwrap_or_else(|error| panic!("{error}\n{text}"));
        }
        Looked::Text | Looked::Coloured | Looked::Document => {}
    }
}

/// Takes the styles out that are known, and no other.
fn without_styles(text: &str, words: &[String]) -> String {
    let mut pieces = text.split("\u{1b}[");
    let mut plain = pieces.next().unwrap().to_owned();
    for piece in pieces {
        let (style, rest) = piece.split_once('m').unwrap();
        assert!(
            STYLES.contains(&style),
            "{words:?} prints the style {style:?}"
        );
        plain += rest;
    }
    plain
}

/// Control characters, marks of direction, line and paragraph ends, what is not seen, what is no character.
fn acts(character: char) -> bool {
    character.is_control()
        || "\u{61c}\u{ad}\u{200b}\u{200e}\u{200f}\u{2028}\u{2029}\u{2060}\u{feff}\u{fffe}\u{ffff}"
            .contains(character)
        || ('\u{202a}'..='\u{202e}').contains(&character)
        || ('\u{2066}'..='\u{2069}').contains(&character)
        || ('\u{e0000}'..='\u{e007f}').contains(&character)
}

/// Tells whether a line is one node whose label is one string.
fn is_node(line: &str, open: &str, close: &str) -> bool {
    let label = line
        .split_once(open)
        .and_then(|(_, rest)| rest.strip_suffix(close));
    label.is_some_and(|label| {
        let mut escaped = false;
        label.chars().all(|character| {
            let ends = character == '"' && !escaped;
            escaped = character == '\\' && !escaped;
            !ends
        }) && !escaped
    })
}

fn is_edge(line: &str, arrow: &str, end: &str) -> bool {
    let number = |text: &str| {
        text.strip_prefix('g')
            .is_some_and(|number| number.parse::<u32>().is_ok())
    };
    let edge = line
        .trim_start()
        .strip_suffix(end)
        .and_then(|line| line.split_once(arrow));
    edge.is_some_and(|(from, to)| number(from) && number(to))
}

/// No raw HTML but ours, no row with more cells than its table has.
fn markdown(text: &str) {
    use pulldown_cmark::{Event, Options, Parser, Tag};
    let (mut cells, mut widths) = (0, Vec::new());
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => {
                let ours = ["<details>", "</details>", "<summary>", "</summary>"];
                let mut rest = html.to_string();
                for tag in ours {
                    rest = rest.replace(tag, "");
                }
                assert!(!rest.contains('<'), "{html}");
            }
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => panic!("a link in {text}"),
            Event::Start(Tag::TableHead | Tag::TableRow) => cells = 0,
            Event::Start(Tag::TableCell) => cells += 1,
            Event::End(pulldown_cmark::TagEnd::TableRow) => widths.push(cells),
            _ => {}
        }
    }
    assert!(
        widths.iter().all(|cells| *cells == 3),
        "{widths:?} in {text}"
    );
    // A program that reads `\|` as it should has as many bars in each row.
    for line in text
        .lines()
        .take_while(|line| !line.starts_with("<details>"))
    {
        if line.starts_with('|') {
            let bars = line.replace("\\|", "").matches('|').count();
            assert_eq!(bars, 4, "{line}");
        }
    }
}

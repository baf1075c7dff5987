//! A project that is hostile wherever it can be: in names, keys, values, and in what its files are called.

use std::ffi::OsString;

use guichet_cli::Paint;
use guichet_cli::runner::{Attached, Origin, Surroundings, run};
use serde_json::{Map, Value, json};

use crate::harness::{NOON, Project};

/// The end of a bcrypt digest; no dozen of its characters may be printed.
pub(super) const BCRYPT: &str = "Qk7vN3pXw9ZrT5yLm2Hc8BdFs4GjJ6aKe1uViWoPqRtYxCzMnAbDg";
/// One of 4D's former digests.
pub(super) const LEGACY: &str = "q9Zr+T5yLm2Hc8BdFs4GjA==";

/// What begins no line.
pub(super) const FORGED: &str = "FORGED";

/// Names that do what they can.
pub(super) const HOSTILE: &[&str] = &[
    "Esc\u{1b}[31m\u{1b}]0;x\u{7}\u{9b}2J\nFORGED\r\nFORGED\0\u{8}",
    "Turn\u{202e}\u{2066}\u{200f}\u{61c}\u{2028}FORGED\u{2029}\u{85}FORGED",
    "Un\u{200b}seen\u{feff}\u{e0041}\u{2060}\u{ad}\u{fffe}\u{ffff}\u{7f}",
    "=cmd()|'/c calc'!A0",
    "@SUM(1)\\|`x` | y``` <script>alert(1)</script>",
    "</text></title>--><!--\"]; a -> b; x[\"&amp;]]>",
    "%0A::error file=x::%0D%1B\"]:::a,b",
    "$2b$10$Qk7vN3pXw9ZrT5yLm2Hc8BdFs4GjJ6aKe1uViWoPqRtYxCzMnAbDg",
    "q9Zr+T5yLm2Hc8BdFs4GjA==",
];

fn digest() -> String {
    format!("$2b$10${BCRYPT}")
}

/// A directory in which each name is that of a user, a group, a plug-in and a schema, and more.
fn directory(names: &[&str]) -> Value {
    let users = names.iter().enumerate().map(|(index, name)| {
        let password = if index % 2 == 0 {
            digest()
        } else {
            LEGACY.to_owned()
        };
        let user = json!({"password": password, "startupMethod": name, *name: 1, "old": digest()});
        ((*name).to_owned(), user)
    });
    let mut users: Map<String, Value> = users.collect();
    users.insert(
        "designer".to_owned(),
        json!({"password": digest(), "alias": "Boss\u{1b}[2J"}),
    );
    users.insert("administrator".to_owned(), json!({"password": LEGACY}));
    let groups = names.iter().enumerate().map(|(index, name)| {
        let next = names.get(index + 1).copied().unwrap_or("missing\u{9b}1m\nFORGED");
        let group = json!({"users": [name, name, "gone\u{1b}[1m\nFORGED"], "groups": [next], *name: [digest()]});
        ((*name).to_owned(), group)
    });
    let granted = |name: &&str| ((*name).to_owned(), json!(name));
    let schema = |name: &&str| {
        let grants = json!({"readOnlyAccessGroup": name, "readWriteAccessGroup": "away\u{1b}[1m", "allAccessGroup": "*", *name: name});
        ((*name).to_owned(), grants)
    };
    json!({
        "users": users,
        "groups": groups.collect::<Map<_, _>>(),
        "remoteGranters": names.iter().map(granted).collect::<Map<_, _>>(),
        "sqlSchemaGranters": names.iter().map(schema).collect::<Map<_, _>>(),
        "settings": {
            "designAccessGroup": names[0],
            "localGenericWebUser": names[1],
            "remoteDefaultUser": "nobody\u{202e}\nFORGED",
            names[0]: names[0],
        },
        names[0]: digest(),
        "guichetConflicts": [],
    })
}

/// What is damaged, and the text.
type Broken = (&'static str, fn() -> String);

/// Texts with damage, each with digests in it, and what is damaged.
pub(super) const BROKEN: &[Broken] = &[
    ("one mark missing", || {
        format!(
            "{{\"users\": {{\"Ann\": {{\n\"password: \"{}\",\n\"alias\": 1}}}}}}",
            digest()
        )
    }),
    ("no marks", || {
        format!(
            "{{\"users\": {{\"Ann\": {{\n\"password\": {}\n}}}}}}",
            digest()
        )
    }),
    ("single marks", || {
        format!("{{'users': {{'Ann': {{\n'password': '{LEGACY}'}}}}}}")
    }),
    ("smart marks", || {
        format!(
            "{{“users”: {{“Ann”: {{\n“password”: “{}”, “p”: “{LEGACY}”}}}}}}",
            digest()
        )
    }),
    ("cut", || {
        let text = format!("{{\"users\": {{\"Ann\": {{\"password\": \"{}", digest());
        text[..text.len() - 20].to_owned()
    }),
    ("cut at the start", || {
        format!("{}\", \"alias\": \"x\"}}}}}}", &digest()[20..])
    }),
    ("escaped", || {
        format!(
            "{{\"users\": {{\"Ann\": {{\"password\": \"{}\",}}}}}}",
            LEGACY.replace('Z', "\\u005a")
        )
    }),
    ("marks of a conflict", || {
        format!(
            "{{\"users\": {{\"Ann\": {{\n<<<<<<< ours\n\"password\": \"{}\"\n=======\n\"password\": \"my own\"\n>>>>>>> a\u{1b}[1m\n}}}}}}",
            digest()
        )
    }),
    ("a wrong kind beside it", || {
        format!(
            "{{\"users\": {{\"Ann\": {{\"startupMethod\": 1, \"password\": \"{}\"}}}}}}",
            digest()
        )
    }),
];

/// A hostile project, and how the program is run in it.
#[derive(Debug)]
pub(super) struct Hostile(Project);

impl Hostile {
    pub(super) fn new() -> Self {
        let hostile = Self::with(&directory(HOSTILE).to_string());
        let edit = ["users", "add", &format!("{} too", HOSTILE[3])].map(str::to_owned);
        hostile.run(&edit, None);
        for name in HOSTILE {
            let id = name.replace(char::is_control, "");
            let words = ["session", "open", name, "--id", &id];
            hostile.run(&words.map(str::to_owned), None);
            let words = ["seats", "take", &id, name];
            hostile.run(&words.map(str::to_owned), None);
        }
        hostile
    }

    /// Returns another one of the same.
    pub(super) fn copied(&self) -> Self {
        Self(self.0.copied())
    }

    /// A project whose directory is this text.
    pub(super) fn with(text: &str) -> Self {
        let project = Project::with(text);
        let mut git = std::process::Command::new("git");
        git.args(["init", "--quiet", "--template="])
            .current_dir(project.root());
        assert!(git.status().unwrap().success());
        project.write("same.json", text);
        let other = directory(&["Other\u{1b}[1m\nFORGED\u{9b}1m", HOSTILE[1], HOSTILE[4]]);
        project.write("theirs.json", other.to_string());
        project.write("messy.json", text);
        project.write("trace.jsonl", "");
        std::fs::create_dir(project.root().join("Data")).unwrap();
        project.write("odd\u{1b}[31m\nFORGED\u{202e}.json", text);
        project.write("odd\u{1b}[31m\nFORGED\u{202e}.broken", "{\u{1b}[1m\u{9b}\n");
        project.write("base.json", directory(&HOSTILE[..3]).to_string());
        let mut disputed = directory(HOSTILE);
        disputed["guichetConflicts"] = json!([{
            "kind": HOSTILE[0], "path": HOSTILE[0], "ours": HOSTILE, "theirs": HOSTILE, "base": HOSTILE,
        }]);
        project.write("disputed.json", disputed.to_string());
        let changes = HOSTILE.iter().map(|name| {
            json!({"change": "add-user", "name": format!("new {name}").replace(char::is_control, "\u{202e}")})
        });
        project.write(
            "changes.json",
            json!(changes.collect::<Vec<_>>()).to_string(),
        );
        let bad = json!([{"change": HOSTILE[0], HOSTILE[1]: 1}]);
        project.write("bad.json", bad.to_string());
        let mut policy = String::new();
        for name in HOSTILE {
            let name = quoted(name);
            policy += &format!(
                "[[check]]\nname = {name}\nuser = {name}\naccess = \"design\"\nexpect = \"denied\"\n\
                 [[who_can]]\naccess = \"design\"\nusers = [{name}]\n\
                 [[seats]]\nname = {name}\nsteps = [{{ open = {name}, session = \"s\" }}]\n"
            );
        }
        project.write("policy.toml", policy);
        project.write("policy.yaml", policy_in_yaml());
        let plugins = (3..7).zip(15_000..).map(|(index, number)| {
            let name = json!(HOSTILE[index]);
            format!("[plugins.{name}]\nnumber = {number}\nname = {name}\nseats = 2\n")
        });
        let options: String = plugins.collect();
        project.write("Settings/guichet.toml", options);
        project.write(
            "bad.toml",
            format!("[[check]]\n{} = 1\n", json!(HOSTILE[0])),
        );
        let product = |name: &str| json!({"id": 7, "name": name, "allowedCount": 1, "rights": [{"count": 1}]});
        let products: Vec<Value> = HOSTILE.iter().map(|name| product(name)).collect();
        project.write(
            "licences.json",
            json!({"name": HOSTILE[0], "products": products}).to_string(),
        );
        let session = |(index, name): (usize, &&str)| {
            json!({"productId": 808_464_697, "token": name, "time": "2026-11-20T09:00:00Z",
                   "session": {"userName": name, "ID": format!("s{index}")}})
        };
        let usage: Vec<Value> = HOSTILE.iter().enumerate().map(session).collect();
        project.write("usage.json", json!(usage).to_string());
        // A question is a line.
        let names = HOSTILE.iter().filter(|name| !name.contains(['\n', '\r']));
        let questions: Vec<String> = names.map(|name| format!("{name}\tplugin:{name}")).collect();
        project.write("questions.tsv", questions.join("\n"));
        Self(project)
    }

    /// Runs the program here, as a library, on a terminal of so many columns; returns how it ends and
    /// what it prints.
    pub(super) fn run(&self, words: &[String], width: Option<u16>) -> (u8, Vec<u8>, Vec<u8>) {
        let attached = Attached {
            paint: Paint::Plain,
            width,
        };
        let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
        let root = self.0.root();
        let project = [OsString::from("--project"), root.into()];
        let words = words.iter().map(|word| {
            let path = root.join(word);
            if path.is_file() || word.starts_with("out") {
                path.into()
            } else {
                OsString::from(word)
            }
        });
        let named = words.clone().any(|word| word == "--directory");
        let project = project.into_iter().filter(|_| !named);
        let words: Vec<OsString> = std::iter::once("guichet".into())
            .chain(words)
            .chain(project)
            .collect();
        let mut stdin = directory(HOSTILE).to_string();
        stdin.insert(0, ' ');
        let status = run(
            &words,
            &mut Surroundings {
                stdin: &mut stdin.as_bytes(),
                stdout: &mut stdout,
                stderr: &mut stderr,
                out: attached,
                err: attached,
                current_folder: Ok(root.to_owned()),
                prompt: None,
                program: None,
                origin: Origin::default(),
                now: NOON.parse().unwrap(),
            },
        );
        (status.number(), stdout, stderr)
    }
}

/// A string as TOML and YAML both write it.
fn quoted(text: &str) -> String {
    let characters = text.chars().map(|character| match character {
        '"' | '\\' => format!("\\{character}"),
        ' '..='~' => character.to_string(),
        other => format!("\\U{:08X}", u32::from(other)),
    });
    format!("\"{}\"", characters.collect::<String>())
}

fn policy_in_yaml() -> String {
    let cases = HOSTILE.iter().map(|name| {
        let name = quoted(name);
        format!("  - {{name: {name}, user: {name}, access: design, expect: denied}}\n")
    });
    format!("check:\n{}", cases.collect::<String>())
}

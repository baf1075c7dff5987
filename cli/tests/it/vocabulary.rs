//! One vocabulary: the first words of people lead to a command, and every noun can be listed and shown.

use crate::harness::{Project, words};

/// The words that people typed before they knew any, and the command that does the same.
const SAME: &[(&str, &str)] = &[
    ("why \"Ann Lee\" design", "explain \"Ann Lee\" design"),
    ("who design", "who-can design"),
    ("what \"Ann Lee\"", "what-can \"Ann Lee\""),
    ("can \"Ann Lee\" design", "check \"Ann Lee\" design"),
    ("status", "show"),
    ("version", "--version"),
    ("doctor", "lint"),
    ("history", "log"),
    ("config show", "settings show"),
    ("fmt --check", "normalise --check"),
    ("normalize --check", "normalise --check"),
    ("users ls", "users list"),
    ("user get \"Ann Lee\"", "users show \"Ann Lee\""),
    ("users new Mia --dry-run", "users add Mia --dry-run"),
    (
        "users remove \"Ann Lee\" --dry-run",
        "users delete \"Ann Lee\" --dry-run",
    ),
    (
        "users copy \"Ann Lee\" --dry-run",
        "users duplicate \"Ann Lee\" --dry-run",
    ),
    ("group get Finance", "groups show Finance"),
    ("groups ls", "groups list"),
    ("groups remove Finance", "groups delete Finance"),
    (
        "groups copy Finance --dry-run",
        "groups duplicate Finance --dry-run",
    ),
    ("members show Finance", "members list Finance"),
    (
        "member delete Finance #2 --dry-run",
        "members remove Finance #2 --dry-run",
    ),
    ("access get design", "access show design"),
    ("access ls", "access list"),
    ("plugin get write", "plugins show write"),
    ("settings list", "settings show"),
    ("seats list", "seats status"),
    ("help why", "help explain"),
];

#[test]
fn first_words_of_people_are_the_command_that_they_mean() {
    let project = Project::accounting();
    for (typed, same) in SAME {
        let (typed, same) = (project.guichet(typed), project.guichet(same));
        assert_eq!(
            (typed.status, &typed.stdout, &typed.stderr),
            (same.status, &same.stdout, &same.stderr),
            "{typed}"
        );
        assert!(
            typed.status < 2 || typed.stderr.contains("group"),
            "{typed}"
        );
    }
}

/// A line that names no command would be without effect.
#[test]
fn every_other_word_is_that_of_a_command() {
    let table = include_str!("../../src/first_words.txt");
    let project = Project::empty_folder();
    for (typed, meant) in table.lines().filter_map(|line| line.split_once(" = ")) {
        let typed = project.guichet(&format!("help {typed}"));
        assert_eq!(typed.status, 0, "{typed}");
        assert_eq!(
            typed.stdout,
            project.guichet(&format!("help {meant}")).stdout
        );
    }
}

/// Help stays short: the other words are hidden.
#[test]
fn help_names_each_command_once() {
    let mut open = vec![guichet_cli::command()];
    while let Some(command) = open.pop() {
        let visible = command.get_visible_aliases().count();
        assert_eq!(visible, 0, "{}", command.get_name());
        open.extend(command.get_subcommands().cloned());
    }
}

/// The words that may mean several commands, or one with other arguments.
const LEADING: &[&str] = &[
    "list",
    "ls",
    "add",
    "create",
    "delete Ann",
    "remove",
    "passwd \"Ann Lee\"",
    "password",
    "export",
    "import people.csv",
    "redo",
    "report",
    "users groups \"Ann Lee\"",
    "users members",
    "groups members Finance",
    "groups users Finance",
    "access give design Devs",
    "plugins give write Devs",
    "settings set",
    "seats log",
    "--json seats history",
];

#[test]
fn words_that_may_mean_several_commands_lead_to_them() {
    let project = Project::empty_folder();
    for line in LEADING {
        let run = project.guichet(line);
        assert_eq!(run.status, 2, "{run}");
        let mut named = run.stderr.split("`guichet ").skip(2).peekable();
        assert!(named.peek().is_some(), "{run}");
        for command in named {
            let (command, _) = command.split_once('`').unwrap();
            let is_word = |word: &String| {
                word.chars()
                    .all(|letter| letter.is_lowercase() || letter == '-')
            };
            let command = words(command).into_iter().filter(is_word);
            let command: Vec<String> = command
                .filter(|word| !word.starts_with("--") && word != "svg")
                .collect();
            let help = project.guichet(&format!("help {}", command.join(" ")));
            assert_eq!(help.status, 0, "{help}");
        }
    }
    insta::assert_snapshot!(project.session(&[
        "list",
        "groups members Finance",
        "seats history --json"
    ]));
}

#[test]
fn json_is_short_for_format_json() {
    let project = Project::accounting();
    for line in [
        "show",
        "users list",
        "check \"Web Guest\" design",
        "--version",
        "log",
    ] {
        let long = project.guichet(&format!("{line} --format json"));
        for short in [format!("{line} --json"), format!("--json {line}")] {
            let short = project.guichet(&short);
            assert_eq!((short.status, &short.stdout), (long.status, &long.stdout));
        }
    }
    for line in [
        "users show Nobody --json",
        "--json nonsense",
        "users show --json",
    ] {
        assert!(
            project.guichet(line).json_error()["code"].is_string(),
            "{line}"
        );
    }
    let both = project.guichet("show --json --format text");
    assert!(both.stderr.contains("cannot be used with"), "{both}");
}

#[test]
fn every_noun_is_listed_and_shown() {
    insta::assert_snapshot!(Project::accounting().session(&[
        "members list Accounting",
        "members list Accounting --format json",
        "users list --group Finance",
        "settings show",
        "settings show --format json",
        "access show Design",
        "access show sql:DEFAULT_SCHEMA:write --format json",
        "access show \"4D Write\"",
        "access show administration",
    ]));
}

/// A setting may name a user that was deleted with another program.
#[test]
fn a_setting_that_names_nobody_says_so() {
    let project = Project::with(
        r#"{"users": {"designer": {}}, "groups": {}, "settings": {"remoteDefaultUser": "Gone"}}"#,
    );
    insta::assert_snapshot!(project.guichet("settings show"));
    let shown = project.guichet("settings show --format json").json();
    assert_eq!(shown["default_user"]["exists"], false);
}

/// People take the order of the words from `cp` and from English.
#[test]
fn a_name_of_another_kind_is_recognised() {
    insta::assert_snapshot!(Project::accounting().session(&[
        "members add \"Ann Lee\" Finance",
        "members remove \"Ann Lee\" Nobody",
        "members list \"Ann Lee\"",
        "check design \"Ann Lee\"",
        "what-can \"4D Write\"",
        "who-can \"Ann Lee\"",
        "who-can Finance",
    ]));
}

/// A directory made by a French 4D.
#[test]
fn the_built_in_users_are_found_whatever_they_are_called() {
    let project = Project::with(
        r#"{"users": {"designer": {"alias": "Super_Utilisateur"},
                      "administrator": {"alias": "Administrateur"}, "Zoé": {}}, "groups": {}}"#,
    );
    let name = |word: &str| {
        let shown = project.guichet(&format!("users show {word} --format json"));
        shown.json()["name"].clone()
    };
    assert_eq!(name("@designer"), "Super_Utilisateur");
    assert_eq!(name("@Administrator"), "Administrateur");
    assert_eq!(name("@super_utilisateur"), "Super_Utilisateur");
    insta::assert_snapshot!(project.session(&[
        "check Designer design",
        "check Administrator design",
        "users rename Zoé Zoe --as @administrator --dry-run",
    ]));
    let english = Project::accounting().guichet("users show Super_Utilisateur");
    assert!(
        english.stderr.contains("Did you mean `Designer`?"),
        "{english}"
    );
}

#[test]
fn several_users_are_added_at_once() {
    let project = Project::accounting();
    let groups = |name: &str| {
        let shown = project.guichet(&format!("users show {name} --format json"));
        shown.json()["groups"].clone()
    };
    let like = groups("\"Ann Lee\"");
    for line in [
        "users add Mia Tom --group Devs",
        "users add Eva Max --like \"Ann Lee\"",
        "users duplicate \"Ann Lee\" Ida Jan",
    ] {
        let run = project.guichet(line);
        assert_eq!(run.status, 0, "{run}");
    }
    for name in ["Eva", "Max", "Ida", "Jan"] {
        assert_eq!(groups(name), like, "{name}");
    }
    assert_eq!(groups("Tom"), serde_json::json!(["Devs"]));
    let before = project.directory();
    let run = project.guichet("users add Leo Mia");
    assert_eq!(run.status, 2, "all or none: {run}");
    assert_eq!(project.directory(), before);
}

//! Every error code that the command line can end with is shown to happen.

use std::collections::BTreeSet;

use crate::error_reference::TABLES;
use crate::harness::Project;

/// The codes of errors in the tables of all crates.
fn documented() -> BTreeSet<String> {
    let rows = TABLES.iter().flat_map(|(_, table)| *table);
    let errors = rows.filter(|row| row.severities.is_empty());
    errors.map(|row| row.code.to_owned()).collect()
}

/// A project whose file says that it is longer than can be looked into.
fn endless() -> Project {
    let project = Project::accounting();
    let path = project.root().join("Data/Settings/directory.json");
    let file = std::fs::File::options().write(true).open(path).unwrap();
    let too_long = u64::try_from(guichet_storage::json::MAX_BYTES).unwrap() + 1;
    file.set_len(too_long).unwrap();
    project
}

/// A project with questions that are longer than any file that is read.
fn endless_questions() -> Project {
    let project = Project::accounting();
    project.write("q.tsv", "");
    let file = std::fs::File::options()
        .write(true)
        .open(project.root().join("q.tsv"));
    let too_long = u64::try_from(guichet_storage::json::MAX_BYTES).unwrap() + 1;
    file.unwrap().set_len(too_long).unwrap();
    project
}

/// A project with a folder where its file should be.
fn folder_in_its_place() -> Project {
    let project = Project::accounting();
    let path = project.root().join("Data/Settings/directory.json");
    std::fs::remove_file(&path).unwrap();
    std::fs::create_dir(&path).unwrap();
    project
}

/// A project in which Ann Lee has opened the session `a`, at `seats.sqlite`.
fn with_ledger() -> Project {
    let project = Project::accounting();
    let run = project.guichet("session open \"Ann Lee\" --id a --ledger seats.sqlite");
    assert_eq!(run.status, 0, "{run}");
    project
}

/// The same, with bytes of the ledger's file changed.
fn with_patched_ledger(patch: impl FnOnce(&mut Vec<u8>)) -> Project {
    let project = with_ledger();
    let mut bytes = std::fs::read(project.root().join("seats.sqlite")).unwrap();
    patch(&mut bytes);
    project.write("seats.sqlite", bytes);
    project
}

fn renamed(bytes: &mut [u8]) {
    let found = bytes.windows(7).position(|part| part == b"Ann Lee");
    bytes[found.unwrap() + 6] = b'a';
}

/// The errors of the commands about sessions and seats.
fn seat_examples() -> Vec<(&'static str, Project, String)> {
    let imported = |content: &str| {
        let project = Project::accounting();
        project.write("licences.json", content);
        project
    };
    let example = |code, project, line: &str| (code, project, line.to_owned());
    let opened = "--ledger seats.sqlite";
    let import = "seats import-licences licences.json";
    let process = "session open \"Ann Lee\" --process 4000000000";
    let below_a_file = "session open \"Ann Lee\" --ledger Settings/guichet.toml/seats.sqlite";
    // SQLite keeps the version that a program gives its tables at byte 60 of the file.
    let newer = with_patched_ledger(|bytes| bytes[60..64].fill(9));
    let damaged = with_patched_ledger(|bytes| renamed(bytes));
    vec![
        example(
            "unknown-session",
            with_ledger(),
            &format!("session close b {opened}"),
        ),
        example(
            "session-already-open",
            with_ledger(),
            &format!("session open #3 --id a {opened}"),
        ),
        example(
            "illegal-period",
            with_ledger(),
            &format!("seats report --from 2026-11-02 --to 2026-11-01 {opened}"),
        ),
        example(
            "past-moment",
            with_ledger(),
            &format!("session close a --at 2020-01-01 {opened}"),
        ),
        example(
            "future-moment",
            with_ledger(),
            &format!("session close a --at 9990-01-01 {opened}"),
        ),
        example("unknown-process", Project::accounting(), process),
        example(
            "ledger-missing",
            Project::accounting(),
            &format!("seats status {opened}"),
        ),
        example("ledger-folder", Project::accounting(), below_a_file),
        example(
            "not-a-ledger",
            imported("{}"),
            "seats status --ledger licences.json",
        ),
        example("ledger-too-new", newer, &format!("seats status {opened}")),
        example("ledger-damaged", damaged, &format!("seats status {opened}")),
        example(
            "ledger-unusable",
            Project::accounting(),
            "seats status --ledger Project",
        ),
        example("not-json", imported("{"), import),
        example("no-local-licence", imported("null"), import),
        example("illegal-field", imported("{\"products\": 1}"), import),
    ]
}

/// A project in a repository whose configuration somebody else is writing.
fn configured_by_somebody_else() -> Project {
    let project = Project::accounting();
    let mut git = std::process::Command::new("git");
    let made = git.args(["init", "--quiet"]).current_dir(project.root());
    assert!(made.status().unwrap().success());
    project.write(".git/config.lock", "");
    project
}

/// A project with names that are odd or that several have.
fn namesakes() -> Project {
    Project::with(
        r#"{"users": {"designer": {"alias": "Ann"}, "administrator": {}, "Ann": {}, "": {}},
            "groups": {"Devs": {}, "*": {}, "Ann": {}}}"#,
    )
}

/// A project with as many users, or groups, as can be.
fn crowded(kind: &str) -> Project {
    let members = (0..32_000).map(|number| format!("\"n{number}\": {{}}"));
    let members = members.collect::<Vec<_>>().join(", ");
    Project::with(format!("{{\"{kind}\": {{{members}}}}}"))
}

/// A project whose Designer has this stored password.
fn protected_by(stored: &str) -> Project {
    Project::with(format!(
        "{{\"users\": {{\"designer\": {{\"password\": \"{stored}\"}}}}}}"
    ))
}

/// A project whose file nobody may write to.
fn read_only() -> Project {
    let project = Project::accounting();
    let path = project.root().join(crate::harness::DATA_FILE);
    let mut mode = std::fs::metadata(&path).unwrap().permissions();
    mode.set_readonly(true);
    std::fs::set_permissions(&path, mode).unwrap();
    project
}

/// A way to make each error happen: what stands in the project, and the command line.
fn examples() -> Vec<(&'static str, Project, String)> {
    let accounting = Project::accounting;
    let with = |file: &str, content: &str| {
        let project = accounting();
        project.write(file, content);
        project
    };
    let data = "Data/Settings/directory.json";
    let options = "Settings/guichet.toml";
    let example = |code, project, line: &str| (code, project, line.to_owned());
    vec![
        example("usage", accounting(), "frobnicate"),
        example("unknown-command", accounting(), "man frobnicate"),
        example("unknown-output", accounting(), "schema frobnicate"),
        example(
            "unknown-rule",
            with(options, "[lint]\nnone = \"off\"\n"),
            "lint",
        ),
        example("suite-format", with("t.toml", "[[check]\n"), "test t.toml"),
        example("unknown-user", accounting(), "users show Nobody"),
        example("unknown-group", accounting(), "groups show Nowhere"),
        example("unknown-plugin", accounting(), "plugins show nothing"),
        example("unknown-access", accounting(), "who-can everything"),
        example("unknown-schema", accounting(), "who-can sql:NOWHERE"),
        example("no-project", Project::empty_folder(), "show"),
        example("not-a-project", Project::empty_folder(), "show --project ."),
        example("no-data-folder", accounting(), "show --data missing"),
        example(
            "file-not-found",
            accounting(),
            "show --directory missing.json",
        ),
        example("not-a-file", folder_in_its_place(), "show"),
        example("json-syntax", with(data, "{"), "show"),
        example("wrong-kind", with(data, "{\"users\": 1}"), "show"),
        example("batch-line", with("q.tsv", "Ann\n"), "check --batch q.tsv"),
        example("file-not-found", accounting(), "check --batch missing.tsv"),
        example("input-output", accounting(), "check --batch Project"),
        example("file-too-large", endless_questions(), "check --batch q.tsv"),
        example("json-too-deep", Project::fixture("too-deep"), "show"),
        example("json-too-large", endless(), "show"),
        example("not-utf8", Project::fixture("invalid-utf8"), "show"),
        example("toml-syntax", with(options, "[policy\n"), "show"),
        example("unknown-option", with(options, "[police]\n"), "show"),
        example(
            "wrong-option",
            with(options, "[access]\nhttp = 1\n"),
            "show",
        ),
        example(
            "built-in-plugin",
            with(options, "[plugins.write]\nnumber = 1\n"),
            "show",
        ),
        example(
            "plugin-number-taken",
            with(options, "[plugins.mine]\nnumber = 808464697\n"),
            "show",
        ),
        example(
            "duplicate-plugin-key",
            with(
                options,
                "[plugins.mine]\nseats = 1\n[plugins.MINE]\nseats = 1\n",
            ),
            "show",
        ),
        example(
            "duplicate-plugin-name",
            with(options, "[plugins.mine]\nnumber = 1\nname = \"4D Write\"\n"),
            "show",
        ),
    ]
}

/// A way to make each error of an edit happen.
fn edit_examples() -> Vec<(&'static str, Project, String)> {
    let accounting = Project::accounting;
    let listed = |list: &str| {
        let project = accounting();
        project.write("c.json", list);
        project
    };
    let example = |code, project, line: &str| (code, project, line.to_owned());
    vec![
        example("not-a-repository", accounting(), "git install"),
        example("git-failed", configured_by_somebody_else(), "git install"),
        example("unknown-member", accounting(), "members add Devs Nobody"),
        example("ambiguous-member", namesakes(), "members add Devs Ann"),
        example("ambiguous-name", namesakes(), "users delete #3"),
        example(
            "not-grantable",
            accounting(),
            "access set administration Devs",
        ),
        example("not-allowed", accounting(), "users add --as \"Ann Lee\""),
        example("name-taken", accounting(), "users add \"ann lee\""),
        example("name-too-long", accounting(), "groups add Warehouses_North"),
        example("illegal-name", accounting(), "users add *"),
        example("reserved-name", namesakes(), "users add designer"),
        example("built-in", accounting(), "users delete Administrator"),
        example("group-deletion", accounting(), "groups delete Devs"),
        example("cycle", accounting(), "members add Devs Devs"),
        example("too-many-users", crowded("users"), "users add"),
        example("too-many-groups", crowded("groups"), "groups add"),
        example(
            "password-empty",
            accounting(),
            "users passwd #3 --password-stdin",
        ),
        example("no-terminal", accounting(), "users passwd #3"),
        example(
            "legacy-digest",
            Project::fixture("two-groups-fr"),
            "verify #1 --password-stdin",
        ),
        example(
            "unknown-digest",
            protected_by("mine"),
            "verify #1 --password-stdin",
        ),
        example(
            "damaged-digest",
            protected_by(&format!("$2b$99${}", "a".repeat(53))),
            "verify #1 --password-stdin",
        ),
        example(
            "costly-digest",
            protected_by(&format!("$2b$31${}", "a".repeat(53))),
            "verify #1 --password-stdin",
        ),
        example("bad-change", listed("[{}]"), "apply c.json"),
        example("nothing-to-undo", accounting(), "undo"),
        example("undoes-creation", created(), "undo"),
        example("unknown-conflict", accounting(), "resolve --ours 1"),
        example("empty-side", listed(""), "merge c.json c.json c.json"),
        example("file-exists", accounting(), "init"),
        example(
            "read-only",
            read_only(),
            "users add --directory Data/Settings/directory.json",
        ),
        example("ungrantable-group", namesakes(), "plugins set write #15002"),
        example("empty-user-name", namesakes(), "settings default-user #4"),
    ]
}

/// A project whose directory was created by its latest edit.
fn created() -> Project {
    let project = Project::accounting();
    for file in ["Data/Settings/directory.json", "Settings/directory.json"] {
        let _ = std::fs::remove_file(project.root().join(file));
    }
    assert_eq!(project.guichet("init").status, 0);
    project
}

#[test]
fn every_documented_code_happens() {
    let mut shown = BTreeSet::new();
    let examples = examples().into_iter().chain(seat_examples());
    for (code, project, line) in examples.chain(edit_examples()) {
        let error = project
            .guichet(&format!("{line} --format json"))
            .json_error();
        assert_eq!(error["code"], code, "{line}: {error}");
        shown.insert(code.to_owned());
    }
    // These need something typed, a folder that is gone, a file that is closed: `asking`, `passwords`, `errors`,
    // `git` and `broken` show them. The rest needs a disk, a lock or a system that fails: licensing and storage do.
    let elsewhere = [
        "password-characters",
        "password-too-long",
        "not-confirmed",
        "passwords-differ",
        "past-moment",
        "future-moment",
        "ledger-read-only",
        "current-folder",
        "no-git",
        "file-not-readable",
        "ledger-busy",
        "ledger-read-only",
        "conflict",
        "disk-full",
        "file-not-writable",
        "internal",
        "lock-unsupported",
        "locked",
        "watch-failed",
    ];
    shown.extend(elsewhere.map(str::to_owned));
    // What a program alone can ask for.
    let of_libraries = [
        "bad-password",
        "bad-user-name",
        "duplicate-plugin-number",
        "illegal-entitlement",
        "illegal-moment",
        "illegal-session-id",
        "illegal-share",
        "illegal-trace",
        "merge-both-changed",
        "merge-cycle",
        "merge-removed-and-changed",
        "merge-same-name",
        "no-thread",
        "not-a-revision",
        "password-hash",
        "plugin-digits",
        "rehearsal",
        "seat-overflow",
        "stale-reversal",
        "unknown-name",
    ];
    shown.extend(of_libraries.map(str::to_owned));
    assert_eq!(documented(), shown);
}

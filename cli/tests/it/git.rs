//! Real git with the driver and the filter installed: what a team sees that reviews its directory.
#![cfg(unix)]

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

use crate::harness::{Project, fixture};

const FILE: &str = "Settings/directory.json";

/// Devs holds Ann; Bob and Mia are in no group.
const TEAM: &str = r#"{
	"users": {
		"designer": {
			"password": "AAAAAAAAAAAAAAAAAAAAAA==",
			"alias": "Designer"
		},
		"administrator": {
			"alias": "Administrator"
		},
		"Ann": {},
		"Bob": {},
		"Mia": {}
	},
	"groups": {
		"Devs": {
			"users": [
				"Ann"
			]
		}
	},
	"settings": {
		"designAccessGroup": "Devs"
	}
}"#;

/// A repository on the branch `main`, with nothing of the machine's own settings.
struct Repository {
    project: Project,
}

impl Repository {
    /// Makes a repository with a project's directory in it, and nothing of ours set up.
    fn with(directory: impl AsRef<[u8]>) -> Self {
        let repository = Self {
            project: Project::with(directory),
        };
        repository.git("init --quiet --initial-branch main");
        repository.commit("start");
        repository
    }

    /// Makes a repository in which everything is set up, and committed in its normal form.
    fn set_up(directory: impl AsRef<[u8]>) -> Self {
        let repository = Self::with(directory);
        repository.guichet("git install");
        repository.git("add --renormalize .");
        repository.commit("set up");
        repository
    }

    /// Runs git; it must succeed.
    fn git(&self, line: &str) -> String {
        let output = self.try_git(line);
        assert!(output.status.success(), "git {line}: {}", told(&output));
        String::from_utf8(output.stdout).unwrap()
    }

    fn try_git(&self, line: &str) -> Output {
        let program = Path::new(env!("CARGO_BIN_EXE_guichet"));
        let path = format!("{}:/usr/bin:/bin", program.parent().unwrap().display());
        self.git_with_path(line, &path)
    }

    /// Runs git as a graphical client may, with nothing on the path but git and a shell.
    fn git_of_a_client(&self, line: &str) -> Output {
        let folder = self.project.root().join(".git/programs");
        if !folder.exists() {
            std::fs::create_dir(&folder).unwrap();
            for name in ["git", "sh"] {
                let found =
                    ["/usr/local/bin", "/usr/bin", "/bin"].map(|at| Path::new(at).join(name));
                let found = found.iter().find(|path| path.exists()).unwrap();
                std::os::unix::fs::symlink(found, folder.join(name)).unwrap();
            }
        }
        self.git_with_path(line, folder.to_str().unwrap())
    }

    fn git_with_path(&self, line: &str, path: &str) -> Output {
        let mut command = Command::new("git");
        command
            .args(line.split(' '))
            .current_dir(self.project.root())
            .env_clear()
            .env("PATH", path)
            .env("HOME", self.project.root())
            .env("GIT_CONFIG_NOSYSTEM", "1");
        for who in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{who}_NAME"), "Tester");
            command.env(format!("GIT_{who}_EMAIL"), "tester@example.com");
        }
        command.output().unwrap()
    }

    fn commit(&self, message: &str) {
        self.git("add --all");
        self.git(&format!(
            "commit --quiet --allow-empty --message {}",
            message.replace(' ', "-")
        ));
    }

    /// Runs the program in the repository; it must succeed.
    fn guichet(&self, line: &str) -> String {
        let run = self.project.guichet(line);
        assert_eq!(run.status, 0, "{run}");
        run.stdout
    }

    /// Makes an edit on a new branch that leaves from `main`, and comes back.
    fn on_branch(&self, branch: &str, edit: &str) {
        self.git(&format!("checkout --quiet -b {branch} main"));
        self.guichet(edit);
        self.commit(edit);
        self.git("checkout --quiet main");
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&self.project.directory()).unwrap()
    }
}

fn told(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

fn survey(name: &str) -> Vec<u8> {
    std::fs::read(fixture(name)).unwrap()
}

/// 4D writes the same directory in another order: git alone shows hundreds of lines, with the filter
/// none.
#[test]
fn a_file_that_was_only_saved_again_is_not_changed() {
    let plain = Repository::with(survey("survey-78-users"));
    plain.project.write(FILE, survey("survey-78-users.resaved"));
    assert!(plain.git("diff").lines().count() > 200);

    let repository = Repository::set_up(survey("survey-78-users"));
    repository
        .project
        .write(FILE, survey("survey-78-users.resaved"));
    assert_eq!(repository.git("diff"), "");
    assert_eq!(repository.git("status --porcelain"), "");
}

#[test]
fn a_real_change_in_a_file_that_was_saved_again_is_all_that_shows() {
    let repository = Repository::set_up(survey("survey-78-users"));
    repository
        .project
        .write(FILE, survey("survey-78-users.resaved"));
    repository.guichet("groups rename #15001 Renamed");
    let diff = repository.git("diff --unified=0");
    let changed = diff.lines().filter(|line| line.starts_with(['+', '-']));
    let changed: Vec<&str> = changed.skip(2).collect();
    assert!(
        changed.iter().any(|line| line.contains("group Renamed")),
        "{diff}"
    );
    assert!(changed.len() < 30, "{diff}");
}

#[test]
fn two_branches_that_add_users_to_one_group_merge() {
    let repository = Repository::set_up(TEAM);
    repository.on_branch("bob", "members add Devs Bob");
    repository.on_branch("mia", "members add Devs Mia");
    repository.git("merge --quiet bob");
    repository.git("merge --quiet mia --message both");
    let directory = repository.json();
    assert_eq!(
        directory["groups"]["Devs"]["users"],
        serde_json::json!(["Ann", "Bob", "Mia"])
    );
    assert_eq!(repository.git("status --porcelain"), "");
}

/// What a merge leaves is what the filter would make of it: nothing shows as changed afterwards.
#[test]
fn a_merge_leaves_the_normal_form() {
    let repository = Repository::set_up(survey("survey-78-users"));
    repository.git("checkout --quiet -- Settings/directory.json");
    repository.on_branch("first", "groups rename #15001 Zz_last");
    repository.on_branch("second", "groups rename #15003 Aa_first");
    repository.git("merge --quiet first");
    repository.git("merge --quiet second --message both");
    repository.guichet("normalise --check");
    assert_eq!(repository.git("status --porcelain"), "");
    let groups = repository.json()["groups"].as_object().unwrap().clone();
    assert!(groups.contains_key("Zz_last") && groups.contains_key("Aa_first"));
}

/// What guichet keeps beside the directory holds stored passwords and is of one machine; it is ignored also
/// where nothing was set up.
#[test]
fn history_and_undo_stay_out_of_the_repository() {
    let plain = Repository::with(TEAM);
    plain.guichet("members add Devs Bob");
    plain.commit("with Bob");
    assert_eq!(plain.git("ls-files"), "Settings/directory.json\n");
    let repository = Repository::set_up(TEAM);
    repository.guichet("members add Devs Bob");
    repository.commit("with Bob");
    let files = repository.git("ls-files");
    assert_eq!(files, ".gitattributes\nSettings/directory.json\n");
    assert_eq!(repository.git("status --porcelain"), "");
}

/// The file stays JSON that 4D reads, with our side's name; the conflict is told in words, stands in
/// the file, and keeps git from committing.
#[test]
fn two_branches_that_rename_one_group_conflict_readably() {
    let repository = Repository::set_up(TEAM);
    repository.on_branch("makers", "groups rename Devs Makers");
    repository.on_branch("coders", "groups rename Devs Coders");
    repository.git("merge --quiet makers");
    let merge = repository.try_git("merge coders");
    assert_eq!(merge.status.code(), Some(1));
    let text = told(&merge);
    assert!(text.contains("Makers") && text.contains("Coders"), "{text}");
    assert_eq!(
        repository.git("diff --name-only --diff-filter=U"),
        format!("{FILE}\n")
    );
    let directory = repository.json();
    assert!(directory["groups"]["Makers"].is_object(), "{directory}");
    assert_eq!(repository.project.guichet("lint").status, 1);
}

/// A driver that fails leaves our version and nothing of theirs, and `git add` then loses theirs.
#[test]
fn where_the_program_is_away_git_marks_both_versions() {
    let repository = Repository::set_up(TEAM);
    repository.on_branch("makers", "groups rename Devs Makers");
    repository.on_branch("coders", "groups rename Devs Coders");
    repository.git("merge --quiet makers");
    repository.guichet("git install --program guichet");
    let merge = repository.git_of_a_client("merge coders");
    assert_eq!(merge.status.code(), Some(1), "{}", told(&merge));
    assert!(told(&merge).contains("CONFLICT"), "{}", told(&merge));
    let unmerged = repository.git("diff --name-only --diff-filter=U");
    assert_eq!(unmerged, format!("{FILE}\n"));
    let file = String::from_utf8(repository.project.directory()).unwrap();
    for piece in [
        "<<<<<<< ours",
        "Makers",
        "=======",
        "Coders",
        ">>>>>>> theirs",
    ] {
        assert!(file.contains(piece), "{piece}: {file}");
    }
}

/// By its whole path it is found from everywhere.
#[test]
fn a_client_with_a_bare_path_merges_by_meaning() {
    let repository = Repository::set_up(TEAM);
    repository.on_branch("bob", "members add Devs Bob");
    repository.on_branch("mia", "members add Devs Mia");
    repository.git("merge --quiet bob");
    let merge = repository.git_of_a_client("merge --quiet mia --message both");
    assert!(merge.status.success(), "{}", told(&merge));
    let members = &repository.json()["groups"]["Devs"]["users"];
    assert_eq!(*members, serde_json::json!(["Ann", "Bob", "Mia"]));
}

/// What a side says that is no directory is not lost either, though no line of it conflicts.
#[test]
fn a_side_that_is_no_directory_is_a_conflict_with_both_versions() {
    let repository = Repository::set_up(TEAM);
    repository.git("checkout --quiet -b broken main");
    let text = String::from_utf8(repository.project.directory()).unwrap();
    repository
        .project
        .write(FILE, format!("{text}\n<<<<<<< half\n"));
    repository.commit("half a merge");
    repository.git("checkout --quiet main");
    repository.guichet("users add Zed");
    repository.commit("Zed");
    let merge = repository.try_git("merge broken");
    assert_eq!(merge.status.code(), Some(1), "{}", told(&merge));
    let file = String::from_utf8(repository.project.directory()).unwrap();
    assert!(
        file.contains("Zed") && file.contains("<<<<<<< half"),
        "{file}"
    );
}

/// What was there before stays, byte for byte.
#[test]
fn uninstalling_takes_out_what_installing_put_in() {
    for attributes in [
        None,
        Some("*.json text"),
        Some("*.json text\n"),
        Some("# mine\r\n*.4dm diff\r\n"),
        Some("# mine\r\n*.4dm diff"),
    ] {
        let repository = Repository::with(TEAM);
        if let Some(text) = attributes {
            repository.project.write(".gitattributes", text);
        }
        repository.git("config diff.mine.textconv cat");
        let read = |path: &str| std::fs::read(repository.project.root().join(path)).ok();
        let files = || [".gitattributes", ".gitignore", ".git/config"].map(read);
        let before = files();
        for arguments in ["", " --external-diff", " --program /opt/guichet"] {
            repository.guichet(&format!("git install{arguments}"));
            assert_ne!(files(), before);
            let again = repository.guichet(&format!("git install{arguments}"));
            assert!(
                again.starts_with("the repository is already set up"),
                "{again}"
            );
            repository.guichet("git uninstall");
            assert_eq!(files(), before);
        }
        let again = repository.guichet("git uninstall");
        assert!(again.starts_with("nothing to remove"), "{again}");
    }
}

#[test]
fn attributes_that_somebody_edits_later_stay_and_come_back_once() {
    let repository = Repository::with(TEAM);
    let read = || {
        let path = repository.project.root().join(".gitattributes");
        std::fs::read_to_string(path).unwrap()
    };
    repository.project.write(".gitattributes", "a\n");
    repository.guichet("git install");
    let installed = read();
    let without_rule = installed.lines().filter(|line| !line.contains("=guichet"));
    let half: Vec<&str> = without_rule.chain([""]).collect();
    repository.project.write(".gitattributes", half.join("\n"));
    repository.guichet("git install");
    assert_eq!(read(), installed);
    repository.project.write(".gitattributes", installed + "b");
    repository.guichet("git uninstall");
    assert_eq!(read(), "a\nb");
}

/// git's shell on Windows gives `/dev/null` another name.
#[test]
fn a_side_that_git_calls_absent_is_not_read() {
    let project = Project::with(TEAM);
    for name in ["/dev/null", "nul"] {
        let line = format!("git diff {FILE} {name} . . {FILE} 1234567 100644 --format json");
        let run = project.guichet(&line);
        let changes = run.json()["changes"].to_string();
        assert!(changes.contains("Devs") && changes.contains("Mia"), "{run}");
    }
}

/// git hands the value to a shell.
#[test]
fn a_program_with_spaces_is_called_as_one_word() {
    let repository = Repository::with(TEAM);
    let folder = repository.project.root().join("it's a folder");
    std::fs::create_dir(&folder).unwrap();
    let program = folder.join("guichet");
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_guichet"), &program).unwrap();
    let line = format!("git install --program \"{}\"", program.display());
    repository.guichet(&line);
    let filtered = repository.try_git("add --renormalize Settings/directory.json");
    assert_eq!(told(&filtered), "");
    repository.guichet("members add Devs Bob");
    assert!(repository.git("diff").contains("+\tuser Bob"));
}

#[test]
fn what_install_does_is_told_and_can_be_looked_at_first() {
    let repository = Repository::with(TEAM);
    repository.git("config merge.guichet.name mine");
    let shown = repository.project.session(&[
        "git install --dry-run",
        "git uninstall --dry-run",
        "git install --format json",
        "git install",
        "git install --external-diff",
        "git uninstall",
    ]);
    insta::assert_snapshot!(shown);
}

#[test]
fn git_shows_facts_instead_of_lines_of_json() {
    let repository = Repository::set_up(TEAM);
    repository.guichet("members add Devs Bob");
    repository.guichet("plugins set write Devs");
    let shown = repository.git("diff");
    repository.guichet("git install --external-diff");
    let told = repository.git("diff");
    insta::assert_snapshot!(format!("{shown}\n{told}"));
}

#[test]
fn the_facts_of_every_kind_are_shown() {
    let project = Project::accounting();
    insta::assert_snapshot!(project.session(&[
        "git textconv Data/Settings/directory.json",
        "git textconv Settings/directory.json",
    ]));
}

/// Of a password the diff tells that it is another one, and no digit of it.
#[test]
fn a_changed_password_is_seen_and_nothing_of_it() {
    let with = |ann: char, bob: char| {
        let digest = |digit: char| format!("$2b$10${}", digit.to_string().repeat(53));
        let (ann, bob) = (digest(ann), digest(bob));
        format!(
            r#"{{"users": {{"Ann": {{"password": "{ann}"}}, "Bob": {{"password": "{bob}"}}}}}}"#
        )
    };
    let repository = Repository::set_up(with('a', 'b'));
    repository.project.write(FILE, with('a', 'c'));
    repository.commit("another password");
    let diff = repository.git("diff HEAD~1 HEAD");
    let marks: Vec<&str> = diff.lines().filter(|line| line.contains("mark ")).collect();
    let changed = |sign: char| marks.iter().filter(|line| line.starts_with(sign)).count();
    assert_eq!((changed('-'), changed('+')), (1, 1), "{diff}");
    assert!(
        !diff.contains("$2b$") && !diff.contains("bbbbbbbb"),
        "{diff}"
    );
    assert_eq!(repository.git("diff HEAD HEAD~0"), "");
}

/// A revision that is no directory is shown as it is, and git goes on to the next file.
#[test]
fn a_broken_revision_stops_nothing() {
    let repository = Repository::set_up(TEAM);
    repository.project.write(FILE, "<<<<<<< ours\n{}\n");
    let added = repository.try_git("add --all");
    assert!(added.status.success(), "{}", told(&added));
    repository.git("commit --quiet --message broken");
    repository.project.write(FILE, TEAM);
    repository.commit("fixed");
    let log = repository.git("log --patch --format=%s");
    assert!(
        log.contains("+<<<<<<< ours") && log.contains("start"),
        "{log}"
    );
    repository.guichet("git install --external-diff");
    let diff = repository.git("diff HEAD~1 HEAD");
    assert!(diff.contains("is not JSON"), "{diff}");
}

#[test]
fn a_file_that_is_new_or_gone_is_compared_with_nothing() {
    let repository = Repository::set_up(TEAM);
    repository.guichet("git install --external-diff");
    repository.git("rm --quiet --cached Settings/directory.json");
    repository.git("commit --quiet --message without");
    let gone = repository.git("diff HEAD~1 HEAD");
    assert!(gone.contains("group `Devs` was removed"), "{gone}");
    let new = repository.git("diff HEAD HEAD~1");
    assert!(new.contains("group `Devs` was added"), "{new}");
}

#[test]
fn where_git_is_missing_that_is_said() {
    let project = Project::accounting();
    let run = project.guichet_in("git install --format json", &[("PATH", "/nowhere")]);
    assert_eq!(run.json_error()["code"], "no-git", "{run}");
}

/// A revision with conflict marks is no directory, and its passwords change all the same.
#[test]
fn a_changed_password_is_seen_in_a_file_that_does_not_parse() {
    let with = |digit: char| {
        let digest = format!("$2b$10${}", digit.to_string().repeat(53));
        format!("{{\"users\": {{\"Ann\": {{\n<<<<<<< ours\n\"password\": \"{digest}\"\n")
    };
    let repository = Repository::set_up(TEAM);
    repository.project.write(FILE, with('b'));
    repository.commit("broken");
    repository.project.write(FILE, with('c'));
    repository.commit("broken with another password");
    let diff = repository.git("diff HEAD~1 HEAD");
    let changed: Vec<&str> = diff.lines().filter(|line| line.contains("mark ")).collect();
    assert_eq!(changed.len(), 2, "{diff}");
    assert!(
        changed[0].starts_with("-\"password\": \"[bcrypt, mark "),
        "{diff}"
    );
    assert!(!diff.contains("$2b$"), "{diff}");
    assert_eq!(repository.git("diff HEAD HEAD~0"), "");
}

/// git also calls us in a repository without a work tree, and where it will not say which one it is.
#[test]
fn passwords_have_marks_wherever_git_may_compare_them() {
    let password = format!("$2b$10${}", "b".repeat(53));
    let text = format!("{{\"users\": {{\"Ann\": {{\"password\": \"{password}\"}}}}}}");
    let repository = Repository::set_up(&text);
    let textconv = "git textconv Settings/directory.json";
    let marked = |shown: &str| shown.matches("password set, bcrypt, mark ").count();
    let kept = repository.guichet(textconv);
    assert_eq!(
        (marked(&kept), repository.guichet(textconv)),
        (1, kept.clone())
    );

    let without_git = repository
        .project
        .guichet_in(textconv, &[("PATH", "/nowhere")]);
    assert_eq!(marked(&without_git.stdout), 1, "{without_git}");
    assert_ne!(without_git.stdout, kept, "a key of this run");

    let folder = Project::empty_folder();
    folder.write("directory.json", &text);
    let outside = folder.guichet("git textconv directory.json");
    assert_eq!(marked(&outside.stdout), 0, "{outside}");
    let git = |line: &str| {
        let git = Command::new("git")
            .args(line.split(' '))
            .current_dir(folder.root())
            .output();
        assert!(git.unwrap().status.success());
    };
    git("init --quiet --bare .");
    let bare = folder.guichet("git textconv directory.json");
    assert_eq!(marked(&bare.stdout), 1, "{bare}");
}

/// A crash or a full disk may leave a key without its bytes; then no two passwords had the same mark.
#[test]
fn a_key_that_is_cut_is_made_anew_and_one_that_cannot_be_read_is_kept() {
    let repository = Repository::with(TEAM);
    let key = ".git/guichet-marks.key";
    for bytes in [&b""[..], &b"half a key"[..]] {
        repository.project.write(key, bytes);
        let told = repository.guichet("git install");
        assert!(told.contains("guichet-marks.key"), "{told}");
        let made = std::fs::read(repository.project.root().join(key)).unwrap();
        assert_eq!(made.len(), 32);
    }
    let again = repository.guichet("git install");
    assert!(
        again.starts_with("the repository is already set up"),
        "{again}"
    );
    let path = repository.project.root().join(key);
    std::fs::remove_file(&path).unwrap();
    std::fs::create_dir(&path).unwrap();
    let refused = repository.project.guichet("git install");
    assert_eq!(refused.status, 2, "{refused}");
    assert!(path.is_dir());
}

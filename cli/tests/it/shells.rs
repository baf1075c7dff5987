//! Completions, manual pages, help, the version.

use clap::Command;

use crate::harness::{Project, program};

#[test]
fn every_shell_gets_its_completions() {
    let project = Project::empty_folder();
    for (shell, first) in [
        ("bash", "_guichet() {"),
        ("zsh", "#compdef guichet"),
        ("fish", "# Print an optspec for argparse"),
        ("elvish", "use builtin;"),
        ("powershell", "using namespace System.Management.Automation"),
    ] {
        let script = project.guichet(&format!("completions {shell}"));
        assert_eq!((script.status, script.stderr.as_str()), (0, ""));
        let line = script.stdout.trim_start().lines().next().unwrap();
        assert!(line.starts_with(first), "{shell}: {line}");
        for word in ["who-can", "single-user", "mermaid"] {
            assert!(script.stdout.contains(word), "{shell}: {word}");
        }
    }
}

#[cfg(unix)]
#[test]
fn bash_accepts_its_completions() {
    let project = Project::empty_folder();
    project.write("completions", project.guichet("completions bash").stdout);
    let mut check = std::process::Command::new("bash");
    check
        .args(["-n", "completions"])
        .current_dir(project.root());
    let output = check.output().unwrap();
    assert!(output.status.success(), "{output:?}");
}

#[test]
fn the_manual_page_is_made_from_the_same_definition() {
    let project = Project::empty_folder();
    let page = project.guichet("man").stdout;
    assert!(page.contains(".TH guichet 1"), "{page}");
    assert!(page.contains("\"guichet 0."), "{page}");
    assert!(page.contains("who\\-can"), "{page}");
    let page = project.guichet("man users show").stdout;
    assert!(page.contains("guichet\\-users\\-show"), "{page}");
}

#[test]
fn the_version_names_the_commit() {
    let project = Project::empty_folder();
    insta::assert_snapshot!(project.session(&["-V", "--version --format json"]), @r#"
    $ guichet -V
    guichet 0.1.0 (commit [COMMIT])
    [0]

    $ guichet --version --format json
    {
      "name": "guichet",
      "version": "0.1.0",
      "commit": "[COMMIT]"
    }
    [0]
    "#);
}

/// What people see first fits a terminal of 40 lines and 80 columns, and has every command in a line
/// of at most 60 characters.
#[test]
fn the_help_of_the_program_fits_a_terminal_and_has_every_command_once() {
    let project = Project::empty_folder();
    let help = project.guichet("help").stdout;
    assert!(help.lines().count() <= 40, "{}", help.lines().count());
    for line in help.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
    for same in ["-h", "--help"] {
        assert_eq!(project.guichet(same).stdout, help, "{same}");
    }
    for command in guichet_cli::command().get_subcommands() {
        let name = command.get_name();
        let about = command.get_about().unwrap().to_string();
        let line = format!(" {name:<11}  {about}");
        let lines = help.lines().filter(|known| known.ends_with(&line));
        assert_eq!(lines.count(), usize::from(name != "help"), "{name}");
        assert!(about.chars().count() <= 60, "{about}");
    }
}

/// The options of every command are listed in one place, which the help of each command names.
#[test]
fn the_options_of_every_command_are_listed_once() {
    let project = Project::empty_folder();
    let options = project.guichet("help options").stdout;
    let global = [
        "directory",
        "project",
        "data",
        "mode",
        "as",
        "dry-run",
        "format",
        "color",
    ];
    for option in global {
        assert!(options.contains(&format!("--{option}")), "{options}");
    }
    for words in ["users add", "seats take", "lint"] {
        let help = project.guichet(&format!("help {words}")).stdout;
        assert_eq!(help, project.guichet(&format!("{words} --help")).stdout);
        assert!(help.contains("`guichet help options`"), "{help}");
        assert!(!help.contains("--directory"), "{help}");
    }
    let error = project.guichet("help usrs --format json").json_error();
    assert_eq!(
        (&error["code"], &error["help"]),
        (&"unknown-command".into(), &"Did you mean `users`?".into())
    );
}

/// Every command has a line of its own in its parent's help, and its own help wraps at 80 columns.
#[test]
fn every_command_has_help() {
    fn visit(command: &Command, words: &mut Vec<String>) {
        assert!(command.get_about().is_some(), "{words:?}");
        let output = program().args(words.iter()).arg("--help").output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(0), "{words:?}");
        let usage = format!("Usage: guichet {}", words.join(" "));
        assert!(text.contains(usage.trim_end()), "{text}");
        let lines = text.lines().filter(|line| !line.starts_with("  guichet "));
        let widest = lines.map(|line| line.chars().count()).max();
        assert!(widest <= Some(80), "{words:?}: {widest:?}\n{text}");
        for nested in command.get_subcommands() {
            words.push(nested.get_name().to_owned());
            visit(nested, words);
            words.pop();
        }
    }
    visit(&guichet_cli::command(), &mut Vec::new());
}

/// A summary is a sentence without its full stop: it stands in a list.
#[test]
fn summaries_of_commands_and_flags_have_no_full_stop() {
    fn visit(command: &Command) {
        for argument in command.get_arguments() {
            let help = argument
                .get_help()
                .map(ToString::to_string)
                .unwrap_or_default();
            assert!(!help.is_empty(), "{} has no help", argument.get_id());
            assert!(!help.ends_with('.'), "{help}");
        }
        for nested in command.get_subcommands() {
            let about = nested
                .get_about()
                .map(ToString::to_string)
                .unwrap_or_default();
            assert!(!about.ends_with('.'), "{about}");
            visit(nested);
        }
    }
    visit(&guichet_cli::command());
}

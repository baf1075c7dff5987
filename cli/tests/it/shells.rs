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

/// The scripts are given to the shells that this machine has.
#[test]
fn shells_accept_their_completions() {
    let project = Project::empty_folder();
    for shell in ["bash", "zsh", "fish"] {
        let script = project.guichet(&format!("completions {shell}")).stdout;
        project.write("completions", script);
        let mut check = std::process::Command::new(shell);
        check
            .args(["-n", "completions"])
            .current_dir(project.root());
        match check.output() {
            Ok(output) => assert!(output.status.success(), "{shell}: {output:?}"),
            Err(error) => eprintln!("SKIPPED: {shell} is not here ({error})"),
        }
    }
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

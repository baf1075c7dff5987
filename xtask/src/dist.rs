//! `cargo xtask dist`: what users download, in `target/dist/`.
//!
//! The program with its manual pages, completions and licence texts, as an archive and as a Debian
//! package, with their SHA-256 sums. The bytes depend on the sources and the compiler alone: paths of
//! the machine are replaced, and every file has the moment of the last commit.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

use crate::shell::{Command, root};

/// The shells and the names under which they look for completions.
const COMPLETIONS: &[(&str, &str)] = &[
    ("bash", "guichet.bash"),
    ("elvish", "guichet.elv"),
    ("fish", "guichet.fish"),
    ("powershell", "_guichet.ps1"),
    ("zsh", "_guichet"),
];

/// The files of the project that go along.
const TEXTS: &[&str] = &[
    "CHANGELOG.md",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "cli/README.md",
];

/// Where cargo builds the program; `cli/Cargo.toml` names what cargo-deb takes from there.
const BUILD: &str = "target/dist-build";

/// Builds everything.
///
/// # Errors
///
/// A program is missing or failed, or a file cannot be written.
pub(crate) fn run() -> Result<()> {
    let moment = Command::new("git log -1 --format=%ct")
        .output()?
        .trim()
        .to_owned();
    let host = Command::new("rustc --print host-tuple")
        .output()?
        .trim()
        .to_owned();
    let here = root();
    let remapped = format!("--remap-path-prefix={}=/guichet", here.display());
    Command::cargo("build --release --locked --package guichet-cli --target-dir")
        .arg(BUILD)
        .env("CARGO_ENCODED_RUSTFLAGS", remapped)
        .run()?;

    let staged = format!("{BUILD}/release/package/guichet");
    stage(&here.join(&staged))?;

    let dist = here.join("target/dist");
    fs::remove_dir_all(&dist).or_else(|error| if dist.exists() { Err(error) } else { Ok(()) })?;
    fs::create_dir_all(&dist).context("target/dist")?;
    Command::new(
        "tar --create --gzip --format=ustar --sort=name --owner=0 --group=0 --numeric-owner",
    )
    .arg(format!("--mtime=@{moment}"))
    .arg(format!("--file=target/dist/guichet-{host}.tar.gz"))
    .args([&format!("--directory={BUILD}/release/package"), "guichet"])
    .env("GZIP", "--no-name")
    .run()?;
    Command::cargo("deb --package guichet-cli --no-build --no-strip --output target/dist")
        .env("CARGO_TARGET_DIR", BUILD)
        .env("SOURCE_DATE_EPOCH", moment)
        .run()?;
    let mut made = Vec::new();
    for entry in fs::read_dir(&dist)? {
        made.push(entry?.path());
    }
    let sums = Command::new("sha256sum --").args(&made).output()?;
    let folder = format!("{}/", dist.display());
    fs::write(dist.join("SHA256SUMS"), sums.replace(&folder, ""))?;
    print!("{}", sums.replace(&folder, "target/dist/"));
    Ok(())
}

/// Puts the program and what lies beside it into a folder.
fn stage(folder: &Path) -> Result<()> {
    let here = root();
    for part in ["man", "completions"] {
        fs::create_dir_all(folder.join(part))?;
    }
    for text in TEXTS {
        let name = Path::new(text).file_name().unwrap_or_default();
        fs::copy(here.join(text), folder.join(name)).context(*text)?;
    }
    let program = here.join(BUILD).join("release/guichet");
    fs::copy(&program, folder.join("guichet"))?;
    Command::cargo("about generate --offline --fail --manifest-path cli/Cargo.toml about.hbs")
        .args([
            "--output-file".as_ref(),
            folder.join("THIRD-PARTY.txt").as_os_str(),
        ])
        .run()?;
    let said = |words: &[&str]| {
        Command::new(&program.to_string_lossy())
            .args(words)
            .output()
    };
    for (shell, name) in COMPLETIONS {
        let script = said(&["completions", shell])?;
        fs::write(folder.join("completions").join(name), script)?;
    }
    // A test of the command line keeps its reference complete.
    let reference = fs::read_to_string(here.join("docs/cli.md"))?;
    let commands = reference
        .lines()
        .filter_map(|line| line.strip_prefix("### guichet "));
    for command in commands.chain([""]) {
        let words: Vec<&str> = command.split_whitespace().collect();
        let page = [&["guichet"], &words[..]].concat().join("-");
        let text = said(&[&["man"], &words[..]].concat())?;
        fs::write(folder.join("man").join(format!("{page}.1")), text)?;
    }
    Ok(())
}

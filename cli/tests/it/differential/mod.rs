//! Random directories asked every question through the command, compared with a small model that
//! shares nothing with it.
//!
//! Another run of other directories: `GUICHET_SEED=42 cargo test -p guichet-cli --test it differential`.

mod admission;
mod asked;
mod compare;
mod model;
mod names;
mod random;
mod written;

use std::panic::{AssertUnwindSafe, catch_unwind};

use asked::Asked;
use model::Model;
use random::{Case, Random};

/// So many directories each of the four tests asks.
const DIRECTORIES: u64 = 500;

/// The first directory of a run.
fn seed() -> u64 {
    let chosen = std::env::var("GUICHET_SEED").ok();
    chosen.map_or(0x4d_2026, |seed| seed.parse().expect("a number"))
}

fn compare_directories(part: u64) {
    let asked = Asked::new();
    for number in part * DIRECTORIES..(part + 1) * DIRECTORIES {
        let seed = seed().wrapping_add(number);
        let mut random = Random(seed);
        let case = Case::of(&mut random);
        let model = Model::of(&case.directory, &case.options);
        asked.write(&case);
        let compared = catch_unwind(AssertUnwindSafe(|| {
            compare::all(&asked, &model, &case, &mut random);
            admission::compare(&case, &model);
        }));
        assert!(
            compared.is_ok(),
            "directory of GUICHET_SEED={seed}:\n{}\n{}",
            case.directory.json(),
            case.options.toml()
        );
    }
}

#[test]
fn answers_of_the_first_directories_are_those_of_the_model() {
    compare_directories(0);
}

#[test]
fn answers_of_the_second_directories_are_those_of_the_model() {
    compare_directories(1);
}

#[test]
fn answers_of_the_third_directories_are_those_of_the_model() {
    compare_directories(2);
}

#[test]
fn answers_of_the_fourth_directories_are_those_of_the_model() {
    compare_directories(3);
}

//! The README shows whole programs, short ones; its documentation tests run them.

const README: &str = include_str!("../../README.md");

#[test]
fn every_program_of_the_readme_is_whole_and_at_most_fifteen_lines_long() {
    let mut blocks = README.split("```rust").skip(1);
    let programs = blocks.by_ref().map(|rest| {
        let block = rest.split("```").next().unwrap_or_default();
        let lines = block.lines().skip(1);
        lines
            .filter(|line| !line.starts_with("# "))
            .collect::<Vec<_>>()
    });
    let programs: Vec<_> = programs.collect();
    assert_eq!(programs.len(), 5);
    for program in programs {
        assert!(
            program.contains(&"fn main() -> guichet::Result<()> {"),
            "{program:#?}"
        );
        assert!(program.len() <= 15, "{} lines: {program:#?}", program.len());
    }
}

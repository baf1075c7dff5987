//! A file that is too long has more than one responsibility.

use super::finding::Finding;

/// More lines than this are worth a warning.
const WARN_ABOVE: usize = 400;

/// More lines than this stop the gate.
const FAIL_ABOVE: usize = 450;

/// Checks the number of lines; files of tests and benchmarks may be longer.
pub(super) fn check(path: &str, text: &str) -> Vec<Finding> {
    if path
        .split('/')
        .any(|part| matches!(part, "tests" | "benches"))
    {
        return Vec::new();
    }
    let lines = text.lines().count();
    if lines > FAIL_ABOVE {
        vec![Finding::failure(
            lines,
            format!("{lines} lines, more than {FAIL_ABOVE}; split the file by responsibility"),
        )]
    } else if lines > WARN_ABOVE {
        vec![Finding::warning(
            lines,
            format!("{lines} lines, more than {WARN_ABOVE}; think about what could move out"),
        )]
    } else {
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::super::finding::Level;
    use super::check;

    fn level(path: &str, lines: usize) -> Option<Level> {
        check(path, &"x\n".repeat(lines)).first().map(|f| f.level)
    }

    #[test]
    fn each_limit_is_found_one_line_above_it() {
        assert_eq!(level("core/src/name.rs", 400), None);
        assert_eq!(level("core/src/name.rs", 401), Some(Level::Warning));
        assert_eq!(level("core/src/name.rs", 450), Some(Level::Warning));
        assert_eq!(level("core/src/name.rs", 451), Some(Level::Failure));
    }

    #[test]
    fn tests_may_be_longer_but_a_file_named_like_tests_may_not() {
        assert_eq!(level("core/tests/it/names.rs", 451), None);
        assert_eq!(
            level("core/src/tests_of_names.rs", 451),
            Some(Level::Failure)
        );
    }
}

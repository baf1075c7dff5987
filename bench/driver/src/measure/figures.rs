//! Arithmetic on figures, and how they are written; pure.

/// Returns the median; the upper one of two in the middle.
pub(crate) fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied()
}

/// Returns how many times `ours` fits into `theirs`; `None` when ours is nothing.
pub(crate) fn ratio(theirs: f64, ours: f64) -> Option<f64> {
    (ours > 0.0).then(|| theirs / ours)
}

/// Returns the exponent e of a cost that grows like sizeᵉ from one point to another.
pub(crate) fn exponent(small: (usize, f64), large: (usize, f64)) -> Option<f64> {
    let grown = ratio(as_float(large.0), as_float(small.0))?;
    let dearer = ratio(large.1, small.1)?;
    (grown > 1.0 && dearer > 0.0).then(|| dearer.ln() / grown.ln())
}

#[expect(clippy::cast_precision_loss, reason = "sizes are far below 2^52")]
pub(crate) fn as_float(size: usize) -> f64 {
    size as f64
}

/// Rounds to three digits after the point.
pub(crate) fn rounded(value: f64) -> f64 {
    (value * 1_000.0).round() / 1_000.0
}

/// Writes a number with two digits that count, and separators: `0.004`, `0.31`, `4.2`, `91`, `5,700`.
pub(crate) fn two_digits(value: f64) -> String {
    if value < 0.0995 {
        return format!("{value:.3}");
    }
    if value < 0.995 {
        return format!("{value:.2}");
    }
    if value < 9.95 {
        return format!("{value:.1}");
    }
    let step = 10_f64.powf((value.log10().floor() - 1.0).max(0.0));
    separated(&format!("{:.0}", (value / step).round() * step))
}

fn separated(digits: &str) -> String {
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Writes a time with a unit that suits it: `27.7 ns`, `1.2 ms`.
pub(crate) fn time(ns: f64) -> String {
    const UNITS: &[(f64, &str)] = &[(1e9, "s"), (1e6, "ms"), (1e3, "µs"), (1.0, "ns")];
    let (size, unit) = UNITS
        .iter()
        .find(|(size, _)| ns >= size * 0.9995)
        .unwrap_or(&(1.0, "ns"));
    format!("{} {unit}", three_digits(ns / size))
}

/// Writes bytes with a unit that suits it.
pub(crate) fn bytes(count: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "three digits are shown")]
    let count = count as f64;
    if count >= 1_048_576.0 * 0.9995 {
        format!("{} MiB", three_digits(count / 1_048_576.0))
    } else {
        format!("{} KiB", three_digits(count / 1_024.0))
    }
}

fn three_digits(value: f64) -> String {
    if value < 9.995 {
        format!("{value:.2}")
    } else if value < 99.95 {
        format!("{value:.1}")
    } else {
        format!("{value:.0}")
    }
}

#[cfg(test)]
mod tests {
    use super::{bytes, exponent, median, ratio, time, two_digits};

    #[test]
    fn the_median_is_not_moved_by_one_far_value() {
        assert_eq!(median(&[5.0, 1_000.0, 4.0]), Some(5.0));
        assert_eq!(median(&[]), None);
    }

    #[test]
    fn a_ratio_above_one_means_that_the_other_is_slower() {
        assert_eq!(ratio(300.0, 100.0), Some(3.0));
        assert_eq!(ratio(50.0, 100.0), Some(0.5));
        assert_eq!(ratio(1.0, 0.0), None);
    }

    #[test]
    fn exponents_of_known_growth_are_found() {
        let near = |found: Option<f64>, expected: f64| (found.unwrap() - expected).abs() < 1e-9;
        assert!(near(exponent((10, 7.0), (1_000, 700.0)), 1.0), "linear");
        assert!(near(exponent((10, 7.0), (1_000, 70_000.0)), 2.0), "square");
        assert!(near(exponent((10, 7.0), (1_000, 7.0)), 0.0), "constant");
        assert_eq!(exponent((10, 7.0), (10, 7.0)), None);
        assert_eq!(exponent((10, 0.0), (20, 7.0)), None);
    }

    #[test]
    fn figures_are_written_with_the_digits_that_count() {
        let written: Vec<String> = [
            0.314,
            0.99,
            0.999,
            4.24,
            9.96,
            91.4,
            406.0,
            5_703.0,
            1_234_567.0,
        ]
        .into_iter()
        .map(two_digits)
        .collect();
        assert_eq!(
            written,
            [
                "0.31",
                "0.99",
                "1.0",
                "4.2",
                "10",
                "91",
                "410",
                "5,700",
                "1,200,000"
            ]
        );
        assert_eq!(time(27.68), "27.7 ns");
        assert_eq!(time(999.9), "1.00 µs");
        assert_eq!(time(20_800_000.0), "20.8 ms");
        assert_eq!(time(6.003e9), "6.00 s");
        assert_eq!(time(0.4), "0.40 ns");
        assert_eq!(bytes(8_700_000), "8.30 MiB");
        assert_eq!(bytes(2_048), "2.00 KiB");
    }
}

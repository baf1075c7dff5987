//! Takes time: a median over passes through all questions, or over single samples.

use std::time::{Duration, Instant};

use crate::limits::Limits;

/// What one operation took.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Timing {
    /// The median, in ns for one question: over passes, or over samples.
    pub(crate) median: f64,
    /// The mean over everything that was timed, in ns for one question.
    pub(crate) mean: f64,
    /// The first pass alone, in ns for one question: nothing was warm.
    pub(crate) first: f64,
    /// How many of the questions were asked.
    pub(crate) asked: usize,
    /// How many questions there are.
    pub(crate) questions: usize,
    /// How often they were asked.
    pub(crate) passes: usize,
    /// How many answers were wrong, over all passes.
    pub(crate) wrong: usize,
}

/// The size of a chunk is doubled until one takes this long; the clock is read between chunks.
const CHUNK: Duration = Duration::from_millis(1);

/// Asks all questions over and over; `ask` says whether the answer was right.
///
/// Returns `None` when there is nothing to ask.
pub(crate) fn passes<Q>(
    questions: &[Q],
    limits: Limits,
    mut ask: impl FnMut(&Q) -> bool,
) -> Option<Timing> {
    if questions.is_empty() {
        return None;
    }
    let start = Instant::now();
    let mut wrong = 0;
    let mut chunk = 1;
    let mut costs: Vec<f64> = Vec::new();
    let mut asked_first = 0;
    loop {
        let pass = Instant::now();
        let mut asked = 0;
        while asked < questions.len() && (start.elapsed() < limits.budget || asked == 0) {
            let begin = Instant::now();
            let end = questions.len().min(asked + chunk);
            wrong += questions[asked..end].iter().filter(|q| !ask(q)).count();
            asked = end;
            if begin.elapsed() < CHUNK {
                chunk = (chunk * 2).min(questions.len());
            }
        }
        if costs.is_empty() {
            asked_first = asked;
        }
        if asked == questions.len() || costs.is_empty() {
            costs.push(nanoseconds(pass.elapsed()) / as_float(asked));
        }
        let over = start.elapsed();
        if over >= limits.budget || (over >= limits.enough && costs.len() >= Limits::FEWEST_PASSES)
        {
            break;
        }
    }
    timing(costs, asked_first, questions.len(), wrong)
}

/// Asks all questions and times each alone; `ask` says whether the answers were right.
///
/// The median is over single samples, and the mean beside it shows what a few dear ones cost.
pub(crate) fn samples<Q>(
    questions: &[Q],
    limits: Limits,
    mut ask: impl FnMut(&Q) -> bool,
) -> Option<Timing> {
    let start = Instant::now();
    let mut wrong = 0;
    let mut costs: Vec<f64> = Vec::new();
    let mut passes = 0;
    loop {
        for question in questions {
            if passes + costs.len() > 0 && start.elapsed() >= limits.budget {
                break;
            }
            let begin = Instant::now();
            let right = ask(question);
            costs.push(nanoseconds(begin.elapsed()));
            wrong += usize::from(!right);
        }
        passes += 1;
        let over = start.elapsed();
        if over >= limits.budget || (over >= limits.enough && passes >= 2) {
            break;
        }
    }
    let asked = costs.len().min(questions.len());
    let first = mean(costs.get(..asked)?);
    let timed = timing(costs, asked, questions.len(), wrong)?;
    Some(Timing {
        first,
        passes,
        ..timed
    })
}

/// Does the same work over and over; `work` returns how long each part of it took.
pub(crate) fn repeats<const PARTS: usize>(
    limits: Limits,
    mut work: impl FnMut() -> [Duration; PARTS],
) -> [Option<Timing>; PARTS] {
    let start = Instant::now();
    let mut costs = [const { Vec::new() }; PARTS];
    loop {
        for (costs, took) in costs.iter_mut().zip(work()) {
            costs.push(nanoseconds(took));
        }
        let over = start.elapsed();
        let runs = costs.iter().map(Vec::len).max().unwrap_or_default();
        if over >= limits.budget || (over >= limits.enough && runs >= Limits::FEWEST_PASSES) {
            break;
        }
    }
    costs.map(|costs| timing(costs, 1, 1, 0))
}

fn timing(costs: Vec<f64>, asked: usize, questions: usize, wrong: usize) -> Option<Timing> {
    Some(Timing {
        first: *costs.first()?,
        mean: mean(&costs),
        passes: costs.len(),
        median: median(costs)?,
        asked,
        questions,
        wrong,
    })
}

/// Returns a duration in ns.
fn nanoseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e9
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / as_float(values.len())
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of questions are far below 2^52"
)]
pub(crate) fn as_float(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{median, passes, repeats, samples};
    use crate::limits::Limits;

    const SHORT: Limits = Limits {
        enough: Duration::from_millis(1),
        budget: Duration::from_millis(20),
    };

    #[test]
    fn every_question_is_asked_and_every_wrong_answer_counted() {
        let questions: Vec<u32> = (0..1_000).collect();
        let timing = passes(&questions, SHORT, |q| q % 10 != 0).unwrap();
        assert_eq!((timing.asked, timing.questions), (1_000, 1_000));
        assert!(timing.passes >= 5);
        assert!(timing.wrong >= timing.passes * 100);
    }

    #[test]
    fn a_slow_pass_is_cut_short_and_says_how_far_it_came() {
        let questions = [(); 1_000];
        let timing = passes(&questions, SHORT, |()| {
            std::thread::sleep(Duration::from_millis(2));
            true
        })
        .unwrap();
        assert!(timing.asked >= 1 && timing.asked < 1_000);
        assert_eq!((timing.passes, timing.wrong), (1, 0));
        assert!(timing.median > 1e6);
    }

    #[test]
    fn samples_are_cut_short_too_and_no_question_is_no_timing() {
        let slow = |(): &()| {
            std::thread::sleep(Duration::from_millis(8));
            true
        };
        let timing = samples(&[(); 100], SHORT, slow).unwrap();
        assert!(timing.asked >= 1 && timing.asked < 100);
        assert_eq!(samples(&[], SHORT, slow), None);
        assert_eq!(passes(&[], SHORT, slow), None);
    }

    #[test]
    fn the_median_of_repeated_work_ignores_one_slow_run() {
        let mut runs = 0;
        let [timing] = repeats(SHORT, || {
            runs += 1;
            [Duration::from_nanos(if runs == 1 { 1_000 } else { 10 })]
        });
        let timing = timing.unwrap();
        assert!((timing.median - 10.0).abs() < 1e-6 && (timing.first - 1_000.0).abs() < 1e-6);
        assert_eq!(median(vec![3.0, 1.0, 2.0]), Some(2.0));
    }
}

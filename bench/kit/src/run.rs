//! Times every operation of a peer, in the order that keeps it whole for the next.

use std::hint::black_box;
use std::process::ExitCode;
use std::time::Instant;

use crate::arguments::{Arguments, Count};
use crate::input::{InputError, Links, Names};
use crate::limits::Limits;
use crate::memory;
use crate::operation::Operation;
use crate::peer::Peer;
use crate::questions::{Edit, Questions};
use crate::report::{Outcome, Report};
use crate::timing::{Timing, as_float, passes, repeats, samples};

/// Runs a program: its line on standard output, or what is wrong on standard error.
pub(crate) fn to_exit_code(
    program: impl FnOnce(&Arguments) -> Result<String, InputError>,
) -> ExitCode {
    let arguments = Arguments::parse(std::env::args().skip(1));
    match arguments.and_then(|arguments| program(&arguments)) {
        Ok(line) => {
            println!("{line}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Times a peer, or counts for it, as the arguments say.
pub(crate) fn time<P: Peer>(arguments: &Arguments) -> Result<String, InputError> {
    let links = Links::read(&arguments.links)?;
    if let Some(reason) = P::refuses(&links) {
        let skipped = |operation| (operation, Outcome::Skipped(reason.clone()));
        let report = Report {
            peer: P::NAME,
            links: &links,
            outcomes: Operation::ALL.into_iter().map(skipped).collect(),
            peak_kib: None,
        };
        return Ok(report.line());
    }
    let names = Names::of(&links);
    let source = P::source(&links, &names);
    let questions = Questions::<P>::read(&arguments.queries, &source, &names)?;
    if let Some(count) = arguments.count {
        return Ok(counted(&source, &questions, count));
    }
    let mut course = Course::<P> {
        links: &links,
        names: &names,
        source: &source,
        questions: &questions,
        limits: arguments.limits(),
        started: Instant::now(),
        said: Instant::now(),
        outcomes: Vec::new(),
    };
    let peak_kib = course.run();
    Ok(course.report(peak_kib).line())
}

/// One peer on one workload, and what is known so far.
struct Course<'a, P: Peer> {
    links: &'a Links,
    names: &'a Names,
    source: &'a P::Source,
    questions: &'a Questions<P>,
    limits: Limits,
    started: Instant,
    /// When the last line was printed.
    said: Instant,
    outcomes: Vec<(Operation, Outcome)>,
}

impl<P: Peer> Course<'_, P> {
    /// Runs everything; returns the peak of memory before what is built a second time.
    fn run(&mut self) -> Option<u64> {
        let mut peer = self.build();
        let (questions, limits) = (self.questions, self.limits);
        for operation in [
            Operation::IsMember,
            Operation::IsMemberByName,
            Operation::GroupsOf,
            Operation::UsersOf,
            Operation::CycleCheck,
        ] {
            self.note(operation, || asked(&mut peer, questions, operation, limits));
        }
        let alone = self.median_of(Operation::IsMember);
        self.note(Operation::IsMemberTwoThreads, || {
            on_two_threads(&peer, questions, limits, alone?)
        });
        self.note(Operation::EditUser, || {
            let edits = &questions.edits_of_users;
            samples(edits, limits, |edit| edit_user(&mut peer, edit, in_place)).map(for_one_edit)
        });
        self.note(Operation::EditGroup, || {
            let edits = &questions.edits_of_groups;
            samples(edits, limits, |edit| edit_group(&mut peer, edit, in_place)).map(for_one_edit)
        });
        self.note(Operation::IsMemberAfterEdits, || {
            let once = Limits {
                enough: limits.budget,
                ..limits
            };
            let timing = passes(&questions.members, once, |q| {
                peer.is_member(&q.user, &q.group) == q.yes
            })?;
            Some(Timing {
                median: timing.first,
                mean: timing.first,
                passes: 1,
                ..timing
            })
        });
        self.note(Operation::EditUserShared, || {
            let edits = &questions.edits_of_users;
            samples(edits, limits, |edit| edit_user(&mut peer, edit, P::share)).map(for_one_edit)
        });
        self.note(Operation::EditGroupShared, || {
            let edits = &questions.edits_of_groups;
            samples(edits, limits, |edit| edit_group(&mut peer, edit, P::share)).map(for_one_edit)
        });
        let peak_kib = memory::peak_kib();
        drop(peer);
        self.note(Operation::BuildFromNames, || {
            let [timing] = repeats(limits, || {
                let start = Instant::now();
                let peer = P::build(&P::source(self.links, self.names));
                let took = start.elapsed();
                drop(black_box(peer));
                [took]
            });
            timing
        });
        peak_kib
    }

    /// Builds over and over, keeps the last one, and notes both times.
    fn build(&mut self) -> P {
        let mut kept = None;
        let first = self.questions.members.first();
        let [build, answer] = repeats(self.limits, || {
            drop(kept.take());
            let start = Instant::now();
            let mut peer = P::build(self.source);
            let built = start.elapsed();
            if let Some(question) = first {
                black_box(peer.is_member(&question.user, &question.group));
            }
            let answered = start.elapsed();
            kept = Some(peer);
            [built, answered]
        });
        self.note(Operation::Build, || build);
        self.note(Operation::FirstAnswer, || answer);
        kept.unwrap_or_else(|| P::build(self.source))
    }

    /// Returns the median of what was timed before, in ns.
    fn median_of(&self, operation: Operation) -> Option<f64> {
        self.outcomes
            .iter()
            .find_map(|(noted, outcome)| match outcome {
                Outcome::Timed(timing) if *noted == operation => Some(timing.median),
                _ => None,
            })
    }

    /// Notes what `measure` finds, unless the peer leaves the operation out or the time is over.
    fn note(&mut self, operation: Operation, measure: impl FnOnce() -> Option<Timing>) {
        let outcome = match P::leaves_out(operation) {
            Some(reason) => Outcome::Skipped(reason.to_owned()),
            None if self.started.elapsed() > Limits::WHOLE => Outcome::Skipped(format!(
                "the operations before it took more than {} s",
                Limits::WHOLE.as_secs()
            )),
            None => measure().map_or_else(
                || Outcome::Skipped("the workload asks nothing of this kind".to_owned()),
                Outcome::Timed,
            ),
        };
        self.outcomes.push((operation, outcome));
        if self.said.elapsed() > Limits::SILENT {
            println!("{}", self.report(memory::peak_kib()).line());
            self.said = Instant::now();
        }
    }

    /// Returns what is known so far; who is ended early has at least said this.
    fn report(&self, peak_kib: Option<u64>) -> Report<'_> {
        let mut outcomes = self.outcomes.clone();
        let place = |operation| Operation::ALL.iter().position(|one| *one == operation);
        outcomes.sort_by_key(|(operation, _)| place(*operation));
        Report {
            peer: P::NAME,
            links: self.links,
            outcomes,
            peak_kib,
        }
    }
}

/// Times questions that change nothing.
fn asked<P: Peer>(
    peer: &mut P,
    questions: &Questions<P>,
    operation: Operation,
    limits: Limits,
) -> Option<Timing> {
    match operation {
        Operation::IsMember => passes(&questions.members, limits, |q| {
            peer.is_member(&q.user, &q.group) == q.yes
        }),
        Operation::IsMemberByName => passes(&questions.members_by_name, limits, |q| {
            peer.is_member_by_name(&q.user, &q.group) == q.yes
        }),
        Operation::GroupsOf => passes(&questions.groups_of, limits, |(user, count)| {
            peer.groups_of(user) == *count
        }),
        Operation::UsersOf => passes(&questions.users_of, limits, |(group, count)| {
            peer.users_of(group) == *count
        }),
        Operation::CycleCheck => passes(&questions.cycles, limits, |q| {
            peer.closes_cycle(&q.first, &q.second) == q.right
        }),
        _ => None,
    }
}

/// Times memberships asked by two threads at once, each asking the same questions several times.
///
/// `alone` is what one question takes one thread: it says how many questions fill the time that makes
/// starting the threads unimportant, and how many would take too much of the budget.
fn on_two_threads<P: Peer>(
    peer: &P,
    questions: &Questions<P>,
    limits: Limits,
    alone: f64,
) -> Option<Timing> {
    const FILLS: f64 = 5e6;
    let all = questions.members.len();
    let pass = alone * as_float(all);
    let part = (limits.budget.as_secs_f64() * 1e9 / 4.0 / pass).min(1.0);
    let asked = at_least_one(as_float(all) * part).min(all);
    let times = at_least_one(FILLS / pass).min(64);
    let members = questions.members.get(..asked)?;
    let mut wrong = 0;
    let [timing] = repeats(limits, || {
        let start = Instant::now();
        wrong += peer.ask_on_threads(members, 2, times).unwrap_or(1);
        [start.elapsed()]
    });
    Some(Timing {
        asked,
        questions: all,
        wrong,
        ..for_one_of(timing?, asked * times)
    })
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a count of questions is small and positive"
)]
fn at_least_one(count: f64) -> usize {
    count.max(1.0) as usize
}

/// Nobody else looks while the edit is made.
fn in_place<P>(_peer: &mut P) {}

/// Puts, asks, takes, asks, with `first` before each edit; says whether both answers were right.
fn edit_user<P: Peer>(peer: &mut P, edit: &Edit<P::User, P>, first: impl Fn(&mut P)) -> bool {
    first(peer);
    peer.put_user(&edit.member, &edit.group);
    let put = peer.is_member(&edit.user, &edit.asked) == edit.yes_after_putting;
    first(peer);
    peer.take_user(&edit.member, &edit.group);
    let taken = peer.is_member(&edit.user, &edit.asked) == edit.yes_after_taking;
    put && taken
}

/// Puts, asks, takes, asks, with `first` before each edit; says whether both answers were right.
fn edit_group<P: Peer>(peer: &mut P, edit: &Edit<P::Group, P>, first: impl Fn(&mut P)) -> bool {
    first(peer);
    peer.put_group(&edit.member, &edit.group);
    let put = peer.is_member(&edit.user, &edit.asked) == edit.yes_after_putting;
    first(peer);
    peer.take_group(&edit.member, &edit.group);
    let taken = peer.is_member(&edit.user, &edit.asked) == edit.yes_after_taking;
    put && taken
}

/// A sample is two edits with a question each; a timing speaks of one.
fn for_one_edit(timing: Timing) -> Timing {
    for_one_of(timing, 2)
}

fn for_one_of(timing: Timing, together: usize) -> Timing {
    let share = 1.0 / as_float(together);
    Timing {
        median: timing.median * share,
        mean: timing.mean * share,
        first: timing.first * share,
        ..timing
    }
}

/// Asks all questions of the kind a few times, until all that is made on demand is there, then
/// `count.times` times more.
///
/// Two runs with different numbers differ by the cost of the questions alone.
fn counted<P: Peer>(source: &P::Source, all: &Questions<P>, count: Count) -> String {
    let mut peer = P::build(source);
    let times = count.times;
    let (wrong, questions) = match count.operation {
        Operation::IsMember => again(times, &all.members, |q| {
            peer.is_member(&q.user, &q.group) == q.yes
        }),
        Operation::IsMemberByName => again(times, &all.members_by_name, |q| {
            peer.is_member_by_name(&q.user, &q.group) == q.yes
        }),
        Operation::GroupsOf => again(times, &all.groups_of, |(user, right)| {
            peer.groups_of(user) == *right
        }),
        Operation::UsersOf => again(times, &all.users_of, |(group, right)| {
            peer.users_of(group) == *right
        }),
        Operation::CycleCheck => again(times, &all.cycles, |q| {
            peer.closes_cycle(&q.first, &q.second) == q.right
        }),
        Operation::EditUser => again(times, &all.edits_of_users, |edit| {
            edit_user(&mut peer, edit, in_place)
        }),
        Operation::EditGroup => again(times, &all.edits_of_groups, |edit| {
            edit_group(&mut peer, edit, in_place)
        }),
        _ => again(times, &[()], |()| {
            drop(black_box(P::build(source)));
            true
        }),
    };
    serde_json::json!({ "peer": P::NAME, "questions": questions, "wrong": wrong }).to_string()
}

/// What an implementation makes on demand it makes in one of the first questions.
const WARM_UP: usize = 4;

/// Asks all questions [`WARM_UP`] times and `times` times more; returns how many answers were wrong,
/// and how many questions there are.
fn again<Q>(times: usize, questions: &[Q], mut ask: impl FnMut(&Q) -> bool) -> (usize, usize) {
    let mut wrong = 0;
    for _ in 0..WARM_UP.saturating_add(times) {
        wrong += questions.iter().filter(|question| !ask(question)).count();
    }
    (wrong, questions.len())
}

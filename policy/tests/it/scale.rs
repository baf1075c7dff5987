//! Shapes far beyond 4D's maximum, in the small stack of a debug test thread.

use guichet_core::{
    AccessArea, Directory, DirectoryBuilder, Grantee, GroupHandle, GroupName, Membership as _,
    Mode, Options, UserHandle, UserName,
};
use guichet_policy::suite::{Case, Suite, Today};
use guichet_policy::{Access, ChainCount, Closure, Policy, Reason, RemovalProof};

use crate::support::sketch::control;

const DEEP: usize = 32_000;
const WIDE: usize = 100_000;

fn groups(builder: &mut DirectoryBuilder, count: usize) -> Vec<GroupHandle> {
    (0..count)
        .map(|n| builder.group(GroupName::from_stored(format!("g{n}"))))
        .collect()
}

/// A chain in which each group holds the next one, and the last one holds a user.
fn chain() -> (DirectoryBuilder, UserHandle, Vec<GroupHandle>) {
    let mut builder = DirectoryBuilder::new();
    control(&mut builder);
    let user = builder.user(UserName::from_stored("Ann"));
    let groups = groups(&mut builder, DEEP);
    for (n, group) in groups.iter().enumerate().take(DEEP - 1) {
        builder.members_of(*group).group(&format!("g{}", n + 1));
    }
    builder.members_of(groups[DEEP - 1]).user("Ann");
    (builder, user, groups)
}

fn server(directory: Directory) -> Policy {
    Policy::new(directory, Mode::Server, Options::default())
}

#[test]
fn a_chain_of_32_000_groups_answers() {
    let (mut builder, user, groups) = chain();
    builder.grant_area(&AccessArea::Design, &Grantee::parse("g0"));
    let policy = server(builder.finish());
    let closure = policy.closure();
    assert_eq!(closure.groups_of_user(user), groups);
    assert_eq!(closure.users_of_group(groups[0]), [user]);
    assert_eq!(closure.nested_groups(groups[0]).len(), DEEP - 1);
    assert_eq!(closure.containers(groups[DEEP - 1]).len(), DEEP - 1);
    assert!(closure.cycles().is_empty());
    let path = closure.membership_path(user, groups[0]).unwrap();
    assert!(path.iter().eq(groups.iter().rev()));
    assert_eq!(
        policy.check(user, &Access::Design).unwrap().reason(),
        Reason::Member
    );
    assert_eq!(
        policy.explain(user, &Access::Design).unwrap().paths.count(),
        ChainCount::Exactly(1)
    );
    let designer = policy.directory().designer();
    assert_eq!(
        policy.who_can(&Access::Design).unwrap().users,
        [designer, user]
    );
    let administrator = policy.directory().administrator();
    let denied = policy.explain(administrator, &Access::Design).unwrap();
    assert_eq!(denied.would_allow, groups);
    let ring = closure
        .chain_closed_by(groups[DEEP - 1], groups[0])
        .unwrap();
    assert_eq!(ring.groups().len(), DEEP);
}

#[test]
fn a_ring_of_32_000_groups_answers() {
    let (mut builder, user, groups) = chain();
    builder.members_of(groups[DEEP - 1]).group("g0");
    let closure = Closure::new(builder.finish());
    let cycles = closure.cycles();
    assert_eq!(cycles.len(), 1);
    assert_eq!(cycles[0].groups(), groups);
    assert_eq!(cycles[0].chain().edges().count(), DEEP);
    assert_eq!(closure.groups_of_user(user), groups);
    assert_eq!(closure.nested_groups(groups[7]).len(), DEEP - 1);
}

/// With a user in each of 32 000 groups there are too many pairs to count what a cut takes.
#[test]
fn a_ring_of_32_000_groups_is_cut_and_its_price_counted_only_for_few_users() {
    for (others, proof, counted) in [
        (0, RemovalProof::Cheapest, Some(0)),
        (DEEP - 1, RemovalProof::Smallest, None),
    ] {
        let (mut builder, _, groups) = chain();
        builder.members_of(groups[DEEP - 1]).group("g0");
        for (n, group) in groups.iter().enumerate().take(others) {
            builder.user(UserName::from_stored(format!("u{n}")));
            builder.members_of(*group).user(&format!("u{n}"));
        }
        let closure = Closure::new(builder.finish());
        let cut = closure.cheapest_removals(&closure.cycles()).remove(0);
        assert_eq!(cut.proof, proof);
        let [membership] = cut.memberships.as_slice() else {
            panic!("one is enough");
        };
        assert_eq!(
            (membership.container, membership.nested),
            (groups[DEEP - 1], groups[0])
        );
        assert_eq!(membership.lost, counted);
    }
}

/// Each group holds the one before it in the file, and the last two hold one another.
#[test]
fn a_suite_of_today_asks_once_above_a_chain_of_32_000_groups() {
    let mut builder = DirectoryBuilder::new();
    control(&mut builder);
    let groups = groups(&mut builder, DEEP);
    for (n, group) in groups.iter().enumerate().skip(1) {
        builder.members_of(*group).group(&format!("g{}", n - 1));
    }
    builder
        .members_of(groups[DEEP - 2])
        .group(&format!("g{}", DEEP - 1));
    let suite = Suite::from_today(&server(builder.finish()), Today::Accesses);
    let titles: Vec<String> = suite.cases.iter().map(Case::title).collect();
    assert_eq!(titles, ["who can: administration", "who can: group:g31998"]);
}

#[test]
fn a_group_that_holds_100_000_groups_answers() {
    let mut builder = DirectoryBuilder::new();
    let ann = builder.user(UserName::from_stored("Ann"));
    let groups = groups(&mut builder, WIDE + 1);
    let mut top = builder.members_of(groups[0]);
    for n in 1..=WIDE {
        top.group(&format!("g{n}"));
    }
    for group in &groups[1..] {
        builder.members_of(*group).user("Ann");
    }
    let closure = Closure::new(builder.finish());
    assert_eq!(closure.groups_of_user(ann), groups);
    assert_eq!(closure.users_of_group(groups[0]), [ann]);
    assert_eq!(closure.nested_groups(groups[0]).len(), WIDE);
    assert_eq!(
        closure.all_shortest_paths(ann, groups[0]).count(),
        ChainCount::Exactly(WIDE as u64)
    );
}

#[test]
fn more_chains_than_can_be_counted_are_still_made_one_by_one() {
    const LAYERS: usize = 12;
    const WIDTH: usize = 60;
    let mut builder = DirectoryBuilder::new();
    let ann = builder.user(UserName::from_stored("Ann"));
    let groups = groups(&mut builder, LAYERS * WIDTH);
    for (n, group) in groups.iter().enumerate() {
        let below = (n / WIDTH + 1) * WIDTH;
        let mut members = builder.members_of(*group);
        if below == groups.len() {
            members.user("Ann");
        } else {
            (below..below + WIDTH).for_each(|nested| _ = members.group(&format!("g{nested}")));
        }
    }
    let closure = Closure::new(builder.finish());
    let paths = closure.all_shortest_paths(ann, groups[0]);
    assert_eq!(paths.count(), ChainCount::More); // 60¹¹ is above 2⁶⁴
    assert_eq!(paths.count().to_string(), "more than 18446744073709551615");
    let first: Vec<_> = paths.iter().take(1_000).collect();
    assert_eq!(first.len(), 1_000);
    assert!(first.iter().all(|path| path.groups().len() == LAYERS));
}

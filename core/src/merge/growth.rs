//! A merge grows with what is merged and no faster.

use crate::area::{AccessArea, SqlRight};
use crate::builder::DirectoryBuilder;
use crate::directory::Directory;
use crate::grantee::Grantee;
use crate::name::{GroupName, SchemaName, UserName};
use crate::plugin::PluginKey;
use crate::steps::assert_linear;

use super::merge;

/// Group `A`, `B` and what an edit adds.
fn directory(edit: impl FnOnce(&mut DirectoryBuilder)) -> Directory {
    let mut builder = DirectoryBuilder::new();
    for name in ["A", "B"] {
        builder.group(GroupName::from_stored(name));
    }
    edit(&mut builder);
    builder.finish()
}

fn schemas(count: usize, grantee: &str) -> Directory {
    directory(|builder| {
        for number in 0..count {
            let area = AccessArea::Sql {
                schema: SchemaName::from_stored(format!("schema {number}")),
                right: SqlRight::Read,
            };
            builder.grant_area(&area, &Grantee::parse(grantee));
        }
    })
}

fn plugins(count: usize, grantee: &str) -> Directory {
    directory(|builder| {
        for number in 0..count {
            let plugin = PluginKey::from_stored(format!("plug-in {number}"));
            builder.grant_plugin(&plugin, &Grantee::parse(grantee));
        }
    })
}

/// `count` groups of a name, each with a user of its own and in it some groups by number.
fn groups(
    count: usize,
    name: impl Fn(usize) -> String,
    nested: impl Fn(usize) -> Vec<usize>,
) -> Directory {
    directory(|builder| {
        let handles: Vec<_> = (0..count)
            .map(|number| {
                builder.user(UserName::from_stored(format!("user {number}")));
                builder.group(GroupName::from_stored(name(number)))
            })
            .collect();
        for (number, group) in handles.into_iter().enumerate() {
            let mut members = builder.members_of(group);
            members.user(&format!("user {number}"));
            for nested in nested(number) {
                members.group(&name(nested));
            }
        }
    })
}

fn named(number: usize) -> String {
    format!("group {number:06}")
}

#[test]
fn schemas_that_both_sides_gave_away_conflict_in_linear_time() {
    assert_linear(100, |size| {
        let [base, ours, theirs] = ["*", "A", "B"].map(|grantee| schemas(size, grantee));
        assert_eq!(merge(&base, &ours, &theirs).conflicts().len(), size);
    });
}

#[test]
fn plug_ins_that_both_sides_gave_away_conflict_in_linear_time() {
    assert_linear(100, |size| {
        let [base, ours, theirs] = ["*", "A", "B"].map(|grantee| plugins(size, grantee));
        assert_eq!(merge(&base, &ours, &theirs).conflicts().len(), size);
    });
}

#[test]
fn names_that_both_sides_gave_away_conflict_in_linear_time() {
    assert_linear(100, |size| {
        let base = groups(size, named, |_| Vec::new());
        let theirs = groups(size, |number| format!("new {number}"), |_| Vec::new());
        let mut ours = DirectoryBuilder::new();
        for (_, user) in base.users().skip(2) {
            ours.user(user.name().clone());
        }
        for name in ["A", "B"] {
            ours.group(GroupName::from_stored(name));
        }
        for number in 0..size {
            let group = ours.group(GroupName::from_stored(named(number)));
            ours.members_of(group).user(&format!("user {number}"));
            ours.group(GroupName::from_stored(format!("NEW {number}")));
        }
        let merge = merge(&base, &ours.finish(), &theirs);
        assert_eq!(merge.conflicts().len(), size);
    });
}

#[test]
fn many_groups_that_would_contain_their_container_are_left_out_in_linear_time() {
    assert_linear(100, |size| {
        let base = groups(size, named, |_| Vec::new());
        let ours = groups(
            size,
            named,
            |number| if number == 0 { Vec::new() } else { vec![0] },
        );
        let theirs = groups(size, named, |number| {
            if number == 0 {
                (1..size).collect()
            } else {
                Vec::new()
            }
        });
        let merge = merge(&base, &ours, &theirs);
        assert_eq!(merge.conflicts().len(), 1);
        assert!(merge.difference().is_empty());
    });
}

#[test]
fn a_cycle_is_looked_for_among_its_own_groups_alone() {
    // Circles of three, each of whose groups contains the top of one long chain.
    assert_linear(99, |size| {
        let nested = |mine: &'static [usize]| {
            move |number: usize| {
                if number >= size {
                    return if number + 1 < 2 * size {
                        vec![number + 1]
                    } else {
                        Vec::new()
                    };
                }
                let next = if number % 3 == 2 {
                    number - 2
                } else {
                    number + 1
                };
                let mut nested = vec![size];
                nested.extend(mine.contains(&(number % 3)).then_some(next));
                nested
            }
        };
        let base = groups(2 * size, named, nested(&[]));
        let ours = groups(2 * size, named, nested(&[0, 1]));
        let theirs = groups(2 * size, named, nested(&[2]));
        assert_eq!(merge(&base, &ours, &theirs).conflicts().len(), size / 3);
    });
}

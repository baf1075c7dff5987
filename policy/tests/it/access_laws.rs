//! Laws that join the questions on random directories (decision D35).

use guichet_core::{AdministratorDesign, DesignerPlugins};
use guichet_core::{GroupHandle, Mode, Options};
use guichet_policy::{Access, Policy, Reason};
use proptest::prelude::*;

use crate::support::sketch::{Built, granted};

fn options() -> impl Strategy<Value = Options> {
    let design = prop_oneof![
        Just(AdministratorDesign::ByGroup),
        Just(AdministratorDesign::Always),
    ];
    let plugins = prop_oneof![
        Just(DesignerPlugins::ByGroup),
        Just(DesignerPlugins::Always)
    ];
    (design, plugins).prop_map(|(administrator_design, designer_plugins)| Options {
        administrator_design,
        designer_plugins,
        ..Options::default()
    })
}

fn modes() -> impl Strategy<Value = Mode> {
    prop_oneof![1 => Just(Mode::SingleUser), 9 => Just(Mode::Server)]
}

/// Every access of the directory and membership of each of its groups.
fn all_accesses(policy: &Policy) -> Vec<Access> {
    let groups = policy
        .directory()
        .groups()
        .map(|(group, _)| Access::Group(group));
    policy.accesses().into_iter().chain(groups).collect()
}

proptest! {
    #[test]
    fn who_can_is_check_over_every_user(
        granted in granted(),
        mode in modes(),
        options in options(),
    ) {
        let policy = Policy::new(granted.build().directory, mode, options);
        for access in all_accesses(&policy) {
            let allowed: Vec<_> = (policy.directory().users())
                .map(|(user, _)| user)
                .filter(|user| policy.check(*user, &access).unwrap().allowed())
                .collect();
            prop_assert_eq!(policy.who_can(&access).unwrap().users, allowed, "{:?}", access);
        }
    }

    #[test]
    fn what_can_is_check_over_every_access(
        granted in granted(),
        mode in modes(),
        options in options(),
    ) {
        let policy = Policy::new(granted.build().directory, mode, options);
        for (user, _) in policy.directory().users() {
            let checked: Vec<_> = (policy.accesses().into_iter())
                .map(|access| (access.clone(), policy.check(user, &access).unwrap()))
                .collect();
            prop_assert_eq!(policy.what_can(user), checked);
        }
    }

    #[test]
    fn a_group_access_is_membership_and_the_designer_passes(granted in granted()) {
        let Built { directory, .. } = granted.build();
        let policy = Policy::new(directory, Mode::Server, Options::default());
        let uncontrolled = [Reason::SingleUser, Reason::AccessControlOff];
        for (group, _) in policy.directory().groups() {
            let members = policy.closure().users_of_group(group);
            for (user, _) in policy.directory().users() {
                let decision = policy.check(user, &Access::Group(group)).unwrap();
                if !uncontrolled.contains(&decision.reason()) {
                    let member = members.contains(&user);
                    prop_assert_eq!(decision.reason() == Reason::Member, member);
                    let designer = user == policy.directory().designer();
                    prop_assert_eq!(decision.allowed(), member || designer);
                }
            }
        }
    }

    #[test]
    fn an_explanation_agrees_with_its_decision(
        granted in granted(),
        mode in modes(),
        options in options(),
    ) {
        let policy = Policy::new(granted.build().directory, mode, options);
        for access in all_accesses(&policy) {
            for (user, _) in policy.directory().users() {
                let explanation = policy.explain(user, &access).unwrap();
                let decision = policy.check(user, &access).unwrap();
                prop_assert_eq!(explanation.paths.first(), decision.path().cloned());
                prop_assert_eq!(&explanation.grantees, &policy.grantees(&access).unwrap());
                let could = decision.reason() == Reason::NotMember;
                prop_assert_eq!(!explanation.would_allow.is_empty(), could);
                prop_assert_eq!(explanation.decision, decision);
            }
        }
    }

    #[test]
    fn exactly_the_groups_named_would_allow_a_denied_user(granted in granted()) {
        let Built { directory, users, groups } = granted.build();
        let policy = Policy::new(directory, Mode::Server, Options::default());
        for (user_position, user) in users.iter().enumerate() {
            for (position, group) in groups.iter().enumerate() {
                let placed = granted.placing(position, user_position).build().directory;
                let placed = Policy::new(placed, Mode::Server, Options::default());
                for access in all_accesses(&policy) {
                    let explanation = policy.explain(*user, &access).unwrap();
                    if !explanation.decision.allowed() {
                        let named = explanation.would_allow.contains(group);
                        prop_assert_eq!(placed.check(*user, &access).unwrap().allowed(), named);
                    }
                }
            }
        }
    }

    #[test]
    fn a_nearest_miss_leads_from_a_group_of_the_user_down_to_a_granted_one(granted in granted()) {
        let Built { directory, .. } = granted.build();
        let policy = Policy::new(directory, Mode::Server, Options::default());
        for access in all_accesses(&policy) {
            for (user, _) in policy.directory().users() {
                let explanation = policy.explain(user, &access).unwrap();
                let own = policy.closure().groups_of_user(user);
                let granted: Vec<_> = (explanation.grantees.iter())
                    .filter_map(|grantee| policy.directory().find_group(grantee.as_text()))
                    .collect();
                let contains_a_granted_one = |group: &GroupHandle| {
                    let nested = policy.closure().nested_groups(*group);
                    granted.iter().any(|granted| nested.contains(granted))
                };
                let Some(miss) = &explanation.nearest_miss else {
                    let denied = explanation.decision.reason() == Reason::NotMember;
                    prop_assert!(!denied || !own.iter().any(contains_a_granted_one));
                    continue;
                };
                let chain = miss.chain();
                prop_assert!(own.contains(&chain[0]));
                prop_assert!(granted.contains(&chain[chain.len() - 1]));
                for pair in chain.windows(2) {
                    let container = policy.directory().group(pair[0]).unwrap();
                    prop_assert!(container.groups().contains(&pair[1]));
                }
            }
        }
    }
}

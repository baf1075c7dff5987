//! Merging users and their own properties.

use crate::compare::identities::UserKey;
use crate::compare::state::Account;
use crate::delta::Delta;

use super::conflict::ConflictKind;
use super::merger::{Merger, Presence};
use super::three_way::choose;

impl<'a> Merger<'a, '_> {
    pub(super) fn merge_users(&mut self) {
        for key in self.identities.users() {
            let sides = [&self.base, &self.ours.state, &self.theirs.state];
            let [base, ours, theirs] = sides.map(|state| state.user(key).copied());
            let presence = self.presence(base.as_ref(), ours, theirs, |made, picked| {
                made.about_user(key, picked)
            });
            let account = match presence {
                Presence::Absent => None,
                Presence::One(account) => Some(account),
                Presence::Both(ours, theirs) => Some(self.merge_account(key, base, ours, theirs)),
            };
            self.merged.set_user(key, account);
        }
    }

    fn merge_account(
        &mut self,
        key: UserKey,
        base: Option<Account<'a>>,
        ours: Account<'a>,
        theirs: Account<'a>,
    ) -> Account<'a> {
        // A user that both added began without a password and a startup method.
        let password = base.and_then(|base| base.password);
        let method = base.and_then(|base| base.startup_method);
        let name = choose(base.as_ref().map(|base| &base.name), ours.name, theirs.name);
        let password = choose(Some(&password), ours.password, theirs.password);
        let method = choose(Some(&method), ours.startup_method, theirs.startup_method);
        let mut disputed: Vec<fn(&Delta) -> bool> = Vec::new();
        let merged = Account {
            name: name.or_dispute(ours.name, || {
                disputed.push(|delta| matches!(delta, Delta::UserRenamed { .. }));
            }),
            password: password.or_dispute(ours.password, || {
                disputed.push(|delta| matches!(delta, Delta::PasswordChanged { .. }));
            }),
            startup_method: method.or_dispute(ours.startup_method, || {
                disputed.push(|delta| matches!(delta, Delta::StartupMethodChanged { .. }));
            }),
        };
        if base.is_none() && !disputed.is_empty() {
            disputed = vec![|delta| matches!(delta, Delta::UserAdded { .. })];
        }
        for picked in disputed {
            let ours = self.ours.about_user(key, picked);
            let theirs = self.theirs.about_user(key, picked);
            self.conflict(ConflictKind::BothChanged, ours, theirs);
        }
        merged
    }
}

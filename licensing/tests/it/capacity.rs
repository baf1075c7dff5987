//! Another product's capacity rule, row by row: without overage it is ours too.

use guichet_licensing::TakeOutcome;

use crate::support::Office;

/// Whether accounts that come one by one are all granted, when some hold a seat already.
pub(crate) fn all_granted(owned: u32, in_use: u32, asked: u32) -> bool {
    let mut office = Office::new("", &[], &[("write", owned.max(in_use))]);
    let names: Vec<String> = (0..in_use + asked).map(|n| format!("u{n}")).collect();
    let everyone = |_: &guichet_core::UserName, _: &guichet_core::PluginKey| {
        guichet_core::AdmissionReason::Everyone
    };
    let ask = |office: &mut Office, name: &String| {
        office.open(name, name);
        let write = crate::support::plugin("write");
        let id = crate::support::session(name);
        let at = crate::support::minute(0);
        office
            .ledger
            .take(&id, &write, &everyone, at)
            .unwrap()
            .outcome
    };
    let (holders, askers) = names.split_at(in_use as usize);
    for name in holders {
        assert_eq!(ask(&mut office, name), TakeOutcome::Granted);
    }
    let write = crate::support::plugin("write");
    let lowered = crate::support::seats(owned);
    office
        .ledger
        .entitle(&write, &lowered, crate::support::minute(0));
    let granted: Vec<bool> = askers
        .iter()
        .map(|name| ask(&mut office, name) == TakeOutcome::Granted)
        .collect();
    granted.into_iter().all(|granted| granted)
}

#[test]
fn a_request_is_granted_exactly_when_it_fits_what_is_owned() {
    for owned in 0..5 {
        for in_use in 0..6 {
            for asked in 1..4 {
                let fits = in_use + asked <= owned;
                assert_eq!(
                    all_granted(owned, in_use, asked),
                    fits,
                    "{in_use} of {owned} in use, {asked} more"
                );
            }
        }
    }
}

//! Decisions and seats admit the same accounts to the same plug-ins, for the same reason.

use guichet_core::{Mode, PluginKey};
use guichet_licensing::{Admission, Gate as _};
use guichet_policy::{Access, Policy};
use guichet_storage::json::Document;
use guichet_storage::{OptionsFile, decode};

use super::model::Model;
use super::names::same;
use super::random::Case;

/// Compares what policy and licensing say of every user and every plug-in of a directory.
pub(super) fn compare(case: &Case, model: &Model) {
    let options = OptionsFile::parse(case.options.toml().as_bytes()).unwrap();
    let document = Document::parse(case.directory.json().into_bytes()).unwrap();
    let directory = decode(&document, &options).unwrap().directory;
    let mode = if case.options.single_user {
        Mode::SingleUser
    } else {
        Mode::Server
    };
    let declared = options.plugins.iter().map(|plugin| plugin.key.clone());
    let policy = Policy::new(directory, mode, options.policies).with_plugins(declared);
    let admission = Admission::new(policy.directory(), policy.closure())
        .with_mode(mode)
        .with_options(&policy.options());
    for (place, (user, account)) in policy.directory().users().enumerate() {
        // A ledger knows accounts by name, and so of several of one name the first alone.
        let mut names = model.users.iter().map(|user| user.name.as_str());
        let first = names.position(|name| same(name, account.name().as_str()));
        let known = admission.account(user);
        assert_eq!(known.is_some(), first == Some(place), "{}", account.name());
        let Some(name) = known else { continue };
        for plugin in policy.plugins() {
            let decision = policy.check(user, &Access::Plugin(plugin.clone())).unwrap();
            let standing = admission.standing(name, plugin);
            let reason = decision.reason().as_str();
            assert_eq!(standing.as_str(), reason, "{name} {plugin}");
            assert_eq!(
                standing.is_admitted(),
                decision.allowed(),
                "{name} {plugin}"
            );
        }
    }
    let unknown = Access::Plugin(PluginKey::from_stored("wirte"));
    let designer = policy.directory().designer();
    assert!(policy.check(designer, &unknown).is_err());
}

//! Which rule lets an account in, in every mode.

use guichet_core::DesignerPlugins;
use guichet_core::{AdmissionReason, DirectoryBuilder, Grantee, GroupName, Mode, Options};
use guichet_licensing::{Admission, Gate as _};

use crate::support::{Naive, directory, plugin, user};

const GRANTS: &[(&str, &str)] = &[("write", "A"), ("view", ""), ("oci", "Gone"), ("web", "*")];

#[test]
fn every_standing_has_its_case() {
    let directory = directory("A: B; B: ann; C: bob", GRANTS);
    let naive = Naive(&directory);
    let gate = Admission::new(&directory, &naive);
    let cases = [
        ("ann", "write", AdmissionReason::Member),
        ("ANN", "write", AdmissionReason::Member),
        ("bob", "write", AdmissionReason::NotMember),
        ("Designer", "write", AdmissionReason::NotMember),
        ("Administrator", "write", AdmissionReason::NotMember),
        ("bob", "view", AdmissionReason::Nobody),
        ("bob", "oci", AdmissionReason::MissingGroup),
        ("bob", "web", AdmissionReason::Everyone),
        ("bob", "never granted", AdmissionReason::Everyone),
        ("gone", "web", AdmissionReason::UnknownUser),
    ];
    for (name, key, expected) in cases {
        assert_eq!(
            gate.standing(&user(name), &plugin(key)),
            expected,
            "{name} {key}"
        );
    }
    let path = gate.path(&user("ann"), &plugin("write")).unwrap();
    assert_eq!(
        path,
        [GroupName::from_stored("B"), GroupName::from_stored("A")]
    );
    assert_eq!(gate.path(&user("bob"), &plugin("write")), None);
    assert_eq!(gate.grantee(&plugin("write")), Some(Grantee::parse("A")));
}

#[test]
fn the_designer_passes_only_under_the_policy_that_says_so() {
    let directory = directory("A: ann", GRANTS);
    let naive = Naive(&directory);
    let options = Options {
        designer_plugins: DesignerPlugins::Always,
        ..Options::default()
    };
    let gate = Admission::new(&directory, &naive).with_options(&options);
    let standing = gate.standing(&user("Designer"), &plugin("view"));
    assert_eq!(standing, AdmissionReason::Designer);
    let standing = gate.standing(&user("ann"), &plugin("view"));
    assert_eq!(standing, AdmissionReason::Nobody);
}

#[test]
fn nothing_is_checked_in_single_user_4d_or_without_a_designer_password() {
    let controlled = directory("A: ann", GRANTS);
    let naive = Naive(&controlled);
    let gate = Admission::new(&controlled, &naive).with_mode(Mode::SingleUser);
    let standing = gate.standing(&user("anyone"), &plugin("view"));
    assert_eq!(standing, AdmissionReason::SingleUser);

    let open = DirectoryBuilder::new().finish();
    let naive = Naive(&open);
    let standing = Admission::new(&open, &naive).standing(&user("anyone"), &plugin("view"));
    assert_eq!(standing, AdmissionReason::AccessControlOff);
}

//! Every error as a person and a program read it: its code, its message, its advice.

use std::fmt::Write as _;

use guichet_core::{Diagnostic, PluginDeclaration, PluginNumber};
use guichet_licensing::script::ScriptError;
use guichet_licensing::{
    Entitlement, Flaw, Moment, PluginCatalogue, ReplayError, SeatOverflow, Sequence, SessionError,
    SessionId, Share, TraceError,
};

use crate::support::{plugin, session, user};

/// Tells a list of errors as the command line would.
fn told<'e>(errors: impl IntoIterator<Item = &'e dyn Diagnostic>) -> String {
    let mut text = String::new();
    for error in errors {
        let (severity, code) = (error.severity(), error.code());
        writeln!(text, "{severity}[{code}] {error}").unwrap();
        if let Some(help) = error.help() {
            writeln!(text, "    {help}").unwrap();
        }
    }
    text
}

fn all<E: Diagnostic>(errors: &[E]) -> impl Iterator<Item = &dyn Diagnostic> {
    errors.iter().map(|error| error as &dyn Diagnostic)
}

#[test]
fn declarations_that_make_no_catalogue() {
    let declared = |key: &str, number: Option<u32>, name: Option<&str>| PluginDeclaration {
        key: plugin(key),
        number: number.map(PluginNumber::new),
        name: name.map(str::to_owned),
        seats: None,
        grantee: None,
    };
    let lists = [
        [
            declared("barcode", None, None),
            declared("Barcode", None, None),
        ],
        [
            declared("barcode", Some(7), None),
            declared("qrcode", Some(7), None),
        ],
        [
            declared("barcode", None, Some("Codes")),
            declared("qrcode", None, Some("codes")),
        ],
        [
            declared("write", None, Some("Text")),
            declared("qrcode", None, None),
        ],
    ];
    let errors = lists.map(|list| PluginCatalogue::new(&list).unwrap_err());
    insta::assert_snapshot!(told(all(&errors)), @r"
    error[duplicate-plugin-key] plug-in `Barcode` is declared twice
        Keep one table `[plugins.Barcode]`; keys that differ only in case are the same.
    error[duplicate-plugin-number] plug-ins `barcode` and `qrcode` both have the number 7
        Give `[plugins.qrcode]` the number that its vendor documents.
    error[duplicate-plugin-name] plug-ins `barcode` and `qrcode` are both named `codes`
        Give `[plugins.qrcode]` another name.
    error[built-in-plugin] plug-in `write` is 4D's own; its number 808464697 and its name `4D Write` are fixed
        Remove `number` and `name` from `[plugins.write]`; `seats` may stay.
    ");
}

#[test]
fn texts_that_cannot_be_read() {
    let plugin = PluginCatalogue::default().resolve("wirte").unwrap_err();
    let entitlement = "5 seats".parse::<Entitlement>().unwrap_err();
    let moment = "yesterday".parse::<Moment>().unwrap_err();
    let share = "half".parse::<Share>().unwrap_err();
    let session = SessionId::new("two\nlines").unwrap_err();
    let errors: [&dyn Diagnostic; 6] = [
        &plugin,
        &entitlement,
        &moment,
        &share,
        &session,
        &SeatOverflow,
    ];
    insta::assert_snapshot!(told(errors), @r"
    error[unknown-plugin] no plug-in is named `wirte`
        Known plug-ins: web, soap, oci, write, view, odbcPro. A third party's is declared in guichet.toml as `[plugins.KEY]`.
    error[illegal-entitlement] `5 seats` is not an entitlement
        Write it as `none`, `5`, `unlimited` or `5 + 10 until 2027-01-31`.
    error[illegal-moment] `yesterday` is not a date and time
        Write it like 2026-11-21T14:05:00Z.
    error[illegal-share] `half` is not a share
        Write 0% to 100%, with at most four decimals, such as 2.5%.
    error[illegal-session-id] `two\nlines` cannot be the id of a session
        Choose 1 to 120 characters without control characters.
    error[seat-overflow] the seats add up to more than 4294967295
        Write 32767 for an unlimited number of seats.
    ");
}

fn already_open() -> SessionError {
    SessionError::AlreadyOpen {
        session: session("desk 7"),
    }
}

fn not_open() -> SessionError {
    SessionError::NotOpen {
        session: session("desk 7"),
    }
}

#[test]
fn requests_and_steps_about_the_wrong_session() {
    let requests = [already_open(), not_open()];
    let trace = TraceError {
        index: 2,
        cause: not_open(),
    };
    let unknown = PluginCatalogue::default().resolve("wirte").unwrap_err();
    let scripts = [
        ScriptError::Owned(unknown.clone()),
        ScriptError::Plugin {
            step: 2,
            cause: unknown,
        },
        ScriptError::Session {
            step: 2,
            cause: already_open(),
        },
        ScriptError::User {
            step: 2,
            user: user("Anna"),
        },
    ];
    let errors = all(&requests)
        .chain([&trace as &dyn Diagnostic])
        .chain(all(&scripts));
    insta::assert_snapshot!(told(errors), @r"
    error[session-already-open] session `desk 7` is already open
        Choose another id, or leave it out to get a new one.
    error[unknown-session] no session `desk 7` is open
        `guichet session list` lists the open sessions.
    error[illegal-trace] step 3 of the trace is impossible: no session `desk 7` is open
        Start the trace before its sessions open, and open each session before it asks.
    error[unknown-plugin] no plug-in is named `wirte`
        Known plug-ins: web, soap, oci, write, view, odbcPro. A third party's is declared in guichet.toml as `[plugins.KEY]`.
    error[unknown-plugin] step 3: no plug-in is named `wirte`
        Known plug-ins: web, soap, oci, write, view, odbcPro. A third party's is declared in guichet.toml as `[plugins.KEY]`.
    error[session-already-open] step 3: session `desk 7` is already open
        Open each session once, then ask for plug-ins, then close it.
    error[unknown-user] step 3: no user is named `Anna`
    ");
}

#[test]
fn events_that_cannot_be() {
    let flaws = [
        Flaw::Gap {
            expected: Sequence::new(7),
        },
        Flaw::SessionOpen(session("desk 7")),
        Flaw::SessionNotOpen(session("desk 7")),
        Flaw::OtherAccount(session("desk 7")),
        Flaw::HeldAlready,
        Flaw::NotHeld,
        Flaw::NoSeatFree,
        Flaw::RefusedWrongly,
        Flaw::NotLeft,
        Flaw::NotFreed,
    ];
    let errors = flaws.map(|flaw| ReplayError {
        sequence: Sequence::new(8),
        flaw,
    });
    let messages: Vec<String> = errors.iter().map(ToString::to_string).collect();
    let advice = told(all(errors.get(..1).unwrap()));
    insta::assert_snapshot!(format!("{advice}\n{}", messages.join("\n")), @r"
    error[ledger-damaged] event 8 is impossible: event 7 is missing
        Another program changed the ledger. Restore it from a backup, or move it aside and start a new one: its sessions then have to be opened again.

    event 8 is impossible: event 7 is missing
    event 8 is impossible: session `desk 7` is already open
    event 8 is impossible: session `desk 7` is not open
    event 8 is impossible: session `desk 7` belongs to another account
    event 8 is impossible: the account already has a seat
    event 8 is impossible: the account has no seat
    event 8 is impossible: every owned seat is in use
    event 8 is impossible: the reason of the refusal does not apply
    event 8 is impossible: no session has just released this seat
    event 8 is impossible: a released seat must be freed first
    ");
}

#[cfg(feature = "import")]
#[test]
fn results_of_4d_that_cannot_be_read() {
    use guichet_licensing::import::{LicenceInfo, UsageImport};

    let infos = [
        "",
        "{\n  \"products\": [\n",
        r#"{"products": []} and more"#,
        "null",
        "[]",
        r#"{"name": "4D Server"}"#,
        r#"{"products": [{"name": "4D Write"}]}"#,
        r#"{"products": ["4D Write"]}"#,
        r#"{"products": [{"id": "808464697"}]}"#,
        r#"{"products": [{"id": 1, "rights": [{"count": 1, "expirationDate": {"day": 31, "month": 2, "year": 2027}}]}]}"#,
        r#"{"products": [{"id": 1, "rights": [{"count": 4294967295}, {"count": 1}]}]}"#,
    ];
    let mut errors: Vec<_> = infos
        .iter()
        .map(|json| LicenceInfo::from_json(json).unwrap_err())
        .collect();
    let usages = [
        r#"{"products": []}"#,
        r#"[{"productId": 1, "time": "yesterday"}]"#,
        r#"[{"productId": 1, "time": "2026-11-20T09:20:00Z", "session": {"ID": []}}]"#,
        r#"[{"productId": 1, "time": "2026-11-20T09:20:00Z", "session": {"ID": "a\u0000"}}]"#,
    ];
    errors.extend(
        usages
            .iter()
            .map(|json| UsageImport::from_json(json).unwrap_err()),
    );
    let two_accounts = r#"[
        {"productId": 808464697, "time": "2026-11-20T09:20:00Z", "session": {"ID": "1", "userName": "Ann"}},
        {"productId": 808464697, "time": "2026-11-20T09:20:00Z", "session": {"ID": "1", "userName": "Bob"}}]"#;
    let usage = UsageImport::from_json(two_accounts).unwrap();
    errors.extend(usage.trace(&PluginCatalogue::default()).err());
    insta::assert_snapshot!(told(all(&errors)));
}

#[cfg(feature = "sqlite")]
#[test]
fn ledger_files_that_cannot_be_used() {
    use guichet_licensing::sqlite::{Damage, FileFault, StoreError};

    let denied = || std::io::Error::other("permission denied");
    let damages = [
        Damage::Replay(ReplayError {
            sequence: Sequence::new(8),
            flaw: Flaw::NotHeld,
        }),
        Damage::Row(Sequence::new(8)),
        Damage::Changed(Sequence::new(8)),
        Damage::Table("seats"),
        Damage::Incomplete,
        Damage::Gone(Sequence::new(8)),
        Damage::Malformed,
    ];
    let faults = [
        FileFault::Missing,
        FileFault::Folder(denied()),
        FileFault::NotALedger,
        FileFault::TooNew { found: 9, known: 1 },
        FileFault::Busy,
        FileFault::Database(rusqlite::Error::InvalidQuery.into()),
    ];
    let faults = faults
        .into_iter()
        .chain(damages.map(FileFault::Damaged))
        .map(|fault| StoreError::File {
            path: "Data/Guichet/seats.sqlite".into(),
            fault,
        });
    let errors: Vec<StoreError> = [StoreError::Session(not_open())]
        .into_iter()
        .chain(faults)
        .collect();
    insta::assert_snapshot!(told(all(&errors)));
}

//! Watches: a view for every change of the files.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::time::Duration;

use guichet::Revision;
use guichet::storage::WatchKind;

use crate::support::Shop;

const LONG: Duration = Duration::from_secs(20);

#[test]
fn a_watch_gives_a_view_for_each_change_and_publishes_it() {
    let shop = Shop::new();
    let project = shop.open();
    let before = project.current();
    let mut watch = project.watch().unwrap();

    shop.replace("\"Ann Lee\"", "\"Anna Lee\"");
    let update = watch.next_within(LONG).unwrap().unwrap();
    assert_eq!(update.kind, WatchKind::Changed);
    assert_eq!(update.before.revision(), before.revision());
    assert!(update.after.user("Anna Lee").is_ok());
    assert_eq!(
        project.clone().current().revision(),
        update.after.revision()
    );

    let options = shop.read("Settings/guichet.toml");
    shop.write(
        "Settings/guichet.toml",
        &options.replace("seats = 2", "seats = 3"),
    );
    let update = watch.next_within(LONG).unwrap().unwrap();
    assert_eq!(update.before.revision(), update.after.revision());
    assert_ne!(update.before.entitlements(), update.after.entitlements());
}

#[test]
fn a_file_that_breaks_is_an_error_and_the_watch_goes_on() {
    let shop = Shop::new();
    let project = shop.open();
    let before = project.current();
    let text = shop.read("Settings/directory.json");
    let mut watch = project.watch().unwrap();

    shop.write("Settings/directory.json", "{");
    let error = watch.next_within(LONG).unwrap().unwrap_err();
    assert_eq!(error.code(), "json-syntax");
    assert_eq!(watch.event().unwrap().revision, Revision::new(b"{"));
    assert_eq!(project.current().revision(), before.revision());

    shop.write(
        "Settings/directory.json",
        &text.replace("Ann Lee", "Anna Lee"),
    );
    let update = watch.next_within(LONG).unwrap().unwrap();
    assert_eq!(update.before.revision(), before.revision());
    assert!(update.after.user("Anna Lee").is_ok());
}

#[test]
fn a_watch_begins_on_files_that_are_broken_and_says_so_first() {
    let shop = Shop::new();
    let project = shop.open();
    let text = shop.read("Settings/directory.json");
    shop.write("Settings/directory.json", "{");
    let mut watch = project.watch().unwrap();
    let error = watch.next_within(LONG).unwrap().unwrap_err();
    assert_eq!(error.code(), "json-syntax");
    shop.write("Settings/directory.json", &text);
    assert!(watch.next_within(LONG).unwrap().is_ok());
}

#[cfg(feature = "stream")]
mod stream {
    use std::pin::Pin;
    use std::sync::Arc;
    use std::task::{Context, Poll, Wake, Waker};
    use std::thread::{self, Thread};

    use futures_core::Stream as _;
    use guichet::{Result, Update, Updates};

    use super::{LONG, Shop};

    /// Wakes a thread that waits.
    struct Unpark(Thread);

    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }

    /// What a runtime does, as short as it can be.
    fn next(updates: &mut Updates) -> Option<Result<Update>> {
        let waker = Waker::from(Arc::new(Unpark(thread::current())));
        let mut context = Context::from_waker(&waker);
        loop {
            match Pin::new(&mut *updates).poll_next(&mut context) {
                Poll::Ready(update) => return update,
                Poll::Pending => thread::park_timeout(LONG),
            }
        }
    }

    #[test]
    fn a_stream_gives_the_latest_view_without_a_runtime() {
        let shop = Shop::new();
        let project = shop.open();
        let before = project.current();
        let mut updates = project.updates().unwrap();
        shop.replace("\"Ann Lee\"", "\"Anna Lee\"");
        let update = next(&mut updates).unwrap().unwrap();
        assert_eq!(update.before.revision(), before.revision());
        assert!(update.after.user("Anna Lee").is_ok());
    }
}

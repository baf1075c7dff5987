//! The same updates for asynchronous programs, without a runtime of its own.

use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::thread;
use std::time::Duration;

use futures_core::Stream;

use crate::error::{Error, Result};
use crate::project::Project;
use crate::watch::{Update, Watch};

/// How long the thread waits before it looks whether anybody still listens.
const PATIENCE: Duration = Duration::from_millis(500);

/// The updates of a project as a stream; made by [`Project::updates`].
///
/// It never ends. A reader that is slower than the changes gets the latest one, with the view before
/// the first one that it missed, and then what is wrong with the files since; so one update and one
/// error wait at most.
#[derive(Debug)]
pub struct Updates {
    shared: Arc<Mutex<Shared>>,
}

#[derive(Debug)]
struct Shared {
    waiting: Waiting,
    waker: Option<Waker>,
    listener: Listener,
}

/// What nobody has taken yet.
#[derive(Debug, Default)]
struct Waiting {
    /// What changed.
    update: Option<Update>,
    /// What has been wrong since; over when the files are whole again.
    error: Option<Error>,
}

impl Waiting {
    fn add(&mut self, next: Result<Update>) {
        match next {
            Ok(mut update) => {
                if let Some(missed) = self.update.take() {
                    update.before = missed.before;
                }
                (self.update, self.error) = (Some(update), None);
            }
            Err(error) => self.error = Some(error),
        }
    }

    fn take(&mut self) -> Option<Result<Update>> {
        let update = self.update.take().map(Ok);
        update.or_else(|| self.error.take().map(Err))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Listener {
    Here,
    Gone,
}

impl Project {
    /// Watches as [`watch`](Self::watch) does, on a thread of its own, and returns a stream.
    ///
    /// Any runtime can poll it. The thread ends half a second after the stream is dropped.
    ///
    /// # Errors
    ///
    /// As [`watch`](Self::watch); [`Error::Thread`]: the system starts no thread.
    pub fn updates(&self) -> Result<Updates> {
        let watch = self.watch()?;
        let shared = Arc::new(Mutex::new(Shared {
            waiting: Waiting::default(),
            waker: None,
            listener: Listener::Here,
        }));
        let theirs = Arc::clone(&shared);
        thread::Builder::new()
            .name("guichet-watch".to_owned())
            .spawn(move || run(watch, &theirs))
            .map_err(Error::Thread)?;
        Ok(Updates { shared })
    }
}

impl Stream for Updates {
    type Item = Result<Update>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut shared = lock(&self.shared);
        if let Some(update) = shared.waiting.take() {
            return Poll::Ready(Some(update));
        }
        shared.waker = Some(context.waker().clone());
        Poll::Pending
    }
}

impl Drop for Updates {
    fn drop(&mut self) {
        lock(&self.shared).listener = Listener::Gone;
    }
}

/// Watches as long as somebody listens.
fn run(mut watch: Watch, shared: &Mutex<Shared>) {
    while lock(shared).listener == Listener::Here {
        let Some(update) = watch.next_within(PATIENCE) else {
            continue;
        };
        let waker = {
            let mut shared = lock(shared);
            shared.waiting.add(update);
            shared.waker.take()
        };
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

fn lock(shared: &Mutex<Shared>) -> MutexGuard<'_, Shared> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests")]

    use guichet_storage::WatchKind;

    use super::Waiting;
    use crate::error::Error;
    use crate::project::Project;
    use crate::view::View;
    use crate::watch::Update;

    /// Three versions of a project.
    fn versions() -> [View; 3] {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("Project")).unwrap();
        std::fs::create_dir_all(folder.path().join("Settings")).unwrap();
        ["Ann", "Anna", "Anne"].map(|name| {
            let text = format!("{{\"users\": {{\"{name}\": {{}}}}}}");
            std::fs::write(folder.path().join("Settings/directory.json"), text).unwrap();
            Project::open(folder.path()).unwrap().current()
        })
    }

    fn update(before: &View, after: &View) -> Update {
        Update {
            kind: WatchKind::Changed,
            path: after.location().path.clone(),
            before: before.clone(),
            after: after.clone(),
        }
    }

    #[test]
    fn no_update_is_lost_behind_an_error() {
        let [first, second, third] = versions();
        let mut waiting = Waiting::default();
        waiting.add(Ok(update(&first, &second)));
        waiting.add(Err(Error::Patch));
        let taken = waiting.take().unwrap().unwrap();
        assert_eq!(taken.after.revision(), second.revision());
        assert!(waiting.take().unwrap().is_err());
        assert!(waiting.take().is_none());

        waiting.add(Ok(update(&first, &second)));
        waiting.add(Err(Error::Patch));
        waiting.add(Ok(update(&second, &third)));
        let taken = waiting.take().unwrap().unwrap();
        assert_eq!(taken.before.revision(), first.revision());
        assert_eq!(taken.after.revision(), third.revision());
        assert!(waiting.take().is_none(), "the files are whole again");
    }
}

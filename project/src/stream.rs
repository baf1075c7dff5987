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
/// the first one that it missed; so one update waits at most.
#[derive(Debug)]
pub struct Updates {
    shared: Arc<Mutex<Shared>>,
}

#[derive(Debug)]
struct Shared {
    waiting: Option<Result<Update>>,
    waker: Option<Waker>,
    listener: Listener,
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
            waiting: None,
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
            let waiting = shared.waiting.take();
            shared.waiting = Some(joined(waiting, update));
            shared.waker.take()
        };
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

/// Joins an update that nobody has taken yet with the next one.
fn joined(waiting: Option<Result<Update>>, next: Result<Update>) -> Result<Update> {
    let mut next = next?;
    if let Some(Ok(waiting)) = waiting {
        next.before = waiting.before;
    }
    Ok(next)
}

fn lock(shared: &Mutex<Shared>) -> MutexGuard<'_, Shared> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

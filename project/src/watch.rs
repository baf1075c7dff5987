//! Watching: a view for every change of the files, whichever program makes it.

use std::path::PathBuf;
use std::time::Duration;

use guichet_storage::{DirectoryWatch, WatchEvent, WatchKind};

use crate::error::{Error, Result};
use crate::project::Project;
use crate::view::View;

/// How long nothing must happen before a change is looked at.
const CALM: Duration = Duration::from_millis(100);
/// How long is waited at a time; the next wait follows at once.
const PATIENCE: Duration = Duration::from_hours(1);

/// Waits for changes of a project; made by [`Project::watch`].
///
/// An iterator that blocks and does not end. Each step gives what has changed since the step before,
/// or an error while the files cannot be read: then [`Project::current`] stays the last good view,
/// and the next step waits for the files to be whole again.
#[derive(Debug)]
pub struct Watch {
    project: Project,
    folders: DirectoryWatch,
    seen: View,
    event: Option<WatchEvent>,
    /// What was wrong with the files when the watch began.
    broken: Option<Error>,
}

/// One change of a project's files.
///
/// [`compare`](crate::compare()) says what it means for people and seats.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Update {
    /// What happened.
    pub kind: WatchKind,
    /// The file that counts now.
    pub path: PathBuf,
    /// The view before: the one of the last update.
    pub before: View,
    /// The view after, which [`Project::current`] gives as well.
    pub after: View,
}

impl Project {
    /// Begins to watch the files of the project, `guichet.toml` included.
    ///
    /// While somebody iterates over the watch, [`current`](Self::current) follows the files, in this
    /// value and in every clone.
    ///
    /// ```no_run
    /// use guichet::Project;
    ///
    /// let project = Project::open("/srv/shop")?;
    /// for update in project.watch()? {
    ///     match update {
    ///         Ok(update) => println!("revision {}", update.after.revision()),
    ///         Err(error) => println!("{error}, still serving the last good one"),
    ///     }
    /// }
    /// # Ok::<(), guichet::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Watch`]: the system does not watch folders. Files that cannot be read are no error here:
    /// the first step gives it.
    pub fn watch(&self) -> Result<Watch> {
        let folders = DirectoryWatch::new(self.shared_files(), self.target().clone(), CALM)?;
        // What happened between the last look and the watch.
        let (seen, broken) = match self.reload() {
            Ok(view) => (view, None),
            Err(error) => (self.current(), Some(error)),
        };
        Ok(Watch {
            project: self.clone(),
            folders,
            seen,
            event: None,
            broken,
        })
    }
}

impl Watch {
    /// Returns what the last step found, also where the files could not be read; `None` if that step
    /// could not watch.
    pub const fn event(&self) -> Option<&WatchEvent> {
        self.event.as_ref()
    }

    /// Waits for the next change at most so long; `None` if that is over.
    pub fn next_within(&mut self, patience: Duration) -> Option<Result<Update>> {
        if let Some(error) = self.broken.take() {
            return Some(Err(error));
        }
        self.event = None;
        let event = match self.folders.next(patience) {
            Ok(event) => self.event.insert(event?).clone(),
            Err(error) => return Some(Err(error.into())),
        };
        Some(self.project.reload().map(|after| Update {
            kind: event.kind,
            path: event.path,
            before: std::mem::replace(&mut self.seen, after.clone()),
            after,
        }))
    }
}

impl Iterator for Watch {
    type Item = Result<Update>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(update) = self.next_within(PATIENCE) {
                return Some(update);
            }
        }
    }
}

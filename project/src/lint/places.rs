//! Where in the files the subject of a finding is.

use std::path::PathBuf;

use guichet_core::Position;
use guichet_policy::lint::Subject;
use guichet_storage::json::{Document, Pointer};
use guichet_storage::{Extent, NeighbourFinding, Place, SourceFile, SourceMap};

use crate::view::View;

/// A place in a file, and the file.
#[derive(Debug)]
pub(super) struct Address {
    pub(super) path: PathBuf,
    pub(super) position: Position,
    /// The JSON pointer; none in other files than directory.json.
    pub(super) pointer: Option<String>,
    /// How many characters it takes on its line.
    pub(super) width: usize,
}

impl Address {
    /// Returns the address of what is odd about a file beside the directory.
    pub(super) fn in_neighbour(finding: &NeighbourFinding) -> Self {
        Self {
            path: finding.path.clone(),
            position: finding.position,
            pointer: None,
            width: 1,
        }
    }
}

/// The files of a view, and where everybody is in them.
#[derive(Debug)]
pub(super) struct Map<'v> {
    view: &'v View,
    places: Option<SourceMap<'v>>,
}

impl<'v> Map<'v> {
    /// Looks everybody up; linear.
    pub(super) fn of(view: &'v View) -> Self {
        let places = |document| SourceMap::new(document, view.directory());
        Self {
            view,
            places: view.document().map(places),
        }
    }

    /// Returns where a subject is; for one that is not in the file, such as an access that everyone has
    /// because nobody wrote it down, the place of the directory as a whole.
    pub(super) fn subject(&self, subject: &Subject) -> Address {
        let places = self.places.as_ref();
        let spot = places.and_then(|places| match subject {
            Subject::User(user) => places.user(*user),
            Subject::Group(group) => places.group(*group),
            Subject::UserIn { group, user } => places.user_in(*group, *user),
            Subject::GroupIn { container, nested } => places.group_in(*container, *nested),
            Subject::Area(area) => places.area(area),
            Subject::Plugin(plugin) => places.plugin(plugin),
            Subject::Directory | Subject::Text => None,
        });
        let in_options = || match subject {
            Subject::Plugin(plugin) => {
                let mut grants = self.view.options().plugin_grants.iter();
                let found = grants.find(|(key, _)| key == plugin);
                found.map(|(_, granted)| granted.place.clone())
            }
            _ => None,
        };
        let whole = || Place {
            file: SourceFile::Directory,
            position: Position::START,
            pointer: Pointer::root(),
        };
        let (place, span) = spot.map_or_else(
            || (in_options().unwrap_or_else(whole), None),
            |Extent { place, span }| (place, Some(span)),
        );
        self.address(&place, span)
    }

    /// Returns the address of a place that storage reported.
    pub(super) fn reported(&self, place: &Place) -> Address {
        let places = self.places.as_ref();
        let places = places.filter(|_| place.file == SourceFile::Directory);
        let span = places.and_then(|places| places.span(place.position));
        self.address(place, span)
    }

    fn address(&self, place: &Place, span: Option<std::ops::Range<usize>>) -> Address {
        let location = self.view.location();
        let text = self.view.document().map(Document::text);
        let text = text.zip(span).and_then(|(text, span)| text.get(span));
        let line = text.and_then(|text| text.lines().next());
        let width = line.map_or(1, |line| line.chars().count().max(1));
        let (path, pointer) = match place.file {
            SourceFile::Directory => (location.path.clone(), Some(place.pointer.to_string())),
            SourceFile::Options => (location.options.clone().unwrap_or_default(), None),
        };
        Address {
            path,
            pointer,
            position: place.position,
            width,
        }
    }
}

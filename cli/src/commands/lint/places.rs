//! Where in the file the subject of a finding stands.

use std::path::PathBuf;

use guichet::policy::lint::Subject;
use guichet::storage::inspect::NeighbourFinding;
use guichet::storage::json::{Document, Pointer, Position};
use guichet::storage::place::{Place, SourceFile};
use guichet::storage::places::{Places, Spot};

use crate::loaded::Loaded;

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

/// The files of a loaded directory, and where everybody stands in them.
#[derive(Debug)]
pub(super) struct Map<'l> {
    loaded: &'l Loaded,
    places: Option<Places<'l>>,
}

impl<'l> Map<'l> {
    /// Looks everybody up; linear.
    pub(super) fn of(loaded: &'l Loaded) -> Self {
        let places = |document| Places::of(document, loaded.directory());
        Self {
            loaded,
            places: loaded.document().map(places),
        }
    }

    /// Returns where a subject stands; of one that is not in the file, such as the grant of everyone
    /// that nobody wrote, the place of the directory as a whole.
    pub(super) fn subject<P>(&self, subject: &Subject<P>) -> Address {
        let places = self.places.as_ref();
        let spot = places.and_then(|places| match subject {
            Subject::User(user) => places.user(*user),
            Subject::Group(group) => places.group(*group),
            Subject::UserIn { group, user } => places.user_in(*group, *user),
            Subject::GroupIn { container, nested } => places.group_in(*container, *nested),
            Subject::Area(area) => places.area(area),
            Subject::Plugin(plugin) => places.plugin(plugin),
            Subject::Directory | Subject::Place(_) => None,
        });
        let in_options = || match subject {
            Subject::Plugin(plugin) => self.loaded.plugin_grant(plugin).cloned(),
            _ => None,
        };
        let whole = || Place {
            file: SourceFile::Directory,
            position: Position::START,
            pointer: Pointer::root(),
        };
        let (place, span) = spot.map_or_else(
            || (in_options().unwrap_or_else(whole), None),
            |Spot { place, span }| (place, Some(span)),
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
        let location = self.loaded.location();
        let text = self.loaded.document().map(Document::text);
        let text = text.zip(span).and_then(|(text, span)| text.get(span));
        let line = text.and_then(|text| text.lines().next());
        let width = line.map_or(1, |line| line.chars().count().max(1));
        let position = place.position;
        match place.file {
            SourceFile::Directory => Address {
                path: location.path.clone(),
                pointer: Some(place.pointer.to_string()),
                position,
                width,
            },
            SourceFile::Options => Address {
                path: location.options.clone().unwrap_or_default(),
                pointer: None,
                position,
                width,
            },
        }
    }
}

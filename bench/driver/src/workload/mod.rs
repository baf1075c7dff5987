//! `cargo xtask bench workload`: the seeded workloads W1 to W5 that everything is measured with.
//!
//! The same shape gives the same graph on every machine; its files are a `directory.json` as 4D
//! writes it, a plain list of links, and a list of queries with their answers.

mod files;
mod graph;
mod queries;
mod random;
mod search;
mod shape;

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::failure::{Failure, Outcome};
use crate::shell;
use graph::Graph;
pub(crate) use shape::Shape;

/// The three files of a workload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Files {
    /// The directory as 4D writes it.
    pub(crate) directory: PathBuf,
    /// The counts and every link, one per line.
    pub(crate) links: PathBuf,
    /// The queries with their answers, one per line.
    pub(crate) queries: PathBuf,
}

/// Writes the files of these workloads and prints their paths.
///
/// # Errors
///
/// A file cannot be written.
pub(crate) fn run(shapes: &[&Shape]) -> Outcome {
    for shape in shapes {
        let files = write(shape)?;
        for file in [files.directory, files.links, files.queries] {
            println!("{}", file.display());
        }
    }
    Ok(())
}

/// Writes the three files of a workload, replacing older ones.
///
/// # Errors
///
/// A file cannot be written.
pub(crate) fn write(shape: &Shape) -> Outcome<Files> {
    let folder = shell::target()?.join("workloads");
    fs::create_dir_all(&folder).map_err(|e| Failure::io(&folder, &e))?;
    let graph = Graph::of(shape);
    let files = Files {
        directory: folder.join(format!("{}.json", shape.name)),
        links: folder.join(format!("{}.links", shape.name)),
        queries: folder.join(format!("{}.queries", shape.name)),
    };
    save(&files.directory, |out| files::write_directory(&graph, out))?;
    save(&files.links, |out| files::write_links(&graph, out))?;
    let queries = queries::queries(shape, &graph);
    save(&files.queries, |out| files::write_queries(&queries, out))?;
    Ok(files)
}

fn save(path: &Path, fill: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>) -> Outcome {
    let written = File::create(path).map(BufWriter::new).and_then(|mut out| {
        fill(&mut out)?;
        out.flush()
    });
    written.map_err(|e| Failure::io(path, &e))
}

#[cfg(test)]
mod tests {
    use super::files::{write_directory, write_links, write_queries};
    use super::graph::Graph;
    use super::queries::queries;
    use super::shape::Shape;

    /// Returns the 64-bit FNV-1a hash, which is the same on every machine.
    fn fingerprint(bytes: &[u8]) -> u64 {
        bytes.iter().fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01B3)
        })
    }

    /// Figures of two days can be compared only while this test passes unchanged.
    #[test]
    fn the_office_workload_is_the_one_that_was_measured() {
        let shape = Shape::parse("W1").unwrap();
        let graph = Graph::of(shape);
        let (mut directory, mut links, mut asked) = (Vec::new(), Vec::new(), Vec::new());
        write_directory(&graph, &mut directory).unwrap();
        write_links(&graph, &mut links).unwrap();
        write_queries(&queries(shape, &graph), &mut asked).unwrap();
        let found = [&directory, &links, &asked].map(|bytes| fingerprint(bytes));
        let measured = [
            0x59D4_8500_8C28_E540,
            0xA4E4_E33A_617E_A47B,
            0x7849_6694_CC23_61FD,
        ];
        assert_eq!(found, measured, "{found:#X?}");
    }
}

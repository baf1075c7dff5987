//! Weighs the heap of a peer: what it holds alive, and its peak while it builds.

use std::hint::black_box;

use peak_alloc::PeakAlloc;
use serde_json::json;

use crate::arguments::Arguments;
use crate::input::{InputError, Links, Names};
use crate::peer::Peer;
use crate::questions::Questions;

/// At most this many questions of each kind wake up what is built on demand.
const ASKED: usize = 32_768;

/// Weighs a peer on a workload.
pub(crate) fn weigh<P: Peer>(arguments: &Arguments, heap: PeakAlloc) -> Result<String, InputError> {
    let links = Links::read(&arguments.links)?;
    if let Some(reason) = P::refuses(&links) {
        return Ok(json!({ "peer": P::NAME, "skipped": reason }).to_string());
    }
    let names = Names::of(&links);
    let empty = heap.current_usage();
    let source = P::source(&links, &names);
    let source_bytes = heap.current_usage().saturating_sub(empty);
    let questions = Questions::<P>::read(&arguments.queries, &source, &names)?;

    let before = heap.current_usage();
    heap.reset_peak_usage();
    let mut peer = P::build(&source);
    let live = |peer: &P| heap.current_usage().saturating_sub(before) + peer.bytes_elsewhere();
    let built = live(&peer);
    let peak = heap.peak_usage().saturating_sub(before) + peer.bytes_elsewhere();
    let deadline = std::time::Instant::now() + arguments.budget;
    let mut asked = 0;
    for question in questions.members.iter().cycle().take(4 * ASKED) {
        black_box(peer.is_member(&question.user, &question.group));
        asked += 1;
        if std::time::Instant::now() > deadline {
            break;
        }
    }
    let warm = live(&peer);
    let bytes = json!({
        "source": source_bytes,
        "built": built,
        "warm": warm,
        "named": P::bytes_with_names(source_bytes, warm),
        "build_peak": peak,
    });
    Ok(json!({ "peer": P::NAME, "asked": asked, "bytes": bytes }).to_string())
}

//! The path that a batch took through the lifecycle.

use crate::model::{BatchStatus, Evidence, Timestamps};

/// The statuses between `from` and `to`, in order and without the two ends, or `None` if `to` cannot be
/// reached.
///
/// Of several paths, the result is the one that passes more statuses whose timestamp is set, and fewer whose
/// timestamp is not. Unobserved transitions are used only if no other path exists.
#[must_use]
pub fn path(from: BatchStatus, to: BatchStatus, timestamps: &Timestamps) -> Option<Vec<BatchStatus>> {
    let mut best = None;
    search(
        to,
        timestamps,
        &Candidate { cost: 0, statuses: [from; BatchStatus::ALL.len()], length: 0 },
        from,
        &mut best,
    );
    best.map(|Candidate { statuses, length, .. }| statuses[..length].to_vec())
}

/// The cost of an unobserved transition, which the timestamps of all statuses together cannot outweigh.
const UNOBSERVED_COST: i32 = 100;

/// No path costs less than this below its beginning: each status that it passes saves at most 1.
#[expect(clippy::cast_possible_wrap, clippy::cast_possible_truncation, reason = "there are few statuses")]
const MAX_GAIN: i32 = BatchStatus::ALL.len() as i32;

/// A path from the first status. The first `length` elements of `statuses` are the statuses after it.
#[derive(Clone, Copy)]
struct Candidate {
    cost: i32,
    statuses: [BatchStatus; BatchStatus::ALL.len()],
    length: usize,
}

/// Extends `passed`, a path to `at`, by every path to `to`, and keeps the best in `best`.
fn search(
    to: BatchStatus,
    timestamps: &Timestamps,
    passed: &Candidate,
    at: BatchStatus,
    best: &mut Option<Candidate>,
) {
    for (next, evidence) in at.edges() {
        let mut extended = *passed;
        extended.cost += if evidence == Evidence::Observed { 0 } else { UNOBSERVED_COST };
        if best.is_some_and(|best| extended.cost - MAX_GAIN >= best.cost) {
            continue;
        }
        if next == to {
            if best.is_none_or(|best| extended.cost < best.cost) {
                *best = Some(extended);
            }
            continue;
        }
        let is_set = timestamps.get(next.timestamp_field()).is_some();
        extended.cost += if is_set { -1 } else { 1 };
        extended.statuses[extended.length] = next;
        extended.length += 1;
        search(to, timestamps, &extended, next, best);
    }
}

#[cfg(test)]
mod tests {
    use super::path;
    use crate::model::{BatchStatus::*, TimestampField, Timestamps};

    #[test]
    fn prefers_the_path_whose_timestamps_are_set() {
        let mut timestamps = Timestamps::default();
        assert_eq!(path(Validating, Cancelled, &timestamps), Some(vec![Cancelling]));
        timestamps.set(TimestampField::InProgress, Some(1));
        assert_eq!(path(Validating, Cancelled, &timestamps), Some(vec![InProgress, Cancelling]));
        assert_eq!(path(Validating, Completed, &timestamps), Some(vec![InProgress, Finalizing]));
        assert_eq!(path(Cancelling, Completed, &timestamps), Some(vec![]));
        assert_eq!(path(Completed, Validating, &timestamps), None);
    }
}

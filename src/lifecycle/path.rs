//! The path that a batch took through the lifecycle.

use crate::model::{BatchStatus, Evidence, Timestamps};

/// The statuses between `from` and `to`, in order and without the two ends, or `None` if `to` cannot be
/// reached.
///
/// Of several paths, the result is the one with the most set and fewest unset timestamps. Unobserved
/// transitions are used only if no other path exists.
#[must_use]
pub fn path(from: BatchStatus, to: BatchStatus, timestamps: &Timestamps) -> Option<Vec<BatchStatus>> {
    let mut best: Option<(i32, Vec<BatchStatus>)> = None;
    search(from, to, timestamps, &mut Vec::new(), 0, &mut best);
    best.map(|(_, path)| path)
}

/// The cost of an unobserved transition, which is higher than any number of timestamps can balance.
const UNOBSERVED_COST: i32 = 100;

/// Extends `passed`, a path to `at` with the given cost, by every path to `to`, and keeps the best in `best`.
fn search(
    at: BatchStatus,
    to: BatchStatus,
    timestamps: &Timestamps,
    passed: &mut Vec<BatchStatus>,
    cost: i32,
    best: &mut Option<(i32, Vec<BatchStatus>)>,
) {
    for (next, evidence) in at.edges() {
        let cost = cost + if evidence == Evidence::Observed { 0 } else { UNOBSERVED_COST };
        if next == to {
            if best.as_ref().is_none_or(|(lowest, _)| cost < *lowest) {
                *best = Some((cost, passed.clone()));
            }
            continue;
        }
        let is_set = timestamps.get(next.timestamp_field()).is_some();
        passed.push(next);
        search(next, to, timestamps, passed, cost + if is_set { -1 } else { 1 }, best);
        passed.pop();
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

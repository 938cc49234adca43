//! The way a batch took from one status to another.

use crate::model::{BatchStatus, Evidence, Stamps};

/// The statuses a batch passed between two others, ends excluded, in order.
///
/// There can be several ways; the stamps tell which was taken: the way is chosen that has most
/// statuses with a stamp and fewest without. None when there is no way at all. Unobserved moves are
/// used only where nothing else leads there.
#[must_use]
pub fn way(from: BatchStatus, to: BatchStatus, stamps: &Stamps) -> Option<Vec<BatchStatus>> {
    let mut best: Option<(i32, Vec<BatchStatus>)> = None;
    walk(from, to, stamps, &mut Vec::new(), 0, &mut best);
    best.map(|(_, way)| way)
}

/// What an unobserved move costs: more than any number of stamps can make good.
const UNOBSERVED: i32 = 100;

fn walk(
    at: BatchStatus,
    to: BatchStatus,
    stamps: &Stamps,
    passed: &mut Vec<BatchStatus>,
    cost: i32,
    best: &mut Option<(i32, Vec<BatchStatus>)>,
) {
    for (next, evidence) in at.moves() {
        let cost = cost + if evidence == Evidence::Observed { 0 } else { UNOBSERVED };
        if next == to {
            if best.as_ref().is_none_or(|(least, _)| cost < *least) {
                *best = Some((cost, passed.clone()));
            }
            continue;
        }
        let stamped = stamps.get(next.stamp()).is_some();
        passed.push(next);
        walk(next, to, stamps, passed, cost + if stamped { -1 } else { 1 }, best);
        passed.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::way;
    use crate::model::{BatchStatus::*, Stamp, Stamps};

    #[test]
    fn takes_the_way_the_stamps_tell_of() {
        let mut stamps = Stamps::default();
        assert_eq!(way(Validating, Cancelled, &stamps), Some(vec![Cancelling]));
        stamps.set(Stamp::InProgress, Some(1));
        assert_eq!(way(Validating, Cancelled, &stamps), Some(vec![InProgress, Cancelling]));
        assert_eq!(way(Validating, Completed, &stamps), Some(vec![InProgress, Finalizing]));
        assert_eq!(way(Cancelling, Completed, &stamps), Some(vec![]));
        assert_eq!(way(Completed, Validating, &stamps), None);
    }
}

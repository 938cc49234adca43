//! Which statuses can follow which, directly or not. The compiler derives these sets from the lifecycle
//! table.

use super::status::BatchStatus;
use super::status_set::StatusSet;
use super::transitions::{Evidence, LIFECYCLE};

/// The statuses reachable from each status, for each [`Evidence`]. Every status reaches itself.
const REACHABLE: [[StatusSet; 8]; 2] =
    [reachable(Evidence::Observed, None), reachable(Evidence::Unobserved, None)];

/// The dominators of each status: the statuses on every path of observed transitions from `validating` to it,
/// without the two ends.
const DOMINATORS: [StatusSet; 8] = {
    let mut sets = [StatusSet::EMPTY; 8];
    let mut without = 1;
    while without < 8 {
        let avoided = BatchStatus::ALL[without];
        let reached = reachable(Evidence::Observed, Some(avoided))[BatchStatus::Validating as usize];
        let mut to = 0;
        while to < 8 {
            let status = BatchStatus::ALL[to];
            if !reached.contains(status) && status as u8 != avoided as u8 {
                sets[to] = sets[to].union(StatusSet::of(avoided));
            }
            to += 1;
        }
        without += 1;
    }
    sets
};

/// The statuses from which each status can be reached, unobserved transitions included, and itself.
const ANCESTORS: [StatusSet; 8] = {
    let reachable = REACHABLE[Evidence::Unobserved as usize];
    let mut sets = [StatusSet::EMPTY; 8];
    let mut from = 0;
    while from < 8 {
        let mut to = 0;
        while to < 8 {
            if reachable[from].contains(BatchStatus::ALL[to]) {
                sets[to] = sets[to].union(StatusSet::of(BatchStatus::ALL[from]));
            }
            to += 1;
        }
        from += 1;
    }
    sets
};

/// A topological order of the lifecycle: the statuses sorted by their number of ancestors.
const TOPOLOGICAL_ORDER: [BatchStatus; 8] = {
    let mut order = BatchStatus::ALL;
    let mut at = 1;
    while at < 8 {
        let mut back = at;
        while back > 0 && order[back].ancestors().len() < order[back - 1].ancestors().len() {
            let status = order[back];
            order[back] = order[back - 1];
            order[back - 1] = status;
            back -= 1;
        }
        at += 1;
    }
    order
};

/// Computes the statuses reachable from each status over transitions that are known at least as well as
/// `weakest` and that do not touch the status `avoid`.
const fn reachable(weakest: Evidence, avoid: Option<BatchStatus>) -> [StatusSet; 8] {
    let mut sets = [StatusSet::EMPTY; 8];
    let mut at = 0;
    while at < 8 {
        sets[at] = StatusSet::of(BatchStatus::ALL[at]);
        at += 1;
    }
    // No path has more transitions than there are statuses, so eight rounds are enough.
    let mut round = 0;
    while round < 8 {
        let mut row = 0;
        while row < LIFECYCLE.len() {
            let transition = &LIFECYCLE[row];
            let avoided = match avoid {
                Some(status) => status as u8 == transition.to as u8 || status as u8 == transition.from as u8,
                None => false,
            };
            if transition.evidence as u8 <= weakest as u8 && !avoided {
                let from = transition.from as usize;
                sets[from] = sets[from].union(sets[transition.to as usize]);
            }
            row += 1;
        }
        round += 1;
    }
    sets
}

impl BatchStatus {
    /// The statuses that a later poll can find, this one included. A poll may skip statuses in between.
    ///
    /// With [`Evidence::Observed`], only observed transitions count; with [`Evidence::Unobserved`], all do.
    #[must_use]
    pub const fn reachable(self, weakest: Evidence) -> StatusSet {
        REACHABLE[weakest as usize][self as usize]
    }

    /// Whether this status is final: `completed`, `failed`, `expired` or `cancelled`.
    #[must_use]
    pub const fn is_terminal(self) -> bool {
        self.reachable(Evidence::Unobserved).len() == 1
    }

    /// Whether a later poll can find `to`. Every status reaches itself.
    ///
    /// ```
    /// use batchlight::{BatchStatus, Evidence};
    /// assert!(BatchStatus::Validating.can_reach(BatchStatus::Completed, Evidence::Observed));
    /// assert!(!BatchStatus::Cancelling.can_reach(BatchStatus::Completed, Evidence::Observed));
    /// assert!(BatchStatus::Cancelling.can_reach(BatchStatus::Completed, Evidence::Unobserved));
    /// ```
    #[must_use]
    pub const fn can_reach(self, to: Self, weakest: Evidence) -> bool {
        self.reachable(weakest).contains(to)
    }

    /// Every status in a topological order of the lifecycle: no status comes before one that leads to it.
    pub const TOPOLOGICAL_ORDER: [Self; 8] = TOPOLOGICAL_ORDER;

    /// The statuses from which this one can be reached, directly or not, itself included. Unobserved
    /// transitions count.
    ///
    /// ```
    /// use batchlight::BatchStatus::{Cancelled, Finalizing};
    /// assert!(Cancelled.ancestors().contains(Finalizing));
    /// assert!(!Finalizing.ancestors().contains(Cancelled));
    /// ```
    #[must_use]
    pub const fn ancestors(self) -> StatusSet {
        ANCESTORS[self as usize]
    }

    /// The statuses whose timestamps a batch in this status must have, if only observed transitions happen.
    /// `created_at`, which every batch has, is not part of the set.
    #[must_use]
    pub const fn expected_timestamps(self) -> StatusSet {
        StatusSet::of(self)
            .union(self.dominators())
            .intersection(StatusSet::of(Self::Validating).complement())
    }

    /// The statuses that lie on every path of observed transitions from `validating` to this status, without
    /// the two ends: `in_progress` and `finalizing` for `completed`.
    #[must_use]
    pub const fn dominators(self) -> StatusSet {
        DOMINATORS[self as usize]
    }
}

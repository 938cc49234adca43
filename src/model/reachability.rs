//! What follows from the lifecycle table, worked out by the compiler: sets of statuses as bits.

use super::status::BatchStatus;
use super::status_set::StatusSet;
use super::transitions::{Evidence, LIFECYCLE};

/// For each status, those a later look can find, itself included.
const REACH: [[StatusSet; 8]; 2] = [reach(Evidence::Observed, None), reach(Evidence::Unobserved, None)];

/// For each status, those that every recorded way from `validating` leads through, ends excluded.
const ON_EVERY_WAY: [StatusSet; 8] = {
    let mut sets = [StatusSet(0); 8];
    let mut without = 1;
    while without < 8 {
        let avoided = BatchStatus::ALL[without];
        let reached = reach(Evidence::Observed, Some(avoided))[BatchStatus::Validating as usize];
        let mut to = 0;
        while to < 8 {
            let status = BatchStatus::ALL[to];
            if !reached.has(status) && status as u8 != avoided as u8 {
                sets[status as usize].0 |= StatusSet::of(avoided).0;
            }
            to += 1;
        }
        without += 1;
    }
    sets
};

/// For each status, those from which a later look can find it, itself included.
const BEFORE: [StatusSet; 8] = {
    let reach = REACH[Evidence::Unobserved as usize];
    let mut sets = [StatusSet(0); 8];
    let mut from = 0;
    while from < 8 {
        let mut to = 0;
        while to < 8 {
            if reach[from].has(BatchStatus::ALL[to]) {
                sets[to].0 |= 1 << from;
            }
            to += 1;
        }
        from += 1;
    }
    sets
};

/// The statuses so that none comes before one it can be reached from: by how many that is.
const IN_ORDER: [BatchStatus; 8] = {
    let mut order = BatchStatus::ALL;
    let mut at = 1;
    while at < 8 {
        let mut back = at;
        while back > 0 && order[back].before().0.count_ones() < order[back - 1].before().0.count_ones() {
            let status = order[back];
            order[back] = order[back - 1];
            order[back - 1] = status;
            back -= 1;
        }
        at += 1;
    }
    order
};

const fn reach(weakest: Evidence, without: Option<BatchStatus>) -> [StatusSet; 8] {
    let mut sets = [StatusSet(0); 8];
    let mut at = 0;
    while at < 8 {
        sets[at] = StatusSet(1 << at);
        at += 1;
    }
    // No way is longer than the statuses are many.
    let mut round = 0;
    while round < 8 {
        let mut row = 0;
        while row < LIFECYCLE.len() {
            let step = &LIFECYCLE[row];
            let avoided = match without {
                Some(status) => status as u8 == step.to as u8 || status as u8 == step.from as u8,
                None => false,
            };
            if step.evidence as u8 <= weakest as u8 && !avoided {
                sets[step.from as usize].0 |= sets[step.to as usize].0;
            }
            row += 1;
        }
        round += 1;
    }
    sets
}

impl BatchStatus {
    /// The statuses a later look can find, pollers skipping what lies between; itself included.
    /// With [`Evidence::Unobserved`], unobserved moves count as well.
    #[must_use]
    pub const fn reach(self, weakest: Evidence) -> StatusSet {
        REACH[weakest as usize][self as usize]
    }

    /// Whether a batch in this status stays in it for good.
    #[must_use]
    pub const fn is_terminal(self) -> bool {
        self.reach(Evidence::Unobserved).is(self)
    }

    /// Whether a later look can find `to`. Every status reaches itself.
    ///
    /// ```
    /// use batchlight::{BatchStatus, Evidence};
    /// assert!(BatchStatus::Validating.can_reach(BatchStatus::Completed, Evidence::Observed));
    /// assert!(!BatchStatus::Cancelling.can_reach(BatchStatus::Completed, Evidence::Observed));
    /// assert!(BatchStatus::Cancelling.can_reach(BatchStatus::Completed, Evidence::Unobserved));
    /// ```
    #[must_use]
    pub const fn can_reach(self, to: Self, weakest: Evidence) -> bool {
        self.reach(weakest).has(to)
    }

    /// Every status, none before one it can be reached from.
    pub const IN_ORDER: [Self; 8] = IN_ORDER;

    /// The statuses from which a later look can find this one, unobserved moves counted; itself included.
    ///
    /// ```
    /// use batchlight::BatchStatus::{Cancelled, Finalizing};
    /// assert!(Cancelled.before().has(Finalizing));
    /// assert!(!Finalizing.before().has(Cancelled));
    /// ```
    #[must_use]
    pub const fn before(self) -> StatusSet {
        BEFORE[self as usize]
    }

    /// The statuses whose stamps a batch in this one has, as far as moves are recorded; that of its creation
    /// apart, which every batch has.
    #[must_use]
    pub const fn awaited(self) -> StatusSet {
        StatusSet::of(self).or(self.passed()).and(StatusSet::of(Self::Validating).others())
    }

    /// The statuses a batch in this one has passed through for sure, as far as moves are recorded:
    /// `in_progress` and `finalizing` for `completed`.
    #[must_use]
    pub const fn passed(self) -> StatusSet {
        ON_EVERY_WAY[self as usize]
    }
}

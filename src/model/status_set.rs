//! Sets of statuses, one bit each.

use super::status::BatchStatus;

/// A set of statuses, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StatusSet(pub(super) u8);

impl StatusSet {
    /// The set of one status.
    #[must_use]
    pub const fn of(status: BatchStatus) -> Self {
        Self(1 << status as u8)
    }

    /// Whether the status is in the set.
    #[must_use]
    pub const fn has(self, status: BatchStatus) -> bool {
        self.0 & Self::of(status).0 != 0
    }

    /// Whether the status is in the set and no other.
    pub(super) const fn is(self, status: BatchStatus) -> bool {
        self.0 == Self::of(status).0
    }

    /// The set as bits, those of the statuses in the order of [`BatchStatus::ALL`].
    #[must_use]
    pub const fn bits(self) -> u8 {
        self.0
    }

    /// The statuses that are in both sets.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The statuses that are in one of the sets at least.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The statuses that are not in the set.
    #[must_use]
    pub const fn others(self) -> Self {
        Self(!self.0)
    }

    /// The statuses in the set.
    pub fn iter(self) -> impl Iterator<Item = BatchStatus> {
        BatchStatus::ALL.into_iter().filter(move |&status| self.has(status))
    }
}

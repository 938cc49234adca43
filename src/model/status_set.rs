//! Sets of statuses, one bit per status.

use std::ops::{BitAnd, BitOr, Not};

use super::status::BatchStatus;

/// A set of statuses, stored as one byte.
///
/// ```
/// use batchlight::BatchStatus::{Completed, Failed};
/// use batchlight::model::StatusSet;
/// let set = StatusSet::of(Completed) | StatusSet::of(Failed);
/// assert!(set.contains(Failed));
/// assert!(set.into_iter().eq([Failed, Completed]));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct StatusSet(u8);

impl StatusSet {
    /// The empty set.
    pub(super) const EMPTY: Self = Self(0);

    /// Creates the set that contains only `status`.
    #[must_use]
    pub const fn of(status: BatchStatus) -> Self {
        Self(1 << status as u8)
    }

    /// Whether the set contains `status`.
    #[must_use]
    pub const fn contains(self, status: BatchStatus) -> bool {
        self.0 & Self::of(status).0 != 0
    }

    /// The number of statuses in the set.
    pub(super) const fn len(self) -> u32 {
        self.0.count_ones()
    }

    /// The set as bits. Bit 0 is the first status of [`BatchStatus::ALL`].
    #[must_use]
    pub const fn bits(self) -> u8 {
        self.0
    }

    /// The union of two sets, for constants. Elsewhere, use `|`.
    pub(crate) const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The intersection of two sets, for constants. Elsewhere, use `&`.
    pub(crate) const fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The complement of the set, for constants. Elsewhere, use `!`.
    pub(crate) const fn complement(self) -> Self {
        Self(!self.0)
    }

    /// Iterates over the statuses in the set, in the order of [`BatchStatus::ALL`].
    #[must_use]
    pub const fn iter(self) -> StatusSetIter {
        StatusSetIter(self)
    }
}

impl BitAnd for StatusSet {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        self.intersection(other)
    }
}

impl BitOr for StatusSet {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        self.union(other)
    }
}

impl Not for StatusSet {
    type Output = Self;

    fn not(self) -> Self {
        self.complement()
    }
}

impl FromIterator<BatchStatus> for StatusSet {
    fn from_iter<I: IntoIterator<Item = BatchStatus>>(statuses: I) -> Self {
        statuses.into_iter().map(Self::of).fold(Self::EMPTY, Self::union)
    }
}

impl IntoIterator for StatusSet {
    type Item = BatchStatus;
    type IntoIter = StatusSetIter;

    fn into_iter(self) -> StatusSetIter {
        self.iter()
    }
}

/// An iterator over the statuses of a [`StatusSet`].
#[derive(Clone, Debug)]
pub struct StatusSetIter(StatusSet);

impl Iterator for StatusSetIter {
    type Item = BatchStatus;

    fn next(&mut self) -> Option<BatchStatus> {
        let bits = self.0.0;
        let status = BatchStatus::ALL.get(bits.trailing_zeros() as usize).copied()?;
        self.0 = StatusSet(bits & (bits - 1));
        Some(status)
    }
}

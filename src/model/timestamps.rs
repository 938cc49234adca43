//! The stamps: the members that say when something happened, in whole Unix seconds.

use super::fields::Member;
use super::status::BatchStatus;

/// A member of the batch that holds a moment in Unix seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Stamp {
    /// `created_at`, written when the batch enters `validating`.
    Created,
    /// `in_progress_at`.
    InProgress,
    /// `finalizing_at`.
    Finalizing,
    /// `completed_at`.
    Completed,
    /// `failed_at`.
    Failed,
    /// `expired_at`.
    Expired,
    /// `cancelling_at`.
    Cancelling,
    /// `cancelled_at`.
    Cancelled,
    /// `expires_at`: the deadline, known from creation. No status writes it.
    Expires,
}

impl Stamp {
    /// Every stamp.
    pub const ALL: [Self; 9] = [
        Self::Created,
        Self::InProgress,
        Self::Finalizing,
        Self::Completed,
        Self::Failed,
        Self::Expired,
        Self::Cancelling,
        Self::Cancelled,
        Self::Expires,
    ];

    /// The member that holds it.
    #[must_use]
    pub const fn member(self) -> Member {
        match self {
            Self::Created => Member::CreatedAt,
            Self::InProgress => Member::InProgressAt,
            Self::Finalizing => Member::FinalizingAt,
            Self::Completed => Member::CompletedAt,
            Self::Failed => Member::FailedAt,
            Self::Expired => Member::ExpiredAt,
            Self::Cancelling => Member::CancellingAt,
            Self::Cancelled => Member::CancelledAt,
            Self::Expires => Member::ExpiresAt,
        }
    }

    /// The status that writes it on entry; none for the deadline.
    #[must_use]
    pub fn status(self) -> Option<BatchStatus> {
        BatchStatus::ALL.into_iter().find(|status| status.stamp() == self)
    }
}

impl BatchStatus {
    /// The stamp the server writes when a batch enters this status.
    #[must_use]
    pub const fn stamp(self) -> Stamp {
        match self {
            Self::Validating => Stamp::Created,
            Self::Failed => Stamp::Failed,
            Self::InProgress => Stamp::InProgress,
            Self::Finalizing => Stamp::Finalizing,
            Self::Completed => Stamp::Completed,
            Self::Expired => Stamp::Expired,
            Self::Cancelling => Stamp::Cancelling,
            Self::Cancelled => Stamp::Cancelled,
        }
    }
}

//! The timestamp fields of a batch, in whole Unix seconds.

use super::fields::Field;
use super::status::BatchStatus;

/// A field of the batch that holds a timestamp in Unix seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
#[non_exhaustive]
pub enum TimestampField {
    /// `created_at`, set when the batch enters `validating`.
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
    /// `expires_at`: the deadline, set at creation. No status sets it.
    Expires,
}

impl TimestampField {
    /// Every timestamp field.
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

    /// The row of the field table for this timestamp.
    #[must_use]
    pub const fn field(self) -> Field {
        match self {
            Self::Created => Field::CreatedAt,
            Self::InProgress => Field::InProgressAt,
            Self::Finalizing => Field::FinalizingAt,
            Self::Completed => Field::CompletedAt,
            Self::Failed => Field::FailedAt,
            Self::Expired => Field::ExpiredAt,
            Self::Cancelling => Field::CancellingAt,
            Self::Cancelled => Field::CancelledAt,
            Self::Expires => Field::ExpiresAt,
        }
    }

    /// The status that sets this timestamp on entry, or `None` for the deadline.
    #[must_use]
    pub fn status(self) -> Option<BatchStatus> {
        BatchStatus::ALL.into_iter().find(|status| status.timestamp_field() == self)
    }
}

impl BatchStatus {
    /// The timestamp that the server sets when a batch enters this status.
    #[must_use]
    pub const fn timestamp_field(self) -> TimestampField {
        match self {
            Self::Validating => TimestampField::Created,
            Self::Failed => TimestampField::Failed,
            Self::InProgress => TimestampField::InProgress,
            Self::Finalizing => TimestampField::Finalizing,
            Self::Completed => TimestampField::Completed,
            Self::Expired => TimestampField::Expired,
            Self::Cancelling => TimestampField::Cancelling,
            Self::Cancelled => TimestampField::Cancelled,
        }
    }
}

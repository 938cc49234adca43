//! The eight statuses and the questions the lifecycle table answers about them.

use serde::{Deserialize, Serialize};

use crate::text::beginning;

/// Where a batch is in its life.
///
/// `completed` means that the results are ready, not that any request succeeded: that is the
/// outcome's to say, see [`view::BatchOutcome`](crate::view::BatchOutcome).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[repr(u8)]
pub enum BatchStatus {
    /// The input file is being checked; no request has run.
    Validating,
    /// The input file was rejected; no request has run.
    Failed,
    /// Requests are running.
    InProgress,
    /// The requests are done and the result files are being written.
    Finalizing,
    /// The results are ready.
    Completed,
    /// The completion window ended with requests unfinished; what finished can be downloaded.
    Expired,
    /// Cancellation was asked for; running requests may still finish.
    Cancelling,
    /// Cancelled; what finished can be downloaded.
    Cancelled,
}

impl BatchStatus {
    /// Every status, in the order of the published interface's documentation.
    pub const ALL: [Self; 8] = [
        Self::Validating,
        Self::Failed,
        Self::InProgress,
        Self::Finalizing,
        Self::Completed,
        Self::Expired,
        Self::Cancelling,
        Self::Cancelled,
    ];

    /// The status as the wire spells it.
    ///
    /// ```
    /// assert_eq!(batchlight::BatchStatus::InProgress.as_str(), "in_progress");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Validating => "validating",
            Self::Failed => "failed",
            Self::InProgress => "in_progress",
            Self::Finalizing => "finalizing",
            Self::Completed => "completed",
            Self::Expired => "expired",
            Self::Cancelling => "cancelling",
            Self::Cancelled => "cancelled",
        }
    }

    /// The status the wire spells so; none for any other text, however close.
    #[must_use]
    pub fn from_wire(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == text)
    }

    /// The status meant by a drifted spelling: another case, `-` or a space for `_`, or "canceled"
    /// with one l, as some servers send. Exact spellings are accepted too.
    ///
    /// ```
    /// use batchlight::BatchStatus;
    /// assert_eq!(BatchStatus::from_drifted("IN_PROGRESS"), Some(BatchStatus::InProgress));
    /// assert_eq!(BatchStatus::from_drifted("Canceled"), Some(BatchStatus::Cancelled));
    /// assert_eq!(BatchStatus::from_drifted("queued"), None);
    /// ```
    #[must_use]
    pub fn from_drifted(text: &str) -> Option<Self> {
        let mut plain = String::new();
        for c in beginning(text, 32).0.chars() {
            plain.push(if matches!(c, '-' | ' ') { '_' } else { c.to_ascii_lowercase() });
        }
        match plain.as_str() {
            "canceled" => Some(Self::Cancelled),
            "canceling" => Some(Self::Cancelling),
            exact => Self::from_wire(exact),
        }
    }
}

impl std::fmt::Display for BatchStatus {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

//! The eight statuses of a batch and their spelling.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::text::beginning;

/// The status of a batch.
///
/// `completed` means that the results are ready, not that any request succeeded. For that, see
/// [`view::BatchOutcome`](crate::view::BatchOutcome).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
#[repr(u8)]
pub enum BatchStatus {
    /// The input file is being checked; no request has run.
    Validating,
    /// The input file was rejected; no request has run.
    Failed,
    /// Requests are running.
    InProgress,
    /// The result files are being written: every request has finished, or the completion window has ended.
    Finalizing,
    /// The results are ready.
    Completed,
    /// The completion window ended before every request finished; finished results can be downloaded.
    Expired,
    /// A cancel was requested; running requests may still finish.
    Cancelling,
    /// The batch was cancelled; finished results can be downloaded.
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

    /// The status as the API spells it.
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

    /// Parses a status in any spelling that some servers send: other case, `-` or a space instead of `_`, or
    /// one `l` in "canceled". Returns `None` for an unknown status. For the exact spelling, use [`FromStr`].
    ///
    /// ```
    /// use batchlight::BatchStatus;
    /// assert_eq!(BatchStatus::parse_lenient("IN_PROGRESS"), Some(BatchStatus::InProgress));
    /// assert_eq!(BatchStatus::parse_lenient("Canceled"), Some(BatchStatus::Cancelled));
    /// assert_eq!(BatchStatus::parse_lenient("queued"), None);
    /// ```
    #[must_use]
    pub fn parse_lenient(text: &str) -> Option<Self> {
        match normalized(text).as_str() {
            "canceled" => Some(Self::Cancelled),
            "canceling" => Some(Self::Cancelling),
            exact => exact.parse().ok(),
        }
    }

    /// Parses another word that some servers use for a status, in any case. Returns `None` for any other
    /// string, and for the eight statuses themselves.
    ///
    /// ```
    /// use batchlight::BatchStatus;
    /// assert_eq!(BatchStatus::parse_synonym("PROGRESS"), Some(BatchStatus::InProgress));
    /// assert_eq!(BatchStatus::parse_synonym("in_progress"), None);
    /// ```
    #[must_use]
    pub fn parse_synonym(text: &str) -> Option<Self> {
        let text = normalized(text);
        SYNONYMS.iter().find(|(synonym, ..)| *synonym == text).map(|&(_, status, _)| status)
    }
}

/// Other words for a status, and the servers that use them.
pub const SYNONYMS: [(&str, BatchStatus, &str); 6] = [
    ("pending", BatchStatus::Validating, "vLLM router, as litellm reads it"),
    ("queued", BatchStatus::Validating, "a gateway's documentation"),
    ("in_queue", BatchStatus::Validating, "SiliconFlow"),
    ("running", BatchStatus::InProgress, "Maritaca; vLLM router, as litellm reads it"),
    ("progress", BatchStatus::InProgress, "Novita"),
    ("complete", BatchStatus::Completed, "litellm's database"),
];

/// The beginning of a string in lowercase, with `_` for `-` and spaces.
fn normalized(text: &str) -> String {
    let lower = |c: char| if matches!(c, '-' | ' ') { '_' } else { c.to_ascii_lowercase() };
    beginning(text, 32).0.chars().map(lower).collect()
}

impl fmt::Display for BatchStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Parses the exact spelling of the API.
///
/// ```
/// use batchlight::BatchStatus;
/// assert_eq!("in_progress".parse(), Ok(BatchStatus::InProgress));
/// assert!("IN_PROGRESS".parse::<BatchStatus>().is_err());
/// ```
impl FromStr for BatchStatus {
    type Err = ParseStatusError;

    fn from_str(text: &str) -> Result<Self, ParseStatusError> {
        Self::ALL.into_iter().find(|status| status.as_str() == text).ok_or(ParseStatusError(()))
    }
}

/// The error of parsing a string that is not a known [`BatchStatus`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseStatusError(());

impl fmt::Display for ParseStatusError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected a batch status such as \"in_progress\"")
    }
}

impl std::error::Error for ParseStatusError {}

//! The result of [`compare`](crate::lifecycle::compare): what changed between two snapshots.

use serde::{Deserialize, Serialize};

use crate::model::{BatchStatus, FileRole};

/// Which of two snapshots of one batch is newer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
pub enum ChangeRelation {
    /// The two are equal.
    Unchanged,
    /// The second is newer.
    Advanced,
    /// The second is older, because polls arrived out of order. Keep the first.
    Stale,
    /// The two contradict each other, or nothing says which is newer. The alarms list the contradictions.
    Conflicting,
}

/// What changed between two snapshots of a batch.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct BatchChange {
    /// Which of the two is newer.
    pub relation: ChangeRelation,
    /// The statuses between those of the two snapshots, in order, which no poll saw.
    pub skipped: Vec<BatchStatus>,
    /// Whether the status changed by a transition that was never observed.
    pub unusual: bool,
    /// What happened between the two; empty if the second is older.
    pub events: Vec<BatchEvent>,
    /// The contradictions between the two; empty unless they conflict.
    pub alarms: Vec<BatchAlarm>,
}

/// Something that happened between two snapshots.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub enum BatchEvent {
    /// The status changed.
    StatusChanged {
        /// The status before, as the input spells it.
        from: String,
        /// The status after, as the input spells it.
        to: String,
    },
    /// More requests finished, or the total became known.
    Progress {
        /// The number of requests that succeeded since the first snapshot.
        completed: u64,
        /// The number of requests that failed since the first snapshot.
        failed: u64,
        /// The number of requests in the batch; 0 if unknown.
        total: u64,
    },
    /// A result file became available.
    FileAppeared {
        /// Which result file.
        #[cfg_attr(feature = "_wasm", tsify(type = "Exclude<FileRole, \"input\">"))]
        file: FileRole,
        /// The id of the file.
        id: String,
    },
    /// The server reported errors.
    ErrorsAppeared {
        /// The number of errors in the second snapshot.
        count: u64,
    },
    /// The model that runs the requests became known.
    ModelNamed {
        /// The dated model snapshot.
        model: String,
    },
    /// More tokens have been used.
    UsageChanged {
        /// The total number of tokens used so far.
        #[serde(rename = "totalTokens")]
        total_tokens: u64,
    },
    /// The metadata changed.
    MetadataChanged {
        /// The keys that were added, changed or removed.
        keys: Vec<String>,
    },
}

/// A contradiction between two snapshots of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub enum AlarmCode {
    /// The id changed, so that the two are different batches.
    IdChanged,
    /// `created_at` changed.
    CreatedAtChanged,
    /// `input_file_id` changed.
    InputFileChanged,
    /// The batch left a terminal status.
    LeftTerminalStatus,
    /// The status is older than before, or cannot be reached from the one before, while other fields are
    /// newer.
    StatusWentBack,
    /// Fewer requests have finished than before.
    CountsWentBack,
    /// The total number of requests changed.
    TotalChanged,
    /// A timestamp changed or disappeared after it was set.
    TimestampRewritten,
    /// The id of a result file changed or disappeared.
    FileGone,
}

/// A contradiction in one field of two snapshots.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct BatchAlarm {
    /// The kind of contradiction.
    pub code: AlarmCode,
    /// The field, such as `completed_at` or `request_counts.failed`.
    pub field: String,
    /// The value before, as a string; empty if absent.
    pub before: String,
    /// The value after, as a string; empty if absent.
    pub after: String,
    /// The contradiction in one line.
    pub message: String,
}

//! What changed between two snapshots: the answer of [`compare`](super::compare).

use serde::{Deserialize, Serialize};

use crate::model::BatchStatus;

/// How two snapshots of one batch lie in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum ChangeRelation {
    /// They say the same.
    Unchanged,
    /// The second is later.
    Advanced,
    /// The second is older: polls arrive out of order. Keep the first.
    Stale,
    /// Neither can be later than the other; the alarms say why, where something is impossible.
    Conflicting,
}

/// What lies between two snapshots.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct BatchChange {
    /// How the two lie in time.
    pub relation: ChangeRelation,
    /// The statuses passed between the two, ends excluded: those a poller skipped. In order.
    pub passed: Vec<BatchStatus>,
    /// Whether the status took a way that nobody has recorded.
    pub unusual: bool,
    /// What happened, when the second is later or the two conflict; empty when it is stale.
    pub events: Vec<BatchEvent>,
    /// What cannot have happened; only when the two conflict.
    pub alarms: Vec<BatchAlarm>,
}

/// A file of results.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum ResultFile {
    /// The file of successful requests.
    Output,
    /// The file of failed requests.
    Error,
}

/// Something that happened between two snapshots.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum BatchEvent {
    /// The status changed.
    StatusChanged {
        /// The status before, as it stood there.
        from: String,
        /// The status after, as it stands there.
        to: String,
    },
    /// More requests have finished, or the total became known.
    Progress {
        /// Requests that succeeded since.
        completed: u64,
        /// Requests that failed since.
        failed: u64,
        /// All requests; 0 while unknown.
        total: u64,
    },
    /// A result file can be downloaded.
    FileAppeared {
        /// Which.
        file: ResultFile,
        /// Its id.
        id: String,
    },
    /// Validation named reasons for the failure.
    ErrorsAppeared {
        /// How many there are now.
        count: u64,
    },
    /// The model that runs the batch became known.
    ModelNamed {
        /// The dated model snapshot.
        model: String,
    },
    /// More tokens were used.
    UsageChanged {
        /// All tokens so far.
        #[serde(rename = "totalTokens")]
        total_tokens: u64,
    },
    /// The caller's labels changed.
    MetadataChanged {
        /// The keys whose values changed, came or went.
        keys: Vec<String>,
    },
}

/// What cannot happen to a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum AlarmCode {
    /// The two are different batches.
    IdChanged,
    /// The time of creation changed.
    CreatedAtChanged,
    /// The input file changed.
    InputFileChanged,
    /// The batch left a state that is for good.
    LeftTerminalState,
    /// The status went back, or sideways, while other things went on.
    StatusWentBack,
    /// Fewer requests have finished than before.
    CountsWentBack,
    /// The number of requests changed.
    TotalChanged,
    /// A stamp changed after it was written, or went.
    StampRewritten,
    /// The id of a result file changed, or went.
    FileGone,
}

/// A change that cannot have happened.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct BatchAlarm {
    /// What is impossible.
    pub code: AlarmCode,
    /// The member, such as `completed_at` or `request_counts.failed`.
    pub member: String,
    /// What it was before, as text.
    pub before: String,
    /// What it is after, as text.
    pub after: String,
    /// The whole of it in one line.
    pub message: String,
}

//! The types of the view: everything that a page needs to show a batch, in one plain object.

use serde::{Deserialize, Serialize};

use crate::check::BatchIssue;
use crate::model::{BatchStatus, FileRole};

use super::outcome::{BatchOutcome, RetryScope};
use super::poll::PollAdvice;
use super::presentation::{Group, Icon, Motion, Tone};
use super::progress::BatchProgress;
use super::timeline::TimelineStep;
use super::timing::Timing;

/// The view of a batch. Strings from the batch are plain text; never insert them into a page as HTML.
// The npm package declares `BatchView` as a union by `phase`; its members extend this declaration.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify), tsify(rename = "BatchViewBase"))]
#[non_exhaustive]
pub struct BatchView {
    /// Whether the batch runs, has ended, or has an unknown status. It determines which fields are present.
    pub phase: Phase,
    /// Whether the value is a valid batch: no issue is an error.
    pub valid: bool,
    /// The id of the batch.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The endpoint of its requests.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<String>,
    /// The model that runs its requests.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// When the batch was created, in Unix seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<u64>,
    /// The status as the value spells it, known or not; empty if it has none.
    pub status: String,
    /// The status, if it is known; other spellings are recognized.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub known_status: Option<BatchStatus>,
    /// Whether the status is final.
    pub terminal: bool,
    /// Whether the batch can be cancelled.
    pub cancellable: bool,
    /// The outcome; absent while the batch runs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<BatchOutcome>,
    /// The tone, for a color.
    pub tone: Tone,
    /// The icon.
    pub icon: Icon,
    /// The animation of the icon. Respect `prefers-reduced-motion`.
    pub motion: Motion,
    /// The group in a list that is sorted by what needs attention.
    pub group: Group,
    /// A short label of the status and outcome.
    pub label: String,
    /// A summary in one sentence.
    pub summary: String,
    /// What to do next; absent if there is nothing to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub advice: Option<String>,
    /// The progress.
    pub progress: BatchProgress,
    /// The steps that the batch has taken and those that are ahead.
    pub timeline: Vec<TimelineStep>,
    /// The elapsed time, deadline, estimated time left, and stall.
    pub timing: Timing,
    /// The files of the batch.
    pub files: Vec<FileView>,
    /// The result files that can be downloaded.
    #[cfg_attr(feature = "_wasm", tsify(type = "Exclude<FileRole, \"input\">[]"))]
    pub downloads: Vec<FileRole>,
    /// Which requests to retry.
    pub retry: RetryScope,
    /// The errors of the server, at most 100.
    pub errors: Vec<ErrorView>,
    /// The number of errors of the server, without a limit.
    pub error_count: u64,
    /// When to poll again.
    pub poll: PollAdvice,
    /// The issues of the value: errors, warnings and notes.
    pub issues: Vec<BatchIssue>,
}

/// The phase of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
pub enum Phase {
    /// The batch runs: it can have a deadline, an estimated time left, and a stall.
    Running,
    /// The batch has ended: it has an outcome.
    Ended,
    /// The status is missing or unknown.
    Unknown,
}

/// The view of a file of a batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct FileView {
    /// The role of the file.
    pub role: FileRole,
    /// The id of the file.
    pub id: String,
    /// The label of the file.
    pub label: String,
}

/// The view of an error of the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct ErrorView {
    /// The error code of the server.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The line number in the input file, starting at 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// The parameter that caused the error.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub param: Option<String>,
    /// The message of the server, prefixed with the line number.
    pub text: String,
}

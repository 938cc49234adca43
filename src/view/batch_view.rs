//! The view: everything a page needs to show a batch, in one plain object.

use serde::{Deserialize, Serialize};

use crate::check::BatchIssue;
use crate::lifecycle::ResultFile;
use crate::model::BatchStatus;

use super::outcome::{BatchOutcome, RetryScope};
use super::poll::PollAdvice;
use super::presentation::{Group, Icon, Motion, Tone};
use super::progress::BatchProgress;
use super::timeline::TimelineStep;
use super::timing::Timing;

/// A batch, ready to be shown. Text that comes from the batch is plain text: never put it into a page
/// as markup.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct BatchView {
    /// Whether the value is usable as a batch: no issue is an error.
    pub valid: bool,
    /// The batch's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The endpoint its requests go to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<String>,
    /// The model that runs it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// When it was created, in Unix seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<u64>,
    /// The status as it stood in the value, known or not; empty when there was none.
    pub status: String,
    /// The status, when it is one of the eight; drifted spellings are read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub known_status: Option<BatchStatus>,
    /// Whether it has ended for good.
    pub terminal: bool,
    /// Whether the provider would take a request to cancel it now.
    pub cancellable: bool,
    /// What became of the requests; absent while it runs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<BatchOutcome>,
    /// How it is meant: for a colour.
    pub tone: Tone,
    /// The shape that goes with it.
    pub icon: Icon,
    /// How the shape moves, where motion is welcome.
    pub motion: Motion,
    /// Where it belongs in a list sorted by attention.
    pub group: Group,
    /// Status and outcome in a few words.
    pub label: String,
    /// The same in a sentence.
    pub summary: String,
    /// The one next step; absent while there is nothing to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub advice: Option<String>,
    /// How far it is.
    pub progress: BatchProgress,
    /// The steps it took and those ahead.
    pub timeline: Vec<TimelineStep>,
    /// Elapsed time, deadline, time left, stall.
    pub timing: Timing,
    /// Its files.
    pub files: Vec<FileView>,
    /// The result files that can be downloaded.
    pub downloads: Vec<ResultFile>,
    /// Which requests are worth sending again.
    pub retry: RetryScope,
    /// Why the input file was rejected: the first 100 reasons.
    pub errors: Vec<ErrorView>,
    /// How many reasons there are in all.
    pub error_count: u64,
    /// When to ask again.
    pub poll: PollAdvice,
    /// What is wrong with the value, or odd about it.
    pub issues: Vec<BatchIssue>,
}

/// A file of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum FileKind {
    /// The requests.
    Input,
    /// The successful requests' answers.
    Output,
    /// The failed requests' errors.
    Error,
}

/// A file of a batch, for showing it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct FileView {
    /// Which.
    pub kind: FileKind,
    /// Its id.
    pub id: String,
    /// The words for it.
    pub label: String,
}

/// A reason for which the input file was rejected, for showing it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct ErrorView {
    /// The server's code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The line of the input file, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// The member of the line at fault.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub param: Option<String>,
    /// The server's message with the line in front.
    pub text: String,
}

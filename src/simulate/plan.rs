//! The plan of a simulated batch: its settings, how long each step takes, and what fails.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use crate::diagnostics::compose_message;
use crate::model::{
    BatchError, BatchUsage, CANCELLING_SECONDS, EXAMPLE_MODEL, EXAMPLE_SNAPSHOT, OPENAI_WINDOW,
};
use crate::random::{between, draw};

use super::failure_cause::FailureCause;
use super::server_dialect::ServerDialect;

/// The maximum duration of one step of a plan, in seconds.
pub(super) const MAX_STEP_SECONDS: u64 = 10_000_000_000;

/// A plan of a simulated batch. Optional durations and ids are drawn from the seed by default.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "_mock", derive(tsify::Tsify))]
pub struct BatchPlan {
    /// The random seed, a whole number. Default: 0.
    #[serde(skip_serializing_if = "is_default")]
    #[cfg_attr(feature = "_mock", tsify(optional))]
    pub seed: u64,
    /// The server whose format of a batch is simulated. Default: `openai`.
    #[serde(skip_serializing_if = "is_default")]
    #[cfg_attr(feature = "_mock", tsify(optional))]
    pub wire: ServerDialect,
    /// The id of the batch.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// When the batch is created, in Unix seconds.
    #[serde(rename = "created_at")]
    pub created_at: u64,
    /// The endpoint of every request. Default: `/v1/chat/completions`, or `/chat/completions` for Azure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<String>,
    /// The model of the requests. The batch names its dated snapshot, if one is known. Default:
    /// `gpt-5.4-mini`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// The id of the input file.
    #[serde(rename = "input_file_id", skip_serializing_if = "Option::is_none")]
    pub input_file_id: Option<String>,
    /// The id of the output file.
    #[serde(rename = "output_file_id", skip_serializing_if = "Option::is_none")]
    pub output_file_id: Option<String>,
    /// The id of the error file.
    #[serde(rename = "error_file_id", skip_serializing_if = "Option::is_none")]
    pub error_file_id: Option<String>,
    /// The completion window. Default: `24h`.
    #[serde(rename = "completion_window", skip_serializing_if = "Option::is_none")]
    pub completion_window: Option<String>,
    /// The metadata of the batch.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "_mock", tsify(type = "Record<string, string>"))]
    pub metadata: Option<BTreeMap<String, String>>,
    /// The number of requests in the input file, up to 100,000. Default: 100.
    #[cfg_attr(feature = "_mock", tsify(optional))]
    pub requests: u32,
    /// The duration of validation, in seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub validation_seconds: Option<u64>,
    /// The time from the first to the last request, in seconds. The batch expires if it is longer than the
    /// completion window.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub run_seconds: Option<u64>,
    /// The number of requests that finish per second, instead of `runSeconds`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rate: Option<f64>,
    /// The time to write the result files, in seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finalizing_seconds: Option<u64>,
    /// The time from the cancel request to the status `cancelled`, in seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cancelling_seconds: Option<u64>,
    /// The fraction of requests that fail, from 0 to 1. Default: 0.
    #[serde(skip_serializing_if = "is_default")]
    #[cfg_attr(feature = "_mock", tsify(optional))]
    pub failure_rate: f64,
    /// Requests that always fail.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "_mock", tsify(optional))]
    pub failures: Vec<PlannedFailure>,
    /// The errors of a batch that fails. Without `breakAt`, validation rejects the input file; with it, the
    /// batch fails at that time and has no result files. Default: none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "_mock", tsify(optional))]
    pub errors: Vec<BatchError>,
    /// When a cancel is requested, in Unix seconds. It has no effect on a batch that has already ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cancel_at: Option<u64>,
    /// When a running, finalizing or cancelling batch fails, in Unix seconds. This transition was never
    /// observed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub break_at: Option<u64>,
    /// The final token usage. Default: the sum over the simulated requests.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usage: Option<BatchUsage>,
}

/// A request that always fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "_mock", derive(tsify::Tsify))]
pub struct PlannedFailure {
    /// The index of the request in the input file, starting at 0.
    pub index: u32,
    /// The failure cause. Default: drawn from the seed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<FailureCause>,
}

/// The error of an invalid plan.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PlanError {
    /// The invalid field.
    pub field: &'static str,
    /// The expected and the found value.
    pub message: String,
}

impl fmt::Display for PlanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for PlanError {}

impl Default for BatchPlan {
    fn default() -> Self {
        Self {
            seed: 0,
            wire: ServerDialect::Openai,
            id: None,
            created_at: 0,
            endpoint: None,
            model: None,
            input_file_id: None,
            output_file_id: None,
            error_file_id: None,
            completion_window: None,
            metadata: None,
            requests: 100,
            validation_seconds: None,
            run_seconds: None,
            rate: None,
            finalizing_seconds: None,
            cancelling_seconds: None,
            failure_rate: 0.0,
            failures: Vec::new(),
            errors: Vec::new(),
            cancel_at: None,
            break_at: None,
            usage: None,
        }
    }
}

// The random streams of a plan. They differ from the streams of the requests.
const VALIDATION: u64 = 101;
const RUN: u64 = 102;
const FINALIZING: u64 = 103;
const CANCELLING: u64 = 104;
const EXPIRING: u64 = 105;
const IDS: u64 = 106;
const SLOW_CANCEL: u64 = 107;

impl BatchPlan {
    /// The endpoint, or its default.
    pub(super) fn endpoint(&self) -> &str {
        let default = if self.wire.is_azure() { "/chat/completions" } else { "/v1/chat/completions" };
        self.endpoint.as_deref().unwrap_or(default)
    }

    /// The completion window, or its default.
    pub(super) fn window(&self) -> &str {
        self.completion_window.as_deref().unwrap_or(OPENAI_WINDOW)
    }

    /// The dated snapshot of the model. Two were observed, and that of the current example is in the types of
    /// the `openai` package; for any other model it is the name itself.
    #[must_use]
    pub fn snapshot_name(&self) -> &str {
        match self.model.as_deref() {
            None | Some(EXAMPLE_MODEL) => EXAMPLE_SNAPSHOT,
            // Sources: openai-batch-manager tests; curator cassettes.
            Some("gpt-4o-mini") => "gpt-4o-mini-2024-07-18",
            Some("gpt-3.5-turbo") => "gpt-3.5-turbo-0125",
            Some(other) => other,
        }
    }

    /// Whether validation rejects the input file.
    pub(super) const fn is_rejected(&self) -> bool {
        !self.errors.is_empty() && self.break_at.is_none()
    }

    /// The duration of validation, in seconds. Observed: mostly 0 to 63 s, up to 121 s,
    /// and 20 s to 15 min for rejected files.
    pub(super) fn validation(&self) -> u64 {
        let (min, max) = if self.is_rejected() { (20, 900) } else { (1, 63) };
        self.validation_seconds.unwrap_or_else(|| self.drawn(VALIDATION, min, max))
    }

    /// The time from the first to the last request, in seconds.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "saturates; the rate is positive"
    )]
    pub(super) fn run_duration(&self) -> u64 {
        let by_rate = self.rate.map(|rate| (f64::from(self.requests) / rate).ceil() as u64);
        let seconds = self.run_seconds.or(by_rate).unwrap_or_else(|| self.drawn(RUN, 600, 10_800));
        seconds.min(MAX_STEP_SECONDS)
    }

    /// The duration of finalizing, in seconds. Observed: mostly 0 to 4 s, up to 584 s.
    pub(super) fn finalizing(&self) -> u64 {
        self.finalizing_seconds.unwrap_or_else(|| self.drawn(FINALIZING, 1, 4))
    }

    /// The duration of cancelling, in seconds. One in 90 takes longer than usual, as recorded.
    pub(super) fn cancelling(&self) -> u64 {
        let [shortest, usual, longest] = CANCELLING_SECONDS;
        let is_slow = self.drawn(SLOW_CANCEL, 1, 90) == 1;
        let (min, max) = if is_slow { (usual, longest) } else { (shortest, usual) };
        self.cancelling_seconds.unwrap_or_else(|| self.drawn(CANCELLING, min, max))
    }

    /// The duration of finalizing after the deadline, in seconds. Recorded: 606 and 607 s.
    pub(super) const fn expiring(&self) -> u64 {
        self.drawn(EXPIRING, 606, 607)
    }

    /// The seed for the id with this index.
    pub(super) const fn id_seed(&self, index: u64) -> u64 {
        draw(self.seed, IDS, index)
    }

    const fn drawn(&self, stream: u64, min: u64, max: u64) -> u64 {
        between(draw(self.seed, stream, 0), min, max)
    }
}

/// Creates a [`PlanError`].
pub(super) fn plan_error(field: &'static str, expected: &str, found: impl fmt::Display) -> PlanError {
    PlanError { field, message: compose_message(expected, &found.to_string(), field) }
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

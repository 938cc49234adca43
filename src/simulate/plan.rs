//! The plan of a simulated batch: what was asked for, how long it takes, what goes wrong.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use crate::model::{BatchError, BatchUsage, OPENAI_WINDOW};
use crate::random::{between, draw};

use super::failure_cause::FailureCause;
use super::server_dialect::WireHabits;

/// The longest step of a plan, in seconds.
pub(super) const LONGEST_STEP: u64 = 10_000_000_000;

/// What a batch is asked for and how it fares. Whatever is left out is drawn from the seed.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "mock", derive(tsify::Tsify))]
pub struct BatchPlan {
    /// What everything that is left to chance is drawn from: a whole number. Default 0.
    #[serde(skip_serializing_if = "is_default")]
    #[cfg_attr(feature = "mock", tsify(optional))]
    pub seed: u64,
    /// Whose way of writing a batch is imitated. Default `openai`.
    #[serde(skip_serializing_if = "is_default")]
    #[cfg_attr(feature = "mock", tsify(optional))]
    pub wire: WireHabits,
    /// The batch's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// When it is created, in Unix seconds.
    #[serde(rename = "created_at")]
    pub created_at: u64,
    /// The endpoint every request goes to. Default `/v1/chat/completions`, in Azure's spelling for Azure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<String>,
    /// The model the requests ask for; what is sent is its dated snapshot, where one is recorded. Default
    /// `gpt-4o-mini`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// The id of the input file.
    #[serde(rename = "input_file_id", skip_serializing_if = "Option::is_none")]
    pub input_file_id: Option<String>,
    /// The id the output file gets.
    #[serde(rename = "output_file_id", skip_serializing_if = "Option::is_none")]
    pub output_file_id: Option<String>,
    /// The id the error file gets.
    #[serde(rename = "error_file_id", skip_serializing_if = "Option::is_none")]
    pub error_file_id: Option<String>,
    /// How long the server may take, such as `24h`, which is the default.
    #[serde(rename = "completion_window", skip_serializing_if = "Option::is_none")]
    pub completion_window: Option<String>,
    /// The caller's own labels.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "mock", tsify(type = "Record<string, string>"))]
    pub metadata: Option<BTreeMap<String, String>>,
    /// How many requests the input file has: up to 100,000. Default 100.
    #[cfg_attr(feature = "mock", tsify(optional))]
    pub requests: u32,
    /// Seconds of validation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub validation_seconds: Option<u64>,
    /// Seconds from the first request to the last; more than the window lets the batch expire.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub run_seconds: Option<u64>,
    /// Requests finished a second, in place of `runSeconds`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rate: Option<f64>,
    /// Seconds of writing the result files.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finalizing_seconds: Option<u64>,
    /// Seconds from the cancel to its end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cancelling_seconds: Option<u64>,
    /// How many of the requests fail, from 0 for none, which is the default, to 1 for all.
    #[serde(skip_serializing_if = "is_default")]
    #[cfg_attr(feature = "mock", tsify(optional))]
    pub failure_rate: f64,
    /// Requests that fail in any case.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "mock", tsify(optional))]
    pub failures: Vec<PlannedFailure>,
    /// Why the batch fails: with `breakAt` these are the errors of the breakdown, which then leaves no result
    /// files; without it, validation rejects the input file. Default none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "mock", tsify(optional))]
    pub errors: Vec<BatchError>,
    /// When a cancel is asked for, in Unix seconds; without effect on a batch that has ended by then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cancel_at: Option<u64>,
    /// When a batch that runs, finalizes or is being cancelled breaks down and fails, in Unix seconds: a
    /// transition that nobody has recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub break_at: Option<u64>,
    /// The usage at the end, where it is known from elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usage: Option<BatchUsage>,
}

/// A request that fails in any case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "mock", derive(tsify::Tsify))]
pub struct PlannedFailure {
    /// Which one, from 0, in the order of the input file.
    pub index: u32,
    /// Why; left out: drawn from the seed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<FailureCause>,
}

/// What is wrong with a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanError {
    /// The member at fault.
    pub member: &'static str,
    /// What was expected, what was found.
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
            wire: WireHabits::Openai,
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

// What is drawn: a stream of numbers each, apart from those of the requests.
const VALIDATION: u64 = 101;
const RUN: u64 = 102;
const FINALIZING: u64 = 103;
const CANCELLING: u64 = 104;
const EXPIRY: u64 = 105;
const IDS: u64 = 106;

impl BatchPlan {
    /// The endpoint.
    pub(super) fn endpoint(&self) -> &str {
        let usual = if self.wire.is_azure() { "/chat/completions" } else { "/v1/chat/completions" };
        self.endpoint.as_deref().unwrap_or(usual)
    }

    /// The completion window.
    pub(super) fn window(&self) -> &str {
        self.completion_window.as_deref().unwrap_or(OPENAI_WINDOW)
    }

    /// The dated snapshot that answers for the model: the two pairs that are recorded, else the name itself.
    #[must_use]
    pub fn snapshot_name(&self) -> &str {
        match self.model.as_deref() {
            // openai-batch-manager tests; curator cassettes.
            None | Some("gpt-4o-mini") => "gpt-4o-mini-2024-07-18",
            Some("gpt-3.5-turbo") => "gpt-3.5-turbo-0125",
            Some(other) => other,
        }
    }

    /// Whether validation rejects the input file.
    pub(super) const fn is_rejected(&self) -> bool {
        !self.errors.is_empty() && self.break_at.is_none()
    }

    /// Seconds of validation: recorded were 0 to 63, and from 20 s to 15 min where it failed.
    pub(super) fn validation(&self) -> u64 {
        let (least, most) = if self.is_rejected() { (20, 900) } else { (1, 63) };
        self.validation_seconds.unwrap_or_else(|| self.drawn(VALIDATION, least, most))
    }

    /// Seconds from the first request to the last.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "saturates; the rate is positive"
    )]
    pub(super) fn run(&self) -> u64 {
        let by_rate = self.rate.map(|rate| (f64::from(self.requests) / rate).ceil() as u64);
        let seconds = self.run_seconds.or(by_rate).unwrap_or_else(|| self.drawn(RUN, 600, 10_800));
        seconds.min(LONGEST_STEP)
    }

    /// Seconds of finalizing: recorded were 0 to 4.
    pub(super) fn finalizing(&self) -> u64 {
        self.finalizing_seconds.unwrap_or_else(|| self.drawn(FINALIZING, 1, 4))
    }

    /// Seconds of cancelling: documented are up to 10 minutes.
    pub(super) fn cancelling(&self) -> u64 {
        self.cancelling_seconds.unwrap_or_else(|| self.drawn(CANCELLING, 10, 600))
    }

    /// Seconds from the deadline until the server says so: half an hour was reported.
    pub(super) fn expiry(&self) -> u64 {
        self.drawn(EXPIRY, 1, 1800)
    }

    /// A seed for the n-th of the ids that are drawn.
    pub(super) const fn id_seed(&self, which: u64) -> u64 {
        draw(self.seed, IDS, which)
    }

    const fn drawn(&self, stream: u64, least: u64, most: u64) -> u64 {
        between(draw(self.seed, stream, 0), least, most)
    }
}

/// A [`PlanError`] in the house's words.
pub(super) fn refusal(member: &'static str, expected: &str, found: impl fmt::Display) -> PlanError {
    PlanError { member, message: format!("expected {expected}, found {found} at {member}") }
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

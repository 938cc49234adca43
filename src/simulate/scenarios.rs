//! Ready-made scenarios: one for each status and each outcome.

use serde::Serialize;

use crate::model::BatchError;

use super::plan::BatchPlan;
use super::server_dialect::ServerDialect;

/// A plan, and the time at which the batch is in the state that the scenario shows.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "_mock", derive(tsify::Tsify))]
pub struct BatchScenario {
    /// The name: a status or an outcome.
    pub name: &'static str,
    /// The state of the batch in one sentence.
    pub summary: &'static str,
    /// The plan.
    pub plan: BatchPlan,
    /// The time, in Unix seconds.
    pub now: u64,
}

/// When the batches of all scenarios are created.
const CREATED: u64 = 1_764_000_000;

// The fixed times of a scenario: the start of the first request, half of them finished, all of them finished,
// and a time at which every batch has ended.
const BEGUN: u64 = CREATED + 60;
const HALF: u64 = BEGUN + 3_600;
const DONE: u64 = BEGUN + 7_200;
const LATER: u64 = CREATED + 2 * 86_400;

fn plan(seed: u64) -> BatchPlan {
    BatchPlan {
        seed,
        created_at: CREATED,
        requests: 200,
        validation_seconds: Some(BEGUN - CREATED),
        run_seconds: Some(DONE - BEGUN),
        finalizing_seconds: Some(4),
        cancelling_seconds: Some(610),
        ..BatchPlan::default()
    }
}

/// Returns every scenario: first the statuses of a running batch, then the outcomes.
#[must_use]
pub fn scenarios() -> Vec<BatchScenario> {
    let row = |name, summary, now, plan| BatchScenario { name, summary, plan, now };
    vec![
        row("validating", "just created; requests are not counted yet", CREATED + 1, plan(1)),
        row("in_progress", "half of the requests have finished", HALF, plan(2)),
        row(
            "finalizing",
            "every request has finished; the result files are not ready yet",
            DONE + 1,
            plan(3),
        ),
        row(
            "cancelling",
            "a cancel was requested while requests were running",
            HALF + 1,
            BatchPlan { cancel_at: Some(HALF), ..plan(4) },
        ),
        row("succeeded", "completed; every request succeeded", LATER, plan(5)),
        row(
            "partially_failed",
            "completed; some requests failed",
            LATER,
            BatchPlan { failure_rate: 0.1, ..plan(6) },
        ),
        row(
            "all_failed",
            "completed; every request failed, so there is no output file",
            LATER,
            BatchPlan { failure_rate: 1.0, ..plan(7) },
        ),
        row(
            "empty",
            "completed; the input file had no requests",
            LATER,
            BatchPlan { requests: 0, ..plan(8) },
        ),
        row(
            "unverified",
            "completed; the server does not say how many requests succeeded",
            LATER,
            BatchPlan { wire: ServerDialect::AzureRest, ..plan(9) },
        ),
        row(
            "rejected",
            "validation rejected the input file",
            LATER,
            BatchPlan { errors: errors(), ..plan(10) },
        ),
        row(
            "failed",
            "failed while requests were running, a transition that was never observed",
            LATER,
            BatchPlan { break_at: Some(HALF), ..plan(11) },
        ),
        row(
            "expired_partial",
            "expired with half of the requests finished",
            LATER,
            BatchPlan { run_seconds: Some(2 * 86_400), ..plan(12) },
        ),
        row(
            "expired",
            "expired before any request succeeded",
            LATER,
            BatchPlan { requests: 3, run_seconds: Some(10_000_000_000), ..plan(13) },
        ),
        row(
            "cancelled_partial",
            "cancelled with half of the requests finished",
            LATER,
            BatchPlan { cancel_at: Some(HALF), ..plan(14) },
        ),
        row(
            "cancelled",
            "cancelled during validation, before any request ran",
            LATER,
            BatchPlan { cancel_at: Some(CREATED + 2), ..plan(15) },
        ),
    ]
}

/// Errors of OpenAI that the tests of llama-stack recorded.
fn errors() -> Vec<BatchError> {
    let entry = |code: &str, line, message: &str, param: Option<&str>| BatchError {
        code: Some(code.to_owned()),
        line: Some(line),
        message: Some(message.to_owned()),
        param: param.map(str::to_owned),
    };
    vec![
        entry("invalid_json_line", 2, "This line is not parseable as valid JSON.", None),
        entry("missing_required_parameter", 3, "Missing required parameter: 'custom_id'.", Some("custom_id")),
        entry(
            "invalid_url",
            7,
            "The URL provided for this request does not match the batch endpoint.",
            Some("url"),
        ),
    ]
}

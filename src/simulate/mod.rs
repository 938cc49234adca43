//! A batch that nobody runs: from a plan and a moment, the object that a server would send.
//!
//! Pure and deterministic: the same plan and moment give the same object, and which request fares how is a
//! function of the seed and the request's index alone. A life goes forward through the lifecycle table by
//! [`transition`](crate::lifecycle::transition), so an illegal one cannot be simulated, and what is asked for later in
//! a plan (a cancel) changes nothing of what was seen before.
//!
//! ```
//! use batchlight::simulate::{BatchPlan, simulate};
//! let plan = BatchPlan { created_at: 1_764_000_000, requests: 200, ..BatchPlan::default() };
//! let created = simulate(&plan, plan.created_at)?;
//! assert_eq!(created["status"], "validating");
//! assert_eq!(created["model"], serde_json::Value::Null);
//! let day_after = simulate(&plan, plan.created_at + 86_400)?;
//! assert_eq!(day_after["request_counts"]["completed"], 200);
//! # Ok::<(), batchlight::simulate::PlanError>(())
//! ```

mod api_errors;
mod failure_cause;
mod parse_plan;
mod plan;
mod rejection;
mod request_outcome;
mod scenarios;
mod schedule;
mod server_dialect;
mod simulation;
mod validate_plan;
mod wire_object;

pub use api_errors::{LIMITS, REFUSALS, Refusal, ServerLimits};
pub use failure_cause::{CAUSES, CauseInfo, FailureCause, UNFINISHED, UnfinishedInfo};
pub use parse_plan::read_plan;
pub use plan::{BatchPlan, PlanError, PlannedFailure};
pub use rejection::{Fault, REJECTIONS, RejectionText, missing_file, rejection};
pub use request_outcome::{Fate, RequestFate};
pub use scenarios::{BatchScenario, scenarios};
pub use server_dialect::WireHabits;
pub use simulation::Life;
pub use validate_plan::MOST_REQUESTS;
pub use wire_object::WireObject;

/// The object a server would send for the planned batch at the moment `now`, in Unix seconds; before its
/// creation, the one at its creation.
///
/// # Errors
/// When the plan holds what no server would make a batch of.
pub fn simulate(plan: &BatchPlan, now: u64) -> Result<WireObject, PlanError> {
    Ok(Life::of(plan)?.wire(now))
}

//! The simulator: computes the object that a server would send for a planned batch at a given time.
//!
//! It is deterministic: the same plan and time give the same object, and the outcome of a request depends
//! only on the seed and the index of the request. Every status change goes through
//! [`transition`](crate::lifecycle::transition), so that an illegal one cannot be simulated. A later event of
//! a plan, such as a cancel, does not change earlier results.
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
mod models;
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

pub use api_errors::{API_ERRORS, ApiError, LIMITS, ServerLimits};
pub use failure_cause::{CAUSES, CauseInfo, FailureCause, UNFINISHED, UnfinishedInfo};
pub use models::MODELS;
pub use parse_plan::{PLAN_FIELDS, parse_plan};
pub use plan::{BatchPlan, PlanError, PlannedFailure};
pub use rejection::{InputProblem, REJECTIONS, RejectionText, missing_file, rejection};
pub use request_outcome::{RequestOutcome, SimulatedRequest};
pub use scenarios::{BatchScenario, scenarios};
pub use server_dialect::ServerDialect;
pub use simulation::Simulation;
pub use validate_plan::MAX_REQUESTS;
pub use wire_object::WireObject;

/// Returns the object that a server would send for the planned batch at the time `now`, in Unix seconds.
/// Before the creation of the batch, it is the object at its creation.
///
/// # Errors
/// Returns an error if the plan is invalid: no server would create such a batch.
pub fn simulate(plan: &BatchPlan, now: u64) -> Result<WireObject, PlanError> {
    Ok(Simulation::new(plan)?.wire(now))
}

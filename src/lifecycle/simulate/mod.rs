//! A batch that nobody runs: from a plan and a moment, the object that a server would send.
//!
//! Pure and deterministic: the same plan and moment give the same object, and which request fares how is a
//! function of the seed and the request's index alone. A life goes forward through the lifecycle table by
//! [`transition`](super::transition), so an illegal one cannot be simulated, and what is asked for later in
//! a plan (a cancel) changes nothing of what was seen before.
//!
//! ```
//! use batchlight::lifecycle::simulate::{BatchPlan, simulate};
//! let plan = BatchPlan { created_at: 1_764_000_000, requests: 200, ..BatchPlan::default() };
//! let created = simulate(&plan, plan.created_at)?;
//! assert_eq!(created["status"], "validating");
//! assert_eq!(created["model"], serde_json::Value::Null);
//! let day_after = simulate(&plan, plan.created_at + 86_400)?;
//! assert_eq!(day_after["request_counts"]["completed"], 200);
//! # Ok::<(), batchlight::lifecycle::simulate::PlanError>(())
//! ```

mod cause;
mod course;
mod fate;
mod habits;
mod life;
mod limits;
mod plan;
mod read;
mod refusals;
mod rejection;
mod scenarios;
mod wire;

pub use cause::{CAUSES, CauseInfo, FailureCause, UNFINISHED, UnfinishedInfo};
pub use fate::{Fate, RequestFate};
pub use habits::WireHabits;
pub use life::Life;
pub use limits::MOST_REQUESTS;
pub use plan::{BatchPlan, PlanError, PlannedFailure};
pub use read::read_plan;
pub use refusals::{LIMITS, REFUSALS, Refusal, ServerLimits};
pub use rejection::{Fault, REJECTIONS, RejectionText, missing_file, rejection};
pub use scenarios::{BatchScenario, scenarios};
pub use wire::WireObject;

/// The object a server would send for the planned batch at the moment `now`, in Unix seconds; before its
/// creation, the one at its creation.
///
/// # Errors
/// When the plan holds what no server would make a batch of.
pub fn simulate(plan: &BatchPlan, now: u64) -> Result<WireObject, PlanError> {
    Ok(Life::of(plan)?.wire(now))
}

//! The course of a life: which statuses are entered when.

use crate::model::BatchStatus::{
    self, Cancelled, Cancelling, Completed, Expired, Failed, Finalizing, InProgress,
};
use crate::model::window_seconds;

use super::plan::BatchPlan;
use super::request_outcome::Run;

/// When which status is entered, creation left out; and when the requests run, if they do.
pub(super) struct Course {
    pub steps: Vec<(BatchStatus, u64)>,
    pub run: Option<Run>,
}

/// The deadline: creation plus window; none where the window is no time.
pub(super) fn deadline(plan: &BatchPlan) -> Option<u64> {
    window_seconds(plan.window()).map(|seconds| plan.created_at.saturating_add(seconds))
}

impl Course {
    /// What a plan leads to. Whatever comes first ends the life; of two things in the same second, the one
    /// that a look in this second would have seen before anybody could ask for a cancel.
    pub fn of(plan: &BatchPlan) -> Self {
        let begins = plan.created_at.saturating_add(plan.validation());
        let cancel = |from: u64, before: u64| plan.cancel_at.filter(|at| (from..before).contains(at));
        let cancelled = |at: u64| [(Cancelling, at), (Cancelled, at.saturating_add(plan.cancelling()))];
        if let Some(at) = cancel(plan.created_at, begins) {
            return Self { steps: cancelled(at).to_vec(), run: None };
        }
        if plan.is_rejected() {
            return Self { steps: vec![(Failed, begins)], run: None };
        }
        let seconds = plan.run();
        let ends = begins.saturating_add(seconds);
        let deadline = deadline(plan).filter(|&deadline| plan.wire.expires() && deadline < ends);
        let expires = deadline.map(|deadline| deadline.saturating_add(plan.expiry()));
        let leaves = expires.unwrap_or(ends);
        let breaks = plan.break_at.map(|at| at.max(begins));
        let mut steps = vec![(InProgress, begins)];
        let mut until = deadline.unwrap_or(ends);
        if let Some(at) = cancel(begins, breaks.map_or(leaves, |at| at.min(leaves))) {
            steps.extend(cancelled(at));
            until = until.min(at);
        } else if let Some(at) = expires {
            steps.push((Expired, at));
        } else {
            let done = ends.saturating_add(plan.finalizing());
            steps.push((Finalizing, ends));
            match cancel(ends, breaks.map_or(done, |at| at.min(done))) {
                Some(at) => steps.extend(cancelled(at)),
                None => steps.push((Completed, done)),
            }
        }
        // A breakdown ends the life wherever it stands, up to the second in which it would have ended anyway.
        if let Some(at) = breaks.filter(|&at| steps.last().is_some_and(|&(_, end)| at <= end)) {
            steps.pop();
            steps.retain(|&(_, entered)| entered <= at);
            steps.push((Failed, at));
            until = until.min(at);
        }
        Self { steps, run: Some(Run { from: begins, seconds, until }) }
    }
}

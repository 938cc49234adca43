//! The schedule of a plan: when the batch enters which status.

use crate::model::BatchStatus::{
    self, Cancelled, Cancelling, Completed, Expired, Failed, Finalizing, InProgress,
};
use crate::model::window_seconds;

use super::plan::BatchPlan;
use super::request_outcome::Run;

/// When the batch enters each status after its creation, and when its requests run, if they do.
pub(super) struct Schedule {
    pub transitions: Vec<(BatchStatus, u64)>,
    pub run: Option<Run>,
}

/// The deadline: the creation plus the completion window, or `None` if the window is not a duration.
pub(super) fn deadline(plan: &BatchPlan) -> Option<u64> {
    window_seconds(plan.window()).map(|seconds| plan.created_at.saturating_add(seconds))
}

impl Schedule {
    /// Computes the schedule of a plan. The first event that can end the batch ends it. If a cancel falls in
    /// the same second as another event, the other event wins, since a poll in that second may have shown it
    /// already.
    pub fn new(plan: &BatchPlan) -> Self {
        let begins = plan.created_at.saturating_add(plan.validation());
        let cancel = |from: u64, before: u64| plan.cancel_at.filter(|at| (from..before).contains(at));
        let cancelled = |at: u64| [(Cancelling, at), (Cancelled, at.saturating_add(plan.cancelling()))];
        if let Some(at) = cancel(plan.created_at, begins) {
            return Self { transitions: cancelled(at).to_vec(), run: None };
        }
        if plan.is_rejected() {
            return Self { transitions: vec![(Failed, begins)], run: None };
        }
        let seconds = plan.run_duration();
        let ends = begins.saturating_add(seconds);
        let deadline = deadline(plan).filter(|&deadline| plan.wire.expires() && deadline < ends);
        // At the deadline, the server stops the requests and writes the results of those that have finished.
        let (finalizes, end, finalizing) = match deadline {
            Some(deadline) => (deadline.saturating_add(1).max(begins), Expired, plan.expiring()),
            None => (ends, Completed, plan.finalizing()),
        };
        let done = finalizes.saturating_add(finalizing);
        let breaks = plan.break_at.map(|at| at.max(begins));
        let cancel = |from: u64, before: u64| cancel(from, breaks.map_or(before, |at| at.min(before)));
        let mut transitions = vec![(InProgress, begins)];
        let mut until = deadline.unwrap_or(ends);
        if let Some(at) = cancel(begins, finalizes) {
            transitions.extend(cancelled(at));
            until = until.min(at);
        } else {
            transitions.push((Finalizing, finalizes));
            match cancel(finalizes, done) {
                Some(at) => transitions.extend(cancelled(at)),
                None => transitions.push((end, done)),
            }
        }
        // A failure replaces everything after it, up to the second in which the batch would have ended
        // anyway.
        if let Some(at) = breaks.filter(|&at| transitions.last().is_some_and(|&(_, end)| at <= end)) {
            transitions.pop();
            transitions.retain(|&(_, entered)| entered <= at);
            transitions.push((Failed, at));
            until = until.min(at);
        }
        Self { transitions, run: Some(Run { from: begins, seconds, until }) }
    }
}

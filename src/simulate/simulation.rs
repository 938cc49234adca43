//! The simulation of a planned batch at any time.

use serde_json::Value;

use crate::lifecycle::{TransitionInput, transition};
use crate::model::{Batch, BatchError, BatchErrors, BatchRequestCounts, BatchStatus, Evidence, LIST, OBJECT};

use super::plan::{BatchPlan, PlanError, plan_error};
use super::request_outcome::{RequestOutcomes, SimulatedRequest, usage};
use super::schedule::{Schedule, deadline};
use super::server_dialect::ServerDialect;
use super::wire_object::WireObject;

/// The simulation of a planned batch.
#[derive(Clone, Debug)]
pub struct Simulation<'a> {
    plan: &'a BatchPlan,
    requests: RequestOutcomes<'a>,
    transitions: Vec<(BatchStatus, u64)>,
}

impl<'a> Simulation<'a> {
    /// Creates the simulation of a plan.
    ///
    /// # Errors
    /// Returns an error if the plan is invalid: no server would create such a batch.
    pub fn new(plan: &'a BatchPlan) -> Result<Self, PlanError> {
        plan.validate()?;
        let Schedule { transitions, run } = Schedule::new(plan);
        let simulation = Self { plan, requests: RequestOutcomes::new(plan, run), transitions };
        // Makes every transition once, so that none can be illegal later.
        simulation
            .try_batch(u64::MAX)
            .map_err(|reason| plan_error("plan", "transitions that the lifecycle allows", reason))?;
        Ok(simulation)
    }

    /// When the batch enters each status, in Unix seconds, from its creation to its final status.
    pub fn schedule(&self) -> impl Iterator<Item = (BatchStatus, u64)> {
        [(BatchStatus::Validating, self.plan.created_at)].into_iter().chain(self.transitions.iter().copied())
    }

    /// Iterates over the requests at the time `now`, in the order of the input file.
    pub fn requests(&self, now: u64) -> impl Iterator<Item = SimulatedRequest> {
        self.requests.at(now)
    }

    /// The batch at the time `now`. Before its creation, it is the batch at its creation.
    #[must_use]
    pub fn batch(&self, now: u64) -> Batch {
        // `new` has made every transition without an error.
        self.try_batch(now).unwrap_or_else(|_| self.created())
    }

    /// The object that a server would send at the time `now`.
    #[must_use]
    pub fn wire(&self, now: u64) -> WireObject {
        WireObject::new(self.plan, &self.batch(now))
    }

    fn try_batch(&self, now: u64) -> Result<Batch, String> {
        let mut batch = self.created();
        for &(to, at) in self.transitions.iter().take_while(|&&(_, at)| at <= now) {
            let input = self.transition_input(&batch, to, at);
            batch = transition(&batch, to, &input).map_err(|error| error.message)?;
            if to == BatchStatus::InProgress {
                batch.model = Some(self.plan.snapshot_name().to_owned());
            }
        }
        if batch.status == BatchStatus::InProgress {
            batch.request_counts = Some(self.requests.counts(now));
        }
        if batch.status.is_terminal() && batch.in_progress_at.is_some() {
            batch.usage = batch.usage.map(|_| self.plan.usage.unwrap_or_else(|| usage(self.requests(now))));
        }
        Ok(batch)
    }

    /// The input of the transition to the status `to`.
    fn transition_input(&self, batch: &Batch, to: BatchStatus, at: u64) -> TransitionInput {
        let ran = to == BatchStatus::InProgress || batch.in_progress_at.is_some();
        let mut counts = if ran { self.requests.counts(at) } else { BatchRequestCounts::default() };
        let unfinished = counts.total - counts.finished();
        if to == BatchStatus::Cancelled && self.plan.wire == ServerDialect::Dashscope {
            // Observed: counts of 0/2/2 after a cancel before any request ran.
            counts.failed += unfinished;
        }
        // A failure with planned errors is a failure to write the results.
        let written = to.is_terminal() && !(to == BatchStatus::Failed && ran && !self.plan.errors.is_empty());
        let output = written && counts.completed > 0;
        let errors = written && (counts.failed > 0 || unfinished > 0);
        let empty = to == BatchStatus::Completed && self.plan.wire.is_azure();
        let file = |exists: bool, planned: &Option<String>, which: u64| {
            let id = || self.plan.wire.file_id(self.plan.id_seed(which), false);
            exists.then(|| planned.clone().unwrap_or_else(id))
        };
        TransitionInput {
            at,
            counts: Some(counts),
            output_file_id: file(output, &self.plan.output_file_id, 2),
            error_file_id: file(errors || empty, &self.plan.error_file_id, 3),
            errors: (to == BatchStatus::Failed).then(|| self.errors(ran)),
            allow_unobserved: batch.status.evidence(to) == Some(Evidence::Unobserved),
        }
    }

    /// The errors of a batch that failed.
    fn errors(&self, ran: bool) -> BatchErrors {
        let failure = || BatchError {
            // OGX sends this code; its message was not observed.
            code: Some("internal_error".to_owned()),
            message: Some("simulated: the batch failed while it was running".to_owned()),
            ..BatchError::default()
        };
        let planned = &self.plan.errors;
        let data = if ran && planned.is_empty() { vec![failure()] } else { planned.clone() };
        BatchErrors { data: Some(data), object: Some(LIST.to_owned()) }
    }

    /// The batch at its creation.
    fn created(&self) -> Batch {
        let plan = self.plan;
        let sends_usage = plan.wire == ServerDialect::Openai;
        let has_deadline = !matches!(plan.wire, ServerDialect::Dashscope);
        let pair = |(key, value): (&String, &String)| (key.clone(), Value::from(value.as_str()));
        let id_or = |id: &Option<String>, made: &dyn Fn() -> String| id.clone().unwrap_or_else(made);
        Batch {
            id: id_or(&plan.id, &|| plan.wire.batch_id(plan.id_seed(0))),
            object: OBJECT.to_owned(),
            endpoint: plan.endpoint().to_owned(),
            model: None,
            errors: None,
            input_file_id: id_or(&plan.input_file_id, &|| plan.wire.file_id(plan.id_seed(1), true)),
            completion_window: plan.window().to_owned(),
            status: BatchStatus::Validating,
            output_file_id: None,
            error_file_id: None,
            created_at: plan.created_at,
            in_progress_at: None,
            expires_at: deadline(plan).filter(|_| has_deadline),
            finalizing_at: None,
            completed_at: None,
            failed_at: None,
            expired_at: None,
            cancelling_at: None,
            cancelled_at: None,
            request_counts: Some(BatchRequestCounts::default()),
            usage: sends_usage.then(|| usage(std::iter::empty())),
            metadata: plan.metadata.as_ref().map(|pairs| pairs.iter().map(pair).collect()),
        }
    }
}

//! A planned life, looked at at any moment.

use serde_json::Value;

use crate::lifecycle::{Move, transition};
use crate::model::{Batch, BatchError, BatchErrors, BatchRequestCounts, BatchStatus, Evidence, LIST, OBJECT};

use super::plan::{BatchPlan, PlanError, refusal};
use super::request_outcome::{Fates, RequestFate, usage};
use super::schedule::{Course, deadline};
use super::server_dialect::WireHabits;
use super::wire_object::WireObject;

/// The life of a planned batch.
#[derive(Clone, Debug)]
pub struct Life<'a> {
    plan: &'a BatchPlan,
    fates: Fates<'a>,
    steps: Vec<(BatchStatus, u64)>,
}

impl<'a> Life<'a> {
    /// The life that a plan leads to.
    ///
    /// # Errors
    /// When the plan holds what no server would make a batch of.
    pub fn of(plan: &'a BatchPlan) -> Result<Self, PlanError> {
        plan.check()?;
        let Course { steps, run } = Course::of(plan);
        let life = Self { plan, fates: Fates::of(plan, run), steps };
        // Every step once, so that no moment can find one that the lifecycle refuses.
        life.lived(u64::MAX).map_err(|reason| refusal("plan", "a life that the lifecycle allows", reason))?;
        Ok(life)
    }

    /// When which status is entered, in Unix seconds, creation first; the last one is for good.
    pub fn moments(&self) -> impl Iterator<Item = (BatchStatus, u64)> {
        [(BatchStatus::Validating, self.plan.created_at)].into_iter().chain(self.steps.iter().copied())
    }

    /// What has become of each request at a moment, in the order of the input file.
    pub fn fates(&self, now: u64) -> impl Iterator<Item = RequestFate> {
        self.fates.at(now)
    }

    /// The batch at a moment; before its creation, as it is created.
    #[must_use]
    pub fn batch(&self, now: u64) -> Batch {
        // `of` has lived it through.
        self.lived(now).unwrap_or_else(|_| self.created())
    }

    /// The object that a server would send at a moment.
    #[must_use]
    pub fn wire(&self, now: u64) -> WireObject {
        WireObject::of(self.plan, &self.batch(now))
    }

    fn lived(&self, now: u64) -> Result<Batch, String> {
        let mut batch = self.created();
        for &(to, at) in self.steps.iter().take_while(|&&(_, at)| at <= now) {
            let change = self.change(&batch, to, at);
            batch = transition(&batch, to, &change).map_err(|refused| refused.message)?;
            if to == BatchStatus::InProgress {
                batch.model = Some(self.plan.snapshot_name().to_owned());
            }
        }
        if batch.status == BatchStatus::InProgress {
            batch.request_counts = Some(self.fates.counts(now));
        }
        if batch.status.is_terminal() && batch.in_progress_at.is_some() {
            batch.usage = batch.usage.map(|_| self.plan.usage.unwrap_or_else(|| usage(self.fates(now))));
        }
        Ok(batch)
    }

    /// What a step brings.
    fn change(&self, batch: &Batch, to: BatchStatus, at: u64) -> Move {
        let ran = to == BatchStatus::InProgress || batch.in_progress_at.is_some();
        let mut counts = if ran { self.fates.counts(at) } else { BatchRequestCounts::default() };
        let unfinished = counts.total - counts.finished();
        if to == BatchStatus::Cancelled && self.plan.wire == WireHabits::Dashscope {
            // Recorded: 0/2/2 after a cancel of which none had run.
            counts.failed += unfinished;
        }
        // A breakdown whose errors are planned is one of writing the results.
        let written = to.is_terminal() && !(to == BatchStatus::Failed && ran && !self.plan.errors.is_empty());
        let output = written && counts.completed > 0;
        let errors = written && (counts.failed > 0 || unfinished > 0);
        let empty = to == BatchStatus::Completed && self.plan.wire.is_azure();
        let file = |named: bool, given: &Option<String>, which: u64| {
            let id = || self.plan.wire.file_id(self.plan.id_seed(which), false);
            named.then(|| given.clone().unwrap_or_else(id))
        };
        Move {
            at,
            counts: Some(counts),
            output_file_id: file(output, &self.plan.output_file_id, 2),
            error_file_id: file(errors || empty, &self.plan.error_file_id, 3),
            errors: (to == BatchStatus::Failed).then(|| self.errors(ran)),
            unobserved: batch.status.evidence(to) == Some(Evidence::Unobserved),
        }
    }

    fn errors(&self, ran: bool) -> BatchErrors {
        let broke = || BatchError {
            // The code is OGX's; no text is recorded.
            code: Some("internal_error".to_owned()),
            message: Some("simulated: the batch broke down while it ran".to_owned()),
            ..BatchError::default()
        };
        let planned = &self.plan.errors;
        let data = if ran && planned.is_empty() { vec![broke()] } else { planned.clone() };
        BatchErrors { data: Some(data), object: Some(LIST.to_owned()) }
    }

    fn created(&self) -> Batch {
        let plan = self.plan;
        let sends_usage = plan.wire == WireHabits::Openai;
        let dated = !matches!(plan.wire, WireHabits::Dashscope);
        let pair = |(key, value): (&String, &String)| (key.clone(), Value::from(value.as_str()));
        let named = |id: &Option<String>, made: &dyn Fn() -> String| id.clone().unwrap_or_else(made);
        Batch {
            id: named(&plan.id, &|| plan.wire.batch_id(plan.id_seed(0))),
            object: OBJECT.to_owned(),
            endpoint: plan.endpoint().to_owned(),
            model: None,
            errors: None,
            input_file_id: named(&plan.input_file_id, &|| plan.wire.file_id(plan.id_seed(1), true)),
            completion_window: plan.window().to_owned(),
            status: BatchStatus::Validating,
            output_file_id: None,
            error_file_id: None,
            created_at: plan.created_at,
            in_progress_at: None,
            expires_at: deadline(plan).filter(|_| dated),
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

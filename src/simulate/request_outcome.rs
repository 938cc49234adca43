//! The outcome of each simulated request, which depends only on the seed and the index of the request.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use crate::model::{BatchRequestCounts, BatchUsage, InputTokensDetails, OutputTokensDetails};
use crate::random::{between, nth, stream_of, unit_interval};

use super::failure_cause::FailureCause;
use super::plan::BatchPlan;

/// The outcome of a simulated request at a given time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestOutcome {
    /// The request has an answer, in the output file.
    Succeeded,
    /// The request failed for this cause; its error is in the error file.
    Failed(FailureCause),
    /// The request has not finished.
    Unfinished,
}

/// A simulated request with its outcome and token counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SimulatedRequest {
    /// The index of the request in the input file, starting at 0.
    pub index: u32,
    /// The outcome at the requested time.
    pub outcome: RequestOutcome,
    /// When the request finishes or would have finished, in Unix seconds.
    pub finishes_at: u64,
    /// The random number that determines when the request finishes. It also orders requests that finish in
    /// the same second, as in the result files.
    pub finish_draw: u64,
    /// The number of input tokens.
    pub input_tokens: u32,
    /// The number of output tokens if the request succeeds.
    pub output_tokens: u32,
}

// The random streams of a request.
const FINISH: usize = 0;
const FAIL: usize = 1;
const CAUSE: usize = 2;
const INPUT: usize = 3;
const OUTPUT: usize = 4;

/// The time in which the requests run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// The start of the first request, in Unix seconds.
    pub from: u64,
    /// The time until the last request would finish, in seconds.
    pub seconds: u64,
    /// The end of the run, in Unix seconds. Later requests stay unfinished.
    pub until: u64,
}

/// The outcomes of the requests of a plan, computed on demand.
#[derive(Clone, Debug)]
pub(super) struct RequestOutcomes<'a> {
    plan: &'a BatchPlan,
    run: Option<Run>,
    streams: [u64; 5],
    /// The planned failures by the index of the request. Without a cause, the cause is random.
    planned_failures: BTreeMap<u32, Option<FailureCause>>,
    /// The counts after the run, cached because every later status needs them.
    final_counts: OnceCell<BatchRequestCounts>,
}

impl<'a> RequestOutcomes<'a> {
    /// Creates the outcomes for a run, or for requests that never run.
    pub fn new(plan: &'a BatchPlan, run: Option<Run>) -> Self {
        let planned_failures = plan.failures.iter().map(|failure| (failure.index, failure.cause)).collect();
        let streams = [1, 2, 3, 4, 5].map(|stream| stream_of(plan.seed, stream));
        Self { plan, run, streams, planned_failures, final_counts: OnceCell::new() }
    }

    /// Iterates over the requests with their outcomes at the time `now`.
    pub fn at(&self, now: u64) -> impl Iterator<Item = SimulatedRequest> {
        (0..self.plan.requests).map(move |index| self.request(index, now))
    }

    /// The request counts at the time `now`.
    pub fn counts(&self, now: u64) -> BatchRequestCounts {
        match self.run {
            Some(run) if now >= run.until => *self.final_counts.get_or_init(|| self.count(now)),
            // The first request takes at least one second, unless the whole run takes none.
            Some(run) if now > run.from || run.seconds == 0 => self.count(now),
            _ => BatchRequestCounts { total: self.plan.requests.into(), ..Default::default() },
        }
    }

    fn count(&self, now: u64) -> BatchRequestCounts {
        let mut counts = BatchRequestCounts { total: self.plan.requests.into(), ..Default::default() };
        for index in 0..self.plan.requests {
            match self.outcome(index, self.number(FINISH, index), now).0 {
                RequestOutcome::Succeeded => counts.completed += 1,
                RequestOutcome::Failed(_) => counts.failed += 1,
                RequestOutcome::Unfinished => {}
            }
        }
        counts
    }

    fn outcome(&self, index: u32, finish_draw: u64, now: u64) -> (RequestOutcome, u64) {
        let Some(run) = self.run else { return (RequestOutcome::Unfinished, u64::MAX) };
        let finishes_at = run.finishes_at(finish_draw);
        let finished = finishes_at <= now.min(run.until);
        (if finished { self.final_outcome(index) } else { RequestOutcome::Unfinished }, finishes_at)
    }

    fn request(&self, index: u32, now: u64) -> SimulatedRequest {
        let finish_draw = self.number(FINISH, index);
        let (outcome, finishes_at) = self.outcome(index, finish_draw, now);
        let output =
            if generates_tokens(self.plan) { between(self.number(OUTPUT, index), 5, 300) } else { 0 };
        SimulatedRequest {
            index,
            outcome,
            finishes_at,
            finish_draw,
            input_tokens: to_u32(between(self.number(INPUT, index), 10, 200)),
            output_tokens: to_u32(output),
        }
    }

    /// The outcome of a request that has run.
    fn final_outcome(&self, index: u32) -> RequestOutcome {
        let planned = self.planned_failures.get(&index).copied();
        let fails = planned.is_some() || unit_interval(self.number(FAIL, index)) < self.plan.failure_rate;
        if !fails {
            return RequestOutcome::Succeeded;
        }
        let last = FailureCause::ALL.len() - 1;
        let drawn = between(self.number(CAUSE, index), 0, last as u64);
        RequestOutcome::Failed(
            planned.flatten().unwrap_or(FailureCause::ALL[usize::try_from(drawn).unwrap_or(0)]),
        )
    }

    fn number(&self, stream: usize, index: u32) -> u64 {
        nth(self.streams[stream], u64::from(index))
    }
}

impl Run {
    /// Maps a random number to a time after the start and up to the end of the run.
    #[expect(clippy::cast_precision_loss, reason = "seconds of a run are far below 2^53")]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "from 0 to the length of the run"
    )]
    fn finishes_at(&self, finish_draw: u64) -> u64 {
        let share = ((1.0 - unit_interval(finish_draw)) * self.seconds as f64).ceil() as u64;
        self.from.saturating_add(share.min(self.seconds))
    }
}

/// Whether the endpoint generates tokens.
fn generates_tokens(plan: &BatchPlan) -> bool {
    !["/embeddings", "/moderations"].iter().any(|end| plan.endpoint().ends_with(end))
}

/// Converts to `u32`, saturating.
fn to_u32(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Sums the tokens of all successful requests.
pub(super) fn usage(requests: impl Iterator<Item = SimulatedRequest>) -> BatchUsage {
    let mut usage = BatchUsage {
        input_tokens: 0,
        input_tokens_details: InputTokensDetails::default(),
        output_tokens: 0,
        output_tokens_details: OutputTokensDetails::default(),
        total_tokens: 0,
    };
    for request in requests.filter(|request| request.outcome == RequestOutcome::Succeeded) {
        usage.input_tokens += u64::from(request.input_tokens);
        usage.output_tokens += u64::from(request.output_tokens);
    }
    usage.total_tokens = usage.input_tokens + usage.output_tokens;
    usage
}

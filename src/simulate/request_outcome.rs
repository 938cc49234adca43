//! What becomes of each request: a function of the seed and the request's index.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use crate::model::{BatchRequestCounts, BatchUsage, InputTokensDetails, OutputTokensDetails};
use crate::random::{between, nth, stream_of, unit};

use super::failure_cause::FailureCause;
use super::plan::BatchPlan;

/// What became of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It succeeded.
    Succeeded,
    /// It failed.
    Failed(FailureCause),
    /// It has not finished.
    Unfinished,
}

/// A request, what became of it and what it took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestFate {
    /// Which request, from 0, in the order of the input file.
    pub index: u32,
    /// What became of it.
    pub fate: Fate,
    /// When it finishes, or would have, in Unix seconds.
    pub finishes_at: u64,
    /// Its place among those that finish in the same second: result files are written in this order.
    pub place: u64,
    /// Tokens it reads.
    pub input_tokens: u32,
    /// Tokens it writes when it succeeds.
    pub output_tokens: u32,
}

// What is drawn: a stream of numbers each.
const FINISH: usize = 0;
const FAIL: usize = 1;
const CAUSE: usize = 2;
const INPUT: usize = 3;
const OUTPUT: usize = 4;

/// When the requests run: from a moment, for so many seconds, up to a moment from which nothing finishes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub from: u64,
    pub seconds: u64,
    pub until: u64,
}

/// What decides about the requests of a plan.
#[derive(Clone, Debug)]
pub(super) struct Fates<'a> {
    plan: &'a BatchPlan,
    run: Option<Run>,
    streams: [u64; 5],
    /// The failures that were asked for, by index.
    asked: BTreeMap<u32, Option<FailureCause>>,
    /// The counts once nothing more finishes: asked for by every step that follows.
    last: OnceCell<BatchRequestCounts>,
}

impl<'a> Fates<'a> {
    /// Of the requests of a plan that run so; none: never.
    pub fn of(plan: &'a BatchPlan, run: Option<Run>) -> Self {
        let asked = plan.failures.iter().map(|failure| (failure.index, failure.cause)).collect();
        let streams = [1, 2, 3, 4, 5].map(|stream| stream_of(plan.seed, stream));
        Self { plan, run, streams, asked, last: OnceCell::new() }
    }

    /// What has become of each request at a moment.
    pub fn at(&self, now: u64) -> impl Iterator<Item = RequestFate> {
        (0..self.plan.requests).map(move |index| self.of_request(index, now))
    }

    /// How many requests there are at a moment, and how many have finished.
    pub fn counts(&self, now: u64) -> BatchRequestCounts {
        match self.run {
            Some(run) if now >= run.until => *self.last.get_or_init(|| self.count(now)),
            // The first request takes a second at least, unless none takes any.
            Some(run) if now > run.from || run.seconds == 0 => self.count(now),
            _ => BatchRequestCounts { total: self.plan.requests.into(), ..Default::default() },
        }
    }

    fn count(&self, now: u64) -> BatchRequestCounts {
        let mut counts = BatchRequestCounts { total: self.plan.requests.into(), ..Default::default() };
        for index in 0..self.plan.requests {
            match self.fate(index, self.number(FINISH, index), now).0 {
                Fate::Succeeded => counts.completed += 1,
                Fate::Failed(_) => counts.failed += 1,
                Fate::Unfinished => {}
            }
        }
        counts
    }

    fn fate(&self, index: u32, place: u64, now: u64) -> (Fate, u64) {
        let Some(run) = self.run else { return (Fate::Unfinished, u64::MAX) };
        let finishes_at = run.finishes_at(place);
        let finished = finishes_at <= now.min(run.until);
        (if finished { self.end(index) } else { Fate::Unfinished }, finishes_at)
    }

    fn of_request(&self, index: u32, now: u64) -> RequestFate {
        let place = self.number(FINISH, index);
        let (fate, finishes_at) = self.fate(index, place, now);
        let output = if writes(self.plan) { between(self.number(OUTPUT, index), 5, 300) } else { 0 };
        RequestFate {
            index,
            fate,
            finishes_at,
            place,
            input_tokens: small(between(self.number(INPUT, index), 10, 200)),
            output_tokens: small(output),
        }
    }

    /// What becomes of a request once it has run.
    fn end(&self, index: u32) -> Fate {
        let asked = self.asked.get(&index).copied();
        let fails = asked.is_some() || unit(self.number(FAIL, index)) < self.plan.failure_rate;
        if !fails {
            return Fate::Succeeded;
        }
        let most = FailureCause::ALL.len() - 1;
        let drawn = between(self.number(CAUSE, index), 0, most as u64);
        Fate::Failed(asked.flatten().unwrap_or(FailureCause::ALL[usize::try_from(drawn).unwrap_or(0)]))
    }

    fn number(&self, stream: usize, index: u32) -> u64 {
        nth(self.streams[stream], u64::from(index))
    }
}

impl Run {
    /// A moment after the start and no later than the end of the run.
    #[expect(clippy::cast_precision_loss, reason = "seconds of a run are far below 2^53")]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "from 0 to the length of the run"
    )]
    fn finishes_at(&self, place: u64) -> u64 {
        let share = ((1.0 - unit(place)) * self.seconds as f64).ceil() as u64;
        self.from.saturating_add(share.min(self.seconds))
    }
}

/// Whether the endpoint's answers are tokens.
fn writes(plan: &BatchPlan) -> bool {
    !["/embeddings", "/moderations"].iter().any(|end| plan.endpoint().ends_with(end))
}

fn small(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The tokens of all requests that succeeded.
pub(super) fn usage(fates: impl Iterator<Item = RequestFate>) -> BatchUsage {
    let mut usage = BatchUsage {
        input_tokens: 0,
        input_tokens_details: InputTokensDetails::default(),
        output_tokens: 0,
        output_tokens_details: OutputTokensDetails::default(),
        total_tokens: 0,
    };
    for request in fates.filter(|request| request.fate == Fate::Succeeded) {
        usage.input_tokens += u64::from(request.input_tokens);
        usage.output_tokens += u64::from(request.output_tokens);
    }
    usage.total_tokens = usage.input_tokens + usage.output_tokens;
    usage
}

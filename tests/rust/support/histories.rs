//! Histories: random batches from creation to their end, by transitions that the lifecycle allows.

use batchlight::lifecycle::{TransitionInput, transition};
use batchlight::model::{BatchError, BatchErrors, BatchRequestCounts};
use batchlight::{Batch, BatchStatus, Evidence};
use proptest::prelude::*;

use crate::support::samples::{DAY, batch_in};

/// The random choices of one step.
#[derive(Clone, Debug)]
pub struct RandomStep {
    /// Which transition to make.
    choice: u8,
    /// Whether requests finish instead of a transition, if the batch runs.
    only_progress: bool,
    /// Seconds since the last step.
    seconds: u32,
    /// The total after a transition to `in_progress`.
    total: u16,
    /// Determines how many of the remaining requests succeed.
    completed: u16,
    /// Determines how many of the requests that then remain fail.
    failed: u16,
}

/// Which histories to create.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum HistoryKind {
    /// Only observed transitions, and the result files that the outcome requires.
    Observed,
    /// All transitions, and random result files.
    All,
}

pub fn random_steps() -> impl Strategy<Value = Vec<RandomStep>> {
    let random = (any::<u8>(), any::<bool>(), 0..50_000_u32, 1..2_000_u16, any::<u16>(), any::<u16>());
    let random = random.prop_map(|(choice, only_progress, seconds, total, completed, failed)| RandomStep {
        choice,
        only_progress,
        seconds,
        total,
        completed,
        failed,
    });
    proptest::collection::vec(random, 1..12)
}

/// The batch at its creation and after each step.
pub fn history(random_steps: &[RandomStep], kind: HistoryKind) -> Vec<Batch> {
    let mut batch = batch_in(BatchStatus::Validating);
    let mut now = batch.created_at;
    let mut polls = vec![batch.clone()];
    for random in random_steps {
        let from = batch.status;
        let targets: Vec<_> = from
            .transitions()
            // Observed transitions are more likely, so that histories are longer.
            .flat_map(|row| match row.evidence {
                Evidence::Observed => vec![row.to; 4],
                Evidence::Unobserved => vec![row.to; usize::from(kind == HistoryKind::All)],
            })
            .collect();
        if targets.is_empty() {
            break;
        }
        now += u64::from(random.seconds);
        let runs = matches!(from, BatchStatus::InProgress | BatchStatus::Cancelling);
        let is_counted = batch.request_counts.is_some_and(|counts| counts.total > 0);
        if runs && is_counted && random.only_progress {
            let before = batch.request_counts;
            batch.request_counts = before.map(|counts| progress(counts, random));
            if batch.request_counts != before {
                polls.push(batch.clone());
            }
            continue;
        }
        let to = targets[usize::from(random.choice) % targets.len()];
        batch = transition(&batch, to, &input(&batch, to, now, random, kind)).unwrap();
        polls.push(batch.clone());
    }
    polls
}

/// Lets some of the remaining requests finish.
fn progress(counts: BatchRequestCounts, random: &RandomStep) -> BatchRequestCounts {
    let left = counts.total - counts.finished();
    let completed = counts.completed + u64::from(random.completed) % (left + 1);
    let left = counts.total - completed - counts.failed;
    BatchRequestCounts { completed, failed: counts.failed + u64::from(random.failed) % (left + 1), ..counts }
}

fn input(
    batch: &Batch,
    to: BatchStatus,
    now: u64,
    random: &RandomStep,
    kind: HistoryKind,
) -> TransitionInput {
    let counts = batch.request_counts.unwrap_or_default();
    let counts = match to {
        BatchStatus::InProgress => BatchRequestCounts { total: random.total.into(), ..counts },
        BatchStatus::Finalizing | BatchStatus::Completed => {
            let after = progress(counts, random);
            BatchRequestCounts { failed: after.total - after.completed, ..after }
        }
        _ => counts,
    };
    let chosen = |bit: u16, should: bool| match kind {
        HistoryKind::Observed => should,
        HistoryKind::All => random.completed & bit != 0,
    };
    let ends = to.is_terminal();
    let fails = to == BatchStatus::Failed;
    let file = |name: &str, named: bool| (ends && named).then(|| name.to_owned());
    let reason =
        BatchError { code: Some("invalid_json_line".into()), line: Some(1), ..BatchError::default() };
    let errors = BatchErrors { data: Some(vec![reason]), object: Some("list".into()) };
    TransitionInput {
        at: now,
        counts: Some(counts),
        output_file_id: file("file-output", chosen(1, counts.completed > 0)),
        error_file_id: file("file-error", chosen(2, counts.failed > 0)),
        errors: (fails && chosen(4, true)).then_some(errors),
        allow_unobserved: kind == HistoryKind::All,
    }
}

/// The deadline: creation plus the completion window.
pub fn has_deadline(batch: &Batch) -> bool {
    batch.expires_at == Some(batch.created_at + DAY)
}

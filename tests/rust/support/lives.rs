//! Lives: a batch on its way from creation to its end, by moves that the lifecycle allows.

use batchlight::lifecycle::{TransitionInput, transition};
use batchlight::model::{BatchError, BatchErrors, BatchRequestCounts};
use batchlight::{Batch, BatchStatus, Evidence};
use proptest::prelude::*;

use crate::support::samples::{DAY, batch_in};

/// What chance decides of one step.
#[derive(Clone, Debug)]
pub struct Chance {
    /// Which of the moves that are there; whether only requests finish instead.
    way: u8,
    stays: bool,
    /// Seconds since the step before.
    seconds: u32,
    /// How many requests there are, when they are counted now, and how many of those left succeed or fail.
    total: u16,
    completed: u16,
    failed: u16,
}

/// How a life is lived.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Habit {
    /// Recorded moves only, and every end names the files that it should.
    Openai,
    /// Any move, and files named or not as chance has it.
    Any,
}

pub fn chances() -> impl Strategy<Value = Vec<Chance>> {
    let chance = (any::<u8>(), any::<bool>(), 0..50_000_u32, 1..2_000_u16, any::<u16>(), any::<u16>());
    let chance = chance.prop_map(|(way, stays, seconds, total, completed, failed)| Chance {
        way,
        stays,
        seconds,
        total,
        completed,
        failed,
    });
    proptest::collection::vec(chance, 1..12)
}

/// The looks at a life, one after each step, creation first.
pub fn live(chances: &[Chance], habit: Habit) -> Vec<Batch> {
    let mut batch = batch_in(BatchStatus::Validating);
    let mut now = batch.created_at;
    let mut looks = vec![batch.clone()];
    for chance in chances {
        let from = batch.status;
        let ways: Vec<_> = from
            .transitions()
            // Recorded moves come up more often, so that lives last.
            .flat_map(|step| match step.evidence {
                Evidence::Observed => vec![step.to; 4],
                Evidence::Unobserved => vec![step.to; usize::from(habit == Habit::Any)],
            })
            .collect();
        if ways.is_empty() {
            break;
        }
        now += u64::from(chance.seconds);
        let runs = matches!(from, BatchStatus::InProgress | BatchStatus::Cancelling);
        let counted = batch.request_counts.is_some_and(|counts| counts.total > 0);
        if runs && counted && chance.stays {
            let before = batch.request_counts;
            batch.request_counts = before.map(|counts| progress(counts, chance));
            if batch.request_counts != before {
                looks.push(batch.clone());
            }
            continue;
        }
        let to = ways[usize::from(chance.way) % ways.len()];
        batch = transition(&batch, to, &step(&batch, to, now, chance, habit)).unwrap();
        looks.push(batch.clone());
    }
    looks
}

/// More requests finish, as many as are left at most.
fn progress(counts: BatchRequestCounts, chance: &Chance) -> BatchRequestCounts {
    let left = counts.total - counts.finished();
    let completed = counts.completed + u64::from(chance.completed) % (left + 1);
    let left = counts.total - completed - counts.failed;
    BatchRequestCounts { completed, failed: counts.failed + u64::from(chance.failed) % (left + 1), ..counts }
}

fn step(batch: &Batch, to: BatchStatus, now: u64, chance: &Chance, habit: Habit) -> TransitionInput {
    let counts = batch.request_counts.unwrap_or_default();
    let counts = match to {
        BatchStatus::InProgress => BatchRequestCounts { total: chance.total.into(), ..counts },
        BatchStatus::Finalizing | BatchStatus::Completed => {
            let after = progress(counts, chance);
            BatchRequestCounts { failed: after.total - after.completed, ..after }
        }
        _ => counts,
    };
    let chosen = |bit: u16, should: bool| match habit {
        Habit::Openai => should,
        Habit::Any => chance.completed & bit != 0,
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
        allow_unobserved: habit == Habit::Any,
    }
}

/// A deadline that is the window after creation, as every sample has it.
pub fn has_deadline(batch: &Batch) -> bool {
    batch.expires_at == Some(batch.created_at + DAY)
}

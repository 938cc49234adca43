//! The journal of a run as rows of numbers, and the next steps as rows of numbers.

use crate::run::{Action, Record, Run, RunLimits, ShardRecord};

use super::super::number::to_u64_saturating;
use super::boundary::{JournalColumn, NumberOption, RunAction, RunRecord, StepColumn};
use super::settings::Settings;

/// The size of a row of the journal, in bytes.
const ROW_BYTES: usize = JournalColumn::ALL.len() * size_of::<f64>();

/// A journal that is being read.
#[derive(Debug)]
pub struct Journal {
    limits: RunLimits,
    bytes: Vec<u8>,
    filled: usize,
}

impl Journal {
    /// An empty journal.
    pub fn new(settings: &Settings) -> Self {
        let limits = RunLimits {
            attempts: settings.number_u32(NumberOption::Attempts).unwrap_or(u32::MAX),
            queue_tokens: settings.number(NumberOption::MaxTokens),
        };
        Self { limits, bytes: Vec::new(), filled: 0 }
    }

    /// A buffer for more rows.
    pub fn spare_mut(&mut self, size: usize) -> &mut [u8] {
        self.bytes.resize(self.filled + size, 0);
        &mut self.bytes[self.filled..]
    }

    /// Keeps the first bytes of that buffer.
    pub fn advance(&mut self, size: usize) {
        self.filled += size;
    }

    /// The number of records before the first invalid one, and a row of [`StepColumn`] for each shard.
    pub fn steps(&self) -> Vec<u32> {
        let mut run = Run::new(self.limits);
        let rows = self.bytes[..self.filled].chunks_exact(ROW_BYTES);
        let fitting = rows.take_while(|row| record_of(row).is_some_and(|record| run.apply(record).is_ok()));
        let mut numbers = vec![u32::try_from(fitting.count()).unwrap_or(u32::MAX)];
        for step in run.steps() {
            let mut row = [0; StepColumn::ALL.len()];
            row[StepColumn::Action as usize] = code_of(step.action) as u32;
            row[StepColumn::Attempt as usize] = step.attempt;
            row[StepColumn::Submission as usize] = step.submission;
            row[StepColumn::MayRetry as usize] = u32::from(step.may_retry);
            numbers.extend(row);
        }
        numbers
    }
}

const fn code_of(action: Action) -> RunAction {
    match action {
        Action::Upload => RunAction::Upload,
        Action::Create => RunAction::Create,
        Action::Find => RunAction::Find,
        Action::Wait => RunAction::Wait,
        Action::Follow => RunAction::Follow,
        Action::Fetch => RunAction::Fetch,
        Action::Reconcile => RunAction::Reconcile,
        Action::Finish => RunAction::Finish,
    }
}

fn record_of(row: &[u8]) -> Option<Record> {
    let number = |column: JournalColumn| {
        let bytes = row.get(column as usize * size_of::<f64>()..)?.first_chunk()?;
        Some(to_u64_saturating(f64::from_le_bytes(*bytes)))
    };
    let record = RunRecord::ALL.get(usize::try_from(number(JournalColumn::Record)?).ok()?)?;
    let own = match record {
        RunRecord::Cancelled => return Some(Record::Cancelled),
        RunRecord::Planned => ShardRecord::Planned {
            model: u32::try_from(number(JournalColumn::Model)?).ok()?,
            tokens: number(JournalColumn::Tokens)?,
        },
        RunRecord::Uploaded => ShardRecord::Uploaded,
        RunRecord::Creating => ShardRecord::Creating,
        RunRecord::Created => ShardRecord::Created,
        RunRecord::NotCreated => ShardRecord::NotCreated,
        RunRecord::Limited => ShardRecord::Limited,
        RunRecord::Ended => ShardRecord::Ended,
        RunRecord::Fetched => ShardRecord::Fetched,
        RunRecord::Reconciled => ShardRecord::Reconciled,
    };
    Some(Record::Shard(usize::try_from(number(JournalColumn::Shard)?).ok()?, own))
}

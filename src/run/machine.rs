//! The state machine: records in, next steps out.

use super::record::{OutOfOrder, Record, ShardRecord};
use super::shard::{Action, Phase, Shard, Step};

/// The limits of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RunLimits {
    /// The maximum number of attempts of a request.
    pub attempts: u32,
    /// The maximum number of input tokens of one model in batches that have not ended, if it is known. A
    /// shard that exceeds it alone is created when no other batch of its model is left.
    pub queue_tokens: Option<u64>,
}

/// The state of a run, read from its journal.
///
/// ```
/// use batchlight::run::{Action, Record, Run, RunLimits, ShardRecord};
/// let mut run = Run::new(RunLimits { attempts: 3, queue_tokens: None });
/// run.apply(Record::Shard(0, ShardRecord::Planned { model: 0, tokens: 1200 }))?;
/// assert_eq!(run.steps()[0].action, Action::Upload);
/// run.apply(Record::Shard(0, ShardRecord::Uploaded))?;
/// assert_eq!(run.steps()[0].action, Action::Create);
/// // The program crashes after this record: the batch may exist.
/// run.apply(Record::Shard(0, ShardRecord::Creating))?;
/// assert_eq!(run.steps()[0].action, Action::Find);
/// # Ok::<(), batchlight::run::OutOfOrder>(())
/// ```
#[derive(Clone, Debug)]
pub struct Run {
    limits: RunLimits,
    shards: Vec<Shard>,
    is_cancelled: bool,
    /// The models of which a batch has ended since the last one failed at the token limit.
    freed: Vec<u32>,
}

impl Run {
    /// A run whose journal is empty.
    #[must_use]
    pub const fn new(limits: RunLimits) -> Self {
        Self { limits, shards: Vec::new(), is_cancelled: false, freed: Vec::new() }
    }

    /// Applies the next record of the journal.
    ///
    /// # Errors
    /// If the record contradicts the earlier ones. The state is unchanged.
    pub fn apply(&mut self, record: Record) -> Result<(), OutOfOrder> {
        let (index, own) = match record {
            Record::Cancelled => {
                self.is_cancelled = true;
                return Ok(());
            }
            Record::Shard(index, own) => (index, own),
        };
        let Some(shard) = self.shards.get_mut(index) else {
            return match own {
                ShardRecord::Planned { model, tokens } if index == self.shards.len() => {
                    self.shards.push(Shard::new(model, tokens));
                    Ok(())
                }
                _ => Err(OutOfOrder(record)),
            };
        };
        if !shard.apply(own, self.limits.attempts) {
            return Err(OutOfOrder(record));
        }
        let model = shard.model;
        match own {
            ShardRecord::Limited => self.freed.retain(|&freed| freed != model),
            ShardRecord::Ended if !self.freed.contains(&model) => self.freed.push(model),
            _ => {}
        }
        Ok(())
    }

    /// The next step of each shard.
    #[must_use]
    pub fn steps(&self) -> Vec<Step> {
        // Shards that are advised to be created in these steps count as enqueued for those after them.
        let mut advised: Vec<(u32, u64)> = Vec::new();
        let step = |(index, shard): (usize, &Shard)| {
            let action = self.action(index, shard, &advised);
            if action == Action::Create {
                advised.push((shard.model, shard.tokens));
            }
            Step {
                action,
                attempt: shard.attempt,
                submission: shard.submission,
                may_retry: !self.is_cancelled && shard.attempt < self.limits.attempts,
            }
        };
        self.shards.iter().enumerate().map(step).collect()
    }

    /// Whether the run was cancelled.
    #[must_use]
    pub const fn is_cancelled(&self) -> bool {
        self.is_cancelled
    }

    fn action(&self, index: usize, shard: &Shard, advised: &[(u32, u64)]) -> Action {
        match shard.phase {
            Phase::Planned | Phase::Uploaded if self.is_cancelled => Action::Finish,
            Phase::Planned => Action::Upload,
            Phase::Uploaded if self.has_room(index, shard, advised) => Action::Create,
            Phase::Uploaded => Action::Wait,
            Phase::Creating => Action::Find,
            Phase::Created => Action::Follow,
            Phase::Ended => Action::Fetch,
            Phase::Fetched => Action::Reconcile,
            Phase::Reconciled => Action::Finish,
        }
    }

    /// Whether the queue of the shard's model probably has room for it.
    fn has_room(&self, index: usize, shard: &Shard, advised: &[(u32, u64)]) -> bool {
        let of_model = |other: &&Shard| other.model == shard.model;
        let enqueued = self.shards.iter().filter(of_model).filter(|other| other.is_enqueued());
        let new = advised.iter().filter(|(model, _)| *model == shard.model).map(|(_, tokens)| *tokens);
        let tokens: Vec<u64> = enqueued.map(|other| other.tokens).chain(new).collect();
        if tokens.is_empty() {
            // Limited shards go first, one at a time: the queue may be full with batches of other users of
            // the account, and each creation finds out whether it is.
            return self.first_limited(shard.model).is_none_or(|first| first == index);
        }
        let sum = tokens.iter().fold(shard.tokens, |sum, &other| sum.saturating_add(other));
        let is_within = self.limits.queue_tokens.is_none_or(|max| sum <= max);
        let is_free = match self.first_limited(shard.model) {
            None => true,
            Some(first) => first == index && self.freed.contains(&shard.model),
        };
        is_within && is_free
    }

    /// The first shard of a model whose batch failed at the token limit.
    fn first_limited(&self, model: u32) -> Option<usize> {
        self.shards.iter().position(|shard| shard.is_limited && shard.model == model)
    }
}

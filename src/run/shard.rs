//! The state of one shard.

use super::record::ShardRecord;

/// The last finished step of the current attempt of a shard, or `Creating`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    Planned,
    Uploaded,
    Creating,
    Created,
    Ended,
    Fetched,
    Reconciled,
}

/// What to do next for a shard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Upload the input file. Can be repeated.
    Upload,
    /// Create the batch. Not to be repeated: record [`Creating`](ShardRecord::Creating) first, send the
    /// request once, and if the response is ambiguous, do as for [`Find`](Self::Find).
    Create,
    /// Look for the batch in the list, because it is unknown whether it was created. Record
    /// [`Created`](ShardRecord::Created) if it is there, and [`NotCreated`](ShardRecord::NotCreated) only
    /// if it cannot appear any more.
    Find,
    /// Wait until the batches of other shards have ended: the token limit of the model is reached.
    Wait,
    /// Poll the batch until it ends.
    Follow,
    /// Store the result files.
    Fetch,
    /// Match the results with the requests, and plan the next attempt if there is one.
    Reconcile,
    /// Nothing: the shard has its results, or the run was cancelled.
    Finish,
}

/// The next step of a shard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// What to do.
    pub action: Action,
    /// The current attempt, from 1.
    pub attempt: u32,
    /// Which batch of this attempt it is, from 1: a batch that failed at the token limit is created again.
    /// Shard, attempt and submission identify a batch.
    pub submission: u32,
    /// Whether requests may be retried after this attempt.
    pub may_retry: bool,
}

/// A shard and its current attempt.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shard {
    pub phase: Phase,
    pub attempt: u32,
    pub submission: u32,
    pub model: u32,
    pub tokens: u64,
    /// Whether its last batch failed at the token limit, and no other was created since.
    pub is_limited: bool,
}

impl Shard {
    pub const fn new(model: u32, tokens: u64) -> Self {
        Self { phase: Phase::Planned, attempt: 1, submission: 1, model, tokens, is_limited: false }
    }

    /// Whether it may have tokens in the server's queue.
    pub const fn is_enqueued(&self) -> bool {
        matches!(self.phase, Phase::Creating | Phase::Created)
    }

    /// Applies a record. Returns false if it contradicts the state.
    #[must_use]
    pub fn apply(&mut self, record: ShardRecord, max_attempts: u32) -> bool {
        let (before, after) = match record {
            ShardRecord::Planned { model, tokens } => {
                let is_next = self.phase == Phase::Reconciled && self.attempt < max_attempts;
                if is_next {
                    *self = Self { attempt: self.attempt + 1, ..Self::new(model, tokens) };
                }
                return is_next;
            }
            ShardRecord::Uploaded => (Phase::Planned, Phase::Uploaded),
            ShardRecord::Creating => (Phase::Uploaded, Phase::Creating),
            ShardRecord::Created => (Phase::Creating, Phase::Created),
            ShardRecord::NotCreated => (Phase::Creating, Phase::Uploaded),
            ShardRecord::Limited => (Phase::Created, Phase::Uploaded),
            ShardRecord::Ended => (Phase::Created, Phase::Ended),
            ShardRecord::Fetched => (Phase::Ended, Phase::Fetched),
            ShardRecord::Reconciled => (Phase::Fetched, Phase::Reconciled),
        };
        if self.phase != before {
            return false;
        }
        self.phase = after;
        match record {
            ShardRecord::Created => self.is_limited = false,
            ShardRecord::Limited => {
                self.is_limited = true;
                self.submission += 1;
            }
            _ => {}
        }
        true
    }
}

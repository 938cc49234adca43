//! The records of a run's journal.

use std::fmt;

/// A record of the journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Record {
    /// A step of the shard with this index.
    Shard(usize, ShardRecord),
    /// The run was cancelled: nothing more is sent.
    Cancelled,
}

/// A step of a shard that was taken, or for [`Creating`](Self::Creating), is about to be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShardRecord {
    /// The input of an attempt is stored: the first one, or the next one of a reconciled shard.
    Planned {
        /// The model of all requests, by a number. Shards of the same model share its token limit.
        model: u32,
        /// An estimate of the input tokens.
        tokens: u64,
    },
    /// The input file is uploaded.
    Uploaded,
    /// The request that creates the batch is about to be sent. Until the next record, it is unknown whether
    /// the batch exists.
    Creating,
    /// The batch exists, and its id is known.
    Created,
    /// The batch does not exist: the server refused it, or does not list it.
    NotCreated,
    /// The server failed the batch, because the tokens of the account's other batches reach the limit.
    Limited,
    /// The batch has a terminal status.
    Ended,
    /// The result files of the batch are stored.
    Fetched,
    /// The results are matched with the requests. If a record [`Planned`](Self::Planned) follows, some
    /// requests are retried.
    Reconciled,
}

/// A record that contradicts the earlier ones. The journal is damaged or belongs to two runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfOrder(pub Record);

impl fmt::Display for OutOfOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected a record that continues the journal, found {:?}", self.0)
    }
}

impl std::error::Error for OutOfOrder {}

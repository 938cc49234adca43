//! A run: a file of requests on its way to a file of results, over several batches and attempts.
//!
//! A file is divided into shards. Each shard is uploaded, becomes a batch, and its results are fetched and
//! reconciled. The requests that failed temporarily are the next attempt of the shard. A journal
//! records each step, so that a run continues after a crash where it stopped.
//!
//! [`Run`] is a state machine without input and output: it reads the journal and says what to do next.

mod machine;
mod record;
mod shard;

pub use machine::{Run, RunLimits};
pub use record::{OutOfOrder, Record, ShardRecord};
pub use shard::{Action, Step};

//! The reconciliation of input files with result files: the verdict on each request, the requests to retry,
//! and the merged results.

mod merge;
pub(super) mod reconciler;
pub(super) mod reconciliation;
mod request_table;
pub(super) mod retry;
pub(super) mod totals;
pub(super) mod verdicts;

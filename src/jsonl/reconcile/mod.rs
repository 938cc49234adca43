//! The reconciliation of input files with result files.

pub(super) mod merge;
pub(super) mod reconciler;
pub(super) mod request_table;
pub(super) mod retry;
pub(super) mod totals;
pub(super) mod verdicts;

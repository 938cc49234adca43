//! The comparison of the files with the counts of the batches.

use serde::Serialize;

use crate::diagnostics::Level;
use crate::jsonl::results::rules::Rule;
use crate::model::{BatchStatus, Counts, Snapshot};
use crate::text::{decimal, fill};

/// A difference between the files and the counts of a batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct CountIssue {
    /// The code, such as `completed_differs`.
    pub code: &'static str,
    /// The level.
    pub level: Level,
    /// The index of the batch, from 0.
    pub batch: u16,
    /// The number that the batch has.
    pub expected: u64,
    /// The number that was found in the files.
    pub found: u64,
    /// The issue in one line.
    pub message: String,
    /// How to fix it.
    pub help: &'static str,
}

/// The number of files with an index, and of the requests and results in them.
#[derive(Clone, Copy, Debug, Default)]
pub struct FileTotals {
    /// The number of input files.
    pub inputs: u64,
    /// The number of requests in the input files.
    pub requests: u64,
    /// The number of output files.
    pub outputs: u64,
    /// The number of error files.
    pub errors: u64,
    /// The number of requests with an answer, complete or not. A batch counts these as completed.
    pub completed: u64,
    /// The number of requests with an incomplete answer.
    pub incomplete: u64,
    /// The number of requests with a failure.
    pub failed: u64,
}

/// What a batch says about its files.
#[derive(Clone, Copy, Debug)]
struct BatchClaims {
    counts: Counts,
    outputs: u64,
    errors: u64,
    /// Whether the batch ended early. Its unfinished requests are in the error file, but in no count.
    ended_early: bool,
    running: bool,
}

impl BatchClaims {
    fn of(batch: &Snapshot<'_>) -> Self {
        let counts = batch.counts;
        // An empty file does not have to be given. Some servers name an error file for every batch.
        let file = |id: Option<&str>, lines: Option<u64>| u64::from(id.is_some() && lines != Some(0));
        Self {
            counts,
            outputs: file(batch.output_file_id, counts.completed),
            errors: file(batch.error_file_id, counts.failed),
            ended_early: batch.status != Some(BatchStatus::Completed),
            running: batch.status.is_some_and(|status| !status.is_terminal()),
        }
    }
}

/// Compares the files of each index with the batch of the same index. Returns the sum of the batches' totals,
/// if all are known.
pub fn check_totals(
    batches: &[Snapshot<'_>],
    totals: &[FileTotals],
    count_issues: &mut Vec<CountIssue>,
) -> Option<u64> {
    for (batch, snapshot) in (0u16..).zip(batches) {
        let totals = totals.get(usize::from(batch)).copied().unwrap_or_default();
        check_batch(batch, BatchClaims::of(snapshot), totals, count_issues);
    }
    let totals = batches.iter().map(|batch| batch.counts.total);
    totals.reduce(|sum, total| Some(sum?.saturating_add(total?))).flatten()
}

fn check_batch(batch: u16, claims: BatchClaims, totals: FileTotals, count_issues: &mut Vec<CountIssue>) {
    let mut report = |rule: Rule, template: &str, expected: u64, found: u64| {
        let info = rule.info();
        let message = fill(template, &[("expected", &decimal(expected)), ("found", &decimal(found))]);
        let (code, level, help) = (info.code, info.level, info.help);
        count_issues.push(CountIssue { code, level, batch, expected, found, message, help });
    };
    if claims.running {
        return report(Rule::BatchRunning, "the batch has not ended: its files are not complete", 0, 0);
    }
    let missing_output = claims.outputs > totals.outputs;
    if missing_output {
        let template = "output files: the batch has {expected}, {found} given";
        report(Rule::OutputFileNotGiven, template, claims.outputs, totals.outputs);
    }
    let missing_error = claims.errors > totals.errors;
    if missing_error {
        let template = "error files: the batch has {expected}, {found} given";
        report(Rule::ErrorFileNotGiven, template, claims.errors, totals.errors);
    }
    // If the file is missing, that has been reported already.
    let completed = claims.counts.completed;
    if let Some(completed) = completed.filter(|&count| !missing_output && count != totals.completed) {
        let template = match totals.incomplete {
            0 => "successes: the batch counts {expected}, the files contain {found}",
            _ => {
                "completed requests, incomplete answers included: the batch counts {expected}, \
                the files contain {found}"
            }
        };
        report(Rule::CompletedDiffers, template, completed, totals.completed);
    }
    let differs =
        |count: u64| if claims.ended_early { totals.failed < count } else { totals.failed != count };
    if let Some(failed) = claims.counts.failed.filter(|&count| !missing_error && differs(count)) {
        let template = "failures: the batch counts {expected}, the files contain {found}";
        report(Rule::FailedDiffers, template, failed, totals.failed);
    }
    // The total of a rejected batch stays 0.
    let differs = |total: u64| totals.inputs > 0 && total > 0 && total != totals.requests;
    if let Some(total) = claims.counts.total.filter(|&total| differs(total)) {
        let template = "requests: the batch counts {expected}, the files contain {found}";
        report(Rule::TotalDiffers, template, total, totals.requests);
    }
}

//! Totals: what the files hold against what the batches count.

use serde::Serialize;

use crate::diagnostics::Level;
use crate::model::{BatchStatus, Counts, Snapshot};
use crate::text::fill;

use super::result_rules::Rule;

/// Where the files and a batch's own counts disagree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
pub struct CountIssue {
    /// The code, such as `completed_differs`.
    pub code: &'static str,
    /// How grave it is.
    pub level: Level,
    /// Which batch, from 0.
    pub batch: u16,
    /// What the batch counts.
    pub expected: u64,
    /// What the files hold.
    pub found: u64,
    /// The whole of it in one line.
    pub message: String,
    /// What to do about it.
    pub help: &'static str,
}

/// What the files of one index hold.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    pub(super) inputs: u64,
    pub(super) requests: u64,
    pub(super) outputs: u64,
    pub(super) errors: u64,
    pub(super) succeeded: u64,
    pub(super) failed: u64,
}

/// What a batch says of its files.
#[derive(Clone, Copy, Debug)]
struct Said {
    counts: Counts,
    outputs: u64,
    errors: u64,
    /// Whether it ended before its requests: unfinished ones stand in the error file, and no count tells of
    /// them.
    cut_short: bool,
    running: bool,
}

impl Said {
    fn by(batch: &Snapshot<'_>) -> Self {
        let counts = batch.counts;
        // A file that holds nothing is no loss: some servers name an error file for every batch.
        let file = |id: Option<&str>, lines: Option<u64>| u64::from(id.is_some() && lines != Some(0));
        Self {
            counts,
            outputs: file(batch.output_file_id, counts.completed),
            errors: file(batch.error_file_id, counts.failed),
            cut_short: batch.status != Some(BatchStatus::Completed),
            running: batch.status.is_some_and(|status| !status.is_terminal()),
        }
    }
}

/// Holds the files of each index against its batch. Gives the number of requests that all batches count.
pub(super) fn hold(
    batches: &[Snapshot<'_>],
    tallies: &[Tally],
    count_issues: &mut Vec<CountIssue>,
) -> Option<u64> {
    for (batch, snapshot) in (0u16..).zip(batches) {
        let tally = tallies.get(usize::from(batch)).copied().unwrap_or_default();
        hold_one(batch, Said::by(snapshot), tally, count_issues);
    }
    let totals = batches.iter().map(|batch| batch.counts.total);
    totals.reduce(|sum, total| Some(sum?.saturating_add(total?))).flatten()
}

fn hold_one(batch: u16, said: Said, tally: Tally, count_issues: &mut Vec<CountIssue>) {
    let mut tell = |rule: Rule, words: &str, expected: u64, found: u64| {
        let info = rule.info();
        let message = fill(words, &[("expected", &expected.to_string()), ("found", &found.to_string())]);
        let (code, level, help) = (info.code, info.level, info.help);
        count_issues.push(CountIssue { code, level, batch, expected, found, message, help });
    };
    if said.running {
        return tell(Rule::BatchRunning, "the batch has not ended: its files are not complete", 0, 0);
    }
    let missing_output = said.outputs > tally.outputs;
    if missing_output {
        let words = "output files: the batch has {expected}, {found} given";
        tell(Rule::OutputFileNotGiven, words, said.outputs, tally.outputs);
    }
    let missing_error = said.errors > tally.errors;
    if missing_error {
        let words = "error files: the batch has {expected}, {found} given";
        tell(Rule::ErrorFileNotGiven, words, said.errors, tally.errors);
    }
    // A missing file was told already.
    if let Some(completed) =
        said.counts.completed.filter(|&count| !missing_output && count != tally.succeeded)
    {
        let words = "successes: the batch counts {expected}, the files contain {found}";
        tell(Rule::CompletedDiffers, words, completed, tally.succeeded);
    }
    let differs = |count: u64| if said.cut_short { tally.failed < count } else { tally.failed != count };
    if let Some(failed) = said.counts.failed.filter(|&count| !missing_error && differs(count)) {
        let words = "failures: the batch counts {expected}, the files contain {found}";
        tell(Rule::FailedDiffers, words, failed, tally.failed);
    }
    // A rejected batch never counted its requests.
    let total = said.counts.total.filter(|&total| tally.inputs > 0 && total > 0 && total != tally.requests);
    if let Some(total) = total {
        let words = "requests: the batch counts {expected}, the files contain {found}";
        tell(Rule::TotalDiffers, words, total, tally.requests);
    }
}

//! A finished reconciliation: the report and the verdict on each request.

use serde::Serialize;

use crate::jsonl::common::convert::saturating_u32;
use crate::jsonl::common::file_role::FileRole;
use crate::jsonl::common::name_counter::MAX_NAMES;
use crate::jsonl::common::ranges::LineRange;
use crate::jsonl::results::causes::{Cause, Causes};
use crate::jsonl::results::issue::{IssueList, ResultPlace};
use crate::jsonl::results::usage::{MAX_DETAILS, ModelUsage};

use super::request_table::{Grade, RequestTable};
use super::totals::CountIssue;
use super::verdicts::{RequestVerdict, Verdict};

/// The numbers and issues of a reconciliation.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct ReconciliationReport {
    /// Whether every request succeeded, is incomplete, or failed. Without an input file, this is known only
    /// if the counts of the batches add up to the number of requests with a result.
    pub complete: bool,
    /// The number of requests in the input files; without an input file, the number of `custom_id`s that have
    /// a result.
    pub requests: u64,
    /// The number of requests that succeeded.
    pub succeeded: u64,
    /// The number of requests whose answer is cut off, filtered, refused or empty. The batch counts them as
    /// completed.
    pub incomplete: u64,
    /// The number of requests that failed.
    pub failed: u64,
    /// The number of requests without a result line.
    pub missing: u64,
    /// The number of requests whose `custom_id` is on several input lines.
    pub duplicate: u64,
    /// The number of requests with conflicting results.
    pub conflicting: u64,
    /// The number of result lines whose `custom_id` is in no input file.
    pub unknown: u64,
    /// The number of result lines that repeat an earlier one without a conflict.
    pub repeated: u64,
    /// The causes of the failures and of the incomplete answers, the most frequent first.
    pub causes: Vec<Cause>,
    /// The tokens used, by model. All attempts count; repeated results count once.
    pub usage: Vec<ModelUsage>,
    /// The lines that are not a valid request or result. They are skipped.
    pub malformed: IssueList,
    /// The lines without a `custom_id`. They belong to no verdict.
    pub without_custom_id: IssueList,
    /// The input lines whose `custom_id` is on an earlier line, with that line.
    pub duplicates: IssueList,
    /// The requests with conflicting results, with two of them.
    pub conflicts: IssueList,
    /// The `custom_id`s that have results and are in no input file, with the line of the best result.
    pub unknown_lines: IssueList,
    /// The differences between the files and the counts of the batches.
    pub count_issues: Vec<CountIssue>,
}

/// An input line. Without an input file, the `custom_id` of a result.
#[derive(Clone, Copy, Debug)]
pub struct InputLine {
    /// The index in the request table.
    pub request: u32,
    /// The line number, from 1; 0 without an input file.
    pub line: u32,
    /// The offset of the line in the file, in bytes.
    pub offset: u64,
    /// The length of the line without the line break, in bytes.
    pub length: u32,
    /// The index of the input file.
    pub index: u16,
    /// The length of the line break, in bytes.
    pub end: u8,
    /// The hash of the line and its line break.
    pub hash: u64,
}

impl InputLine {
    /// The row of a request without an input file.
    pub fn without_input(request: usize) -> Self {
        let request = saturating_u32(request);
        Self { request, line: 0, offset: 0, length: 0, index: 0, end: 0, hash: 0 }
    }

    const fn range(&self) -> LineRange {
        let &Self { line, offset, length, index, end, hash, .. } = self;
        LineRange { file: FileRole::Input, index, line, offset, length, end, hash }
    }

    /// The start of the line.
    pub const fn place(&self) -> ResultPlace {
        ResultPlace {
            file: FileRole::Input,
            index: self.index,
            line: self.line as u64,
            column: 1,
            offset: self.offset,
        }
    }
}

/// A finished reconciliation: the verdict on each request, with ranges of the files for the requests to retry
/// and for the merged results.
#[derive(Clone, Debug)]
pub struct Reconciliation {
    pub(super) table: RequestTable,
    pub(super) rows: Vec<InputLine>,
    pub(super) causes: Causes,
    pub(super) report: ReconciliationReport,
    pub(super) has_usage_in_error_files: bool,
}

impl Reconciliation {
    /// The numbers and issues.
    #[must_use]
    pub const fn report(&self) -> &ReconciliationReport {
        &self.report
    }

    /// The verdict on a request, by its index in input order.
    #[must_use]
    pub fn verdict(&self, row: usize) -> Option<RequestVerdict<'_>> {
        let input = self.rows.get(row)?;
        let index = input.request as usize;
        let request = self.table.requests()[index];
        let results = self.table.results_of(index);
        let verdict = match results {
            _ if request.is_duplicate => Verdict::Duplicate,
            None => Verdict::Missing,
            Some(results) if results.conflict => Verdict::Conflicting,
            Some(results) => match results.grade {
                Grade::Succeeded => Verdict::Succeeded,
                Grade::Incomplete => Verdict::Incomplete,
                Grade::Failed => Verdict::Failed,
            },
        };
        let best = results.map(|results| results.best);
        Some(RequestVerdict {
            custom_id: self.table.id_of(index),
            verdict,
            input: (input.line > 0).then(|| input.range()),
            result: best.map(|best| best.range()),
            cause: best.map(|best| best.cause).filter(|&cause| cause > 0),
            status_code: best.map(|best| best.status).filter(|&status| status < 1000),
            attempts: results.map_or(0, |results| results.attempts),
        })
    }

    /// The verdicts on all requests, in input order.
    pub fn verdicts(&self) -> impl Iterator<Item = RequestVerdict<'_>> {
        (0..self.rows.len()).map_while(|row| self.verdict(row))
    }

    /// The indexes of the requests whose `custom_id` is longer than 1 KiB, with the hashes of the complete
    /// ids. The verdicts have only the first 1 KiB.
    pub fn long_ids(&self) -> impl Iterator<Item = (usize, u64)> {
        let rows = self.rows.iter().enumerate();
        rows.filter_map(|(at, row)| Some((at, self.table.long_id_hash(row.request as usize)?)))
    }
}

/// What the module for files needs beside the verdicts, to write them and to add up the reports on different
/// files.
#[cfg_attr(not(feature = "_files"), expect(dead_code, reason = "only the module for files uses it"))]
impl Reconciliation {
    /// The `custom_id` of a row; only the first 1 KiB of a longer one.
    pub(crate) fn custom_id(&self, row: usize) -> Option<&str> {
        Some(self.table.id_of(self.rows.get(row)?.request as usize))
    }

    /// 64 bits of the keyed hash of each `custom_id`, in any order. Reconciliations of different files that
    /// share none can be added up.
    pub(crate) fn id_hashes(&self) -> impl Iterator<Item = u64> {
        self.table.id_hashes()
    }

    /// The role of the file in which each cause appeared first, in the order of the ids.
    pub(crate) fn cause_origins(&self) -> impl Iterator<Item = FileRole> {
        self.causes.origins()
    }

    /// The maximum number of models that are distinguished, and of other details of each.
    pub(crate) const USAGE_LIMITS: [usize; 2] = [MAX_NAMES, MAX_DETAILS];

    /// Whether results in error files have a usage.
    pub(crate) const fn has_usage_in_error_files(&self) -> bool {
        self.has_usage_in_error_files
    }
}

#[cfg(test)]
mod tests {
    use super::super::request_table::{RequestResults, Slot};
    use super::InputLine;

    #[test]
    fn the_data_of_a_request_is_small() {
        assert!(size_of::<InputLine>() <= 32 && size_of::<RequestResults>() <= 56 && size_of::<Slot>() <= 16);
    }
}

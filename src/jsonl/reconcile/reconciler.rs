//! Reconciliation: the requests of the input files against the results of the output and error files.

use serde::Serialize;

use crate::hash::hash;
use crate::json::Kind;
use crate::jsonl::common::by_shape::ByShape;
use crate::jsonl::common::line_hash::hash_line;
use crate::jsonl::common::lines::{Line, ParsedLine};
use crate::jsonl::results::answer::CauseVerdict;
use crate::jsonl::results::causes::{Cause, Causes};
use crate::jsonl::results::digest::read_result;
use crate::jsonl::results::fields::ResultFields;
use crate::jsonl::results::issue::{FileRole, IssueList, ResultPlace, Subject};
use crate::jsonl::results::line::{ResultLine, string_bytes, valid_utf8_prefix};
use crate::jsonl::results::rules::Rule;
use crate::jsonl::results::usage::{ModelUsage, UsageByModel};
use crate::model::Snapshot;

use super::request_table::{Grade, RequestTable, StoredResult, end_length, saturating_u32};
use super::totals::{CountIssue, FileTotals, check_totals};
use super::verdicts::{LineRange, Verdict};

/// What became of the requests, in numbers, with what is wrong. The verdicts themselves are the
/// [`Reconciler`]'s.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct ReconciliationReport {
    /// Whether every request has a result: succeeded, incomplete or failed. Without an input file that is known only
    /// of batches that count as many requests as there are results.
    pub complete: bool,
    /// The requests of the input files; without an input file, the ids that have a result.
    pub requests: u64,
    /// RequestTable that succeeded.
    pub succeeded: u64,
    /// Requests whose answer is cut off, filtered, refused or empty. The batch counts them as completed.
    pub incomplete: u64,
    /// RequestTable that failed.
    pub failed: u64,
    /// RequestTable without a result line.
    pub missing: u64,
    /// RequestTable whose `custom_id` stands on several input lines.
    pub duplicate: u64,
    /// RequestTable whose results disagree.
    pub conflicting: u64,
    /// Result lines whose `custom_id` is in no input file.
    pub unknown: u64,
    /// Result lines that say again what an earlier one claims; no conflict.
    pub repeated: u64,
    /// Why requests failed, the most frequent cause first.
    pub causes: Vec<Cause>,
    /// Tokens used, by model; of every attempt, but once for a result that is repeated.
    pub usage: Vec<ModelUsage>,
    /// LineParser that check_totals no request or result: passed over.
    pub malformed: IssueList,
    /// LineParser without a `custom_id`: nothing can be claims of their requests.
    pub without_custom_id: IssueList,
    /// Input lines whose `custom_id` stands on an earlier one, with both lines.
    pub duplicates: IssueList,
    /// RequestTable whose results disagree, with two of these.
    pub conflicts: IssueList,
    /// Ids that have results and are in no input file, with the line of their best result.
    pub unknown_lines: IssueList,
    /// Where files and the batches' own counts disagree.
    pub count_issues: Vec<CountIssue>,
}

/// An input line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    pub(crate) request: u32,
    /// From 1; 0: there is no input file, and the row stands for an id that has a result.
    pub(crate) line: u32,
    offset: u64,
    length: u32,
    index: u16,
    end: u8,
    hash: u64,
}

impl Row {
    pub(crate) const fn range(&self) -> LineRange {
        let &Self { line, offset, length, index, end, hash, .. } = self;
        LineRange { file: FileRole::Input, index, line, offset, length, end, hash }
    }

    const fn place(&self) -> ResultPlace {
        ResultPlace {
            file: FileRole::Input,
            index: self.index,
            line: self.line as u64,
            column: 1,
            offset: self.offset,
        }
    }
}

/// Tolerances the files of one or several batches and tells what became of each request.
///
/// # Files and attempts
///
/// Input files may be shards of one work, or attempts at the same. Result files with one index are of one
/// batch; give the files of an earlier batch before those of a later one, and leave an index out for a file
/// that a batch has not. That some ids come again under a later index makes it another attempt at them:
///
/// - A later failure takes the place of an earlier one; a success takes the place of a failure; nothing takes
///   the place of a success.
/// - A success and a failure under one index, or two successes with different bodies under any, are a
///   conflict. Equal ones are not.
/// - An input line that another input file repeats byte for byte is the same request sent again. Any other
///   line with an id that is known makes both duplicates.
///
/// # Memory
///
/// For each `custom_id`, 125 to 145 bytes and its text (of one longer than 1 KiB, that much), however long
/// the files are: 7 MiB for 50,000 requests with ids of 20 bytes. While tables grow, up to twice that.
///
/// ```
/// use batchlight::jsonl::{FileRole, LineParser, Reconciler, Verdict};
/// let files = [
///     (FileRole::Input, "{\"custom_id\": \"a\"}\n{\"custom_id\": \"b\"}\n{\"custom_id\": \"c\"}\n"),
///     (FileRole::Output, "{\"custom_id\": \"c\", \"response\": {\"status_code\": 200, \"body\": {}}}\n"),
///     (FileRole::Error, r#"{"custom_id": "a", "response": null, "error": {"code": "batch_expired"}}"#),
/// ];
/// let mut reconciler = Reconciler::new(1);
/// for (file, text) in files {
///     reconciler.begin(file, 0);
///     let mut lines = LineParser::new(file.depth());
///     lines.spare_mut(text.len())[..text.len()].copy_from_slice(text.as_bytes());
///     lines.advance(text.len(), &mut |line, reading| reconciler.line(&line, reading));
///     lines.end(&mut |line, reading| reconciler.line(&line, reading));
/// }
/// let found = reconciler.finish(&[]);
/// assert_eq!((found.requests, found.succeeded, found.failed, found.missing), (3, 1, 1, 1));
/// let verdicts: Vec<_> = reconciler.verdicts().map(|row| (row.custom_id, row.verdict)).collect();
/// assert_eq!(verdicts, [("a", Verdict::Failed), ("b", Verdict::Missing), ("c", Verdict::Succeeded)]);
/// ```
#[derive(Clone, Debug)]
pub struct Reconciler {
    inputs: u16,
    file: FileRole,
    index: u16,
    pub(crate) requests: RequestTable,
    pub(crate) rows: Vec<Row>,
    /// The hashes of the rows' lines, kept when there are several input files.
    line_hashes: Vec<u64>,
    pub(crate) causes: Causes,
    tallies: Vec<FileTotals>,
    usage: UsageByModel,
    found: ReconciliationReport,
    /// Input lines that give no request.
    unreadable: u64,
    /// Whether the file is of another kind, so that nothing more is read of it.
    is_over: bool,
    members: ByShape<ResultFields>,
}

impl Reconciler {
    /// Nothing read yet; so many input files will be given, each before any result file.
    #[must_use]
    pub fn new(inputs: u16) -> Self {
        Self {
            inputs,
            file: FileRole::Input,
            index: 0,
            requests: RequestTable::default(),
            rows: Vec::new(),
            line_hashes: Vec::new(),
            causes: Causes::default(),
            tallies: Vec::new(),
            usage: UsageByModel::default(),
            found: ReconciliationReport::default(),
            unreadable: 0,
            is_over: false,
            members: ByShape::default(),
        }
    }

    /// Begins a file. The index, from 0, tells which input file it is, or which batch the result file is of.
    pub fn begin(&mut self, file: FileRole, index: u16) {
        (self.file, self.index, self.is_over) = (file, index, false);
        if self.tallies.len() <= usize::from(index) {
            self.tallies.resize(usize::from(index) + 1, FileTotals::default());
        }
        let tally = self.tally();
        tally.inputs += u64::from(file == FileRole::Input);
        tally.outputs += u64::from(file == FileRole::Output);
        tally.errors += u64::from(file == FileRole::Error);
    }

    /// Takes a line of the file, read to the [`depth`](FileRole::depth) of its kind.
    pub fn line(&mut self, line: &Line<'_>, reading: ParsedLine<'_>) {
        if self.tallies.is_empty() {
            self.begin(self.file, self.index);
        }
        let place = ResultPlace::of(self.file, self.index, line);
        if line.number == 1 && self.found.malformed.add_wrong_file(line, reading, place) {
            self.take_back();
        }
        if self.is_over {
            return;
        }
        let blank = reading.is_ok_and(|tape| tape.nodes().is_empty());
        if self.file == FileRole::Input {
            let id = reading.ok().filter(|_| !blank && !line.is_cut()).and_then(|tape| {
                let node = tape.node(tape.find(line.bytes, 0, "custom_id")?);
                string_bytes(node, line.bytes)
            });
            match id {
                Some(id) => self.input(line, &id, place),
                None if blank && !line.is_cut() => {}
                None => self.no_request(line, reading, place),
            }
        } else {
            let read = read_result(line, reading, place, &mut self.found.malformed, &mut self.members);
            if let Some(result) = read {
                self.result(line, &result, place);
            }
        }
    }

    /// Counts a file of another kind as not given.
    fn take_back(&mut self) {
        self.is_over = true;
        self.unreadable += 1;
        let (file, tally) = (self.file, self.tally());
        match file {
            FileRole::Input => tally.inputs -= 1,
            FileRole::Output => tally.outputs -= 1,
            FileRole::Error => tally.errors -= 1,
        }
        if file == FileRole::Input {
            self.inputs = self.inputs.saturating_sub(1);
        }
    }

    fn no_request(&mut self, line: &Line<'_>, reading: ParsedLine<'_>, place: ResultPlace) {
        self.unreadable += 1;
        let found = &mut self.found;
        match reading {
            _ if line.is_cut() => {
                found.malformed.add(Rule::LineTooLong, place, "a longer one", None);
            }
            Err(fault) => found.malformed.add_fault(fault, place, line),
            Ok(tape) if tape.node(0).kind == Kind::Object => {
                found.without_custom_id.add(Rule::NoCustomId, place, "none", None);
            }
            Ok(_) => {
                found.malformed.add(Rule::NotAnObject, place, "another value", None);
            }
        }
    }

    fn input(&mut self, line: &Line<'_>, id: &[u8], place: ResultPlace) {
        self.tally().requests += 1;
        let at = self.requests.place_of(id);
        let several = self.inputs > 1;
        // However the line ends.
        let line_hash = if several { hash(line.bytes).0 } else { 0 };
        let request = self.requests.request_mut(at);
        if let Some(first) = (request.row as usize).checked_sub(1) {
            let first_row = &self.rows[first];
            if several && first_row.index != self.index && self.line_hashes[first] == line_hash {
                return;
            }
            request.repeated = true;
            let about = Subject { custom_id: valid_utf8_prefix(id), related: Some(first_row.place()) };
            self.found.duplicates.add(Rule::DuplicateCustomId, place, "", Some(about));
        } else {
            request.row = saturating_u32(self.rows.len() + 1);
        }
        let end = end_length(line.end);
        self.rows.push(Row {
            request: saturating_u32(at),
            line: u32::try_from(line.number).unwrap_or(u32::MAX),
            offset: line.offset,
            length: saturating_u32(line.bytes.len()),
            index: self.index,
            end,
            hash: hash_line(0, line.bytes, end),
        });
        if several {
            self.line_hashes.push(line_hash);
        }
    }

    fn result(&mut self, line: &Line<'_>, result: &ResultLine<'_>, place: ResultPlace) {
        let failure = result.failure();
        let grade = match failure.as_ref().map(|failure| failure.verdict) {
            None => Grade::Succeeded,
            Some(CauseVerdict::Incomplete) => Grade::Incomplete,
            Some(CauseVerdict::Failed) => Grade::Failed,
        };
        let cause = failure.map_or(0, |failure| self.causes.of(&failure));
        let Some(id) = result.id() else {
            self.found.without_custom_id.add(Rule::NoCustomId, place, "none", None);
            self.count(grade);
            return result.add_usage(&mut self.usage);
        };
        let at = self.requests.place_of(&id);
        let taken = self.requests.take(
            at,
            StoredResult {
                body: if grade > Grade::Failed { hash(result.body()).0 } else { 0 },
                grade,
                hash: hash_line(0, line.bytes, end_length(line.end)),
                offset: line.offset,
                line: u32::try_from(line.number).unwrap_or(u32::MAX),
                length: saturating_u32(line.bytes.len()),
                index: self.index,
                status: result.status_code().unwrap_or(u16::MAX),
                cause,
                file: self.file,
                end: end_length(line.end),
            },
        );
        if let Some((why, other)) = taken.disagrees {
            let about = Subject { custom_id: valid_utf8_prefix(&id), related: Some(other) };
            self.found.conflicts.add(Rule::ConflictingResults, place, why, Some(about));
        }
        self.found.repeated += u64::from(taken.repeats);
        if taken.first {
            self.count(grade);
        }
        if !taken.repeats {
            result.add_usage(&mut self.usage);
        }
    }

    /// What became of the requests, and whether that is what the batches count; the snapshots in the order of
    /// their indexes.
    pub fn finish(&mut self, batches: &[Snapshot<'_>]) -> ReconciliationReport {
        let mut found = std::mem::take(&mut self.found);
        self.close(&mut found);
        for row in 0..self.rows.len() {
            let Some(verdict) = self.verdict(row) else { continue };
            *match verdict.verdict {
                Verdict::Succeeded => &mut found.succeeded,
                Verdict::Failed => &mut found.failed,
                Verdict::Missing => &mut found.missing,
                Verdict::Duplicate => &mut found.duplicate,
                Verdict::Conflicting => &mut found.conflicting,
                Verdict::Incomplete => &mut found.incomplete,
            } += 1;
            if let (Verdict::Failed | Verdict::Incomplete, Some(cause)) = (verdict.verdict, verdict.cause) {
                let at = self.rows[row].request as usize;
                self.causes.count(cause, Some(self.requests.id_of(at)));
            }
        }
        found.requests = self.rows.len() as u64;
        found.causes = self.causes.report();
        found.usage = self.usage.report();
        let total = check_totals(batches, &self.tallies, &mut found.count_issues);
        let all_known = self.unreadable == 0 && (self.inputs > 0 || total == Some(found.requests));
        found.complete = all_known
            && found.requests > 0
            && found.succeeded + found.incomplete + found.failed == found.requests;
        found
    }

    /// The rows with an id longer than 1 KiB, of which a verdict has only the beginning, each with the hash
    /// of the whole id; after [`finish`](Self::finish).
    pub fn long_ids(&self) -> impl Iterator<Item = (usize, u64)> {
        let rows = self.rows.iter().enumerate();
        rows.filter_map(|(at, row)| Some((at, self.requests.long_id_hash(row.request as usize)?)))
    }

    /// Lists what is in no input file; without one, every id that has a result is a request.
    fn close(&mut self, found: &mut ReconciliationReport) {
        let unasked = self.requests.requests().iter().enumerate().filter(|(_, request)| request.row == 0);
        for (at, _) in unasked {
            if self.inputs == 0 {
                self.rows.push(Row {
                    request: saturating_u32(at),
                    line: 0,
                    offset: 0,
                    length: 0,
                    index: 0,
                    end: 0,
                    hash: 0,
                });
                continue;
            }
            let Some(results) = self.requests.results_of(at) else { continue };
            found.unknown += u64::from(results.lines);
            let (id, place) = (self.requests.id_of(at), results.best.place());
            let about = Subject { custom_id: id, related: None };
            found.unknown_lines.add(Rule::UnknownCustomId, place, "", Some(about));
        }
    }

    fn count(&mut self, grade: Grade) {
        let tally = self.tally();
        *(if grade > Grade::Failed { &mut tally.completed } else { &mut tally.failed }) += 1;
        tally.incomplete += u64::from(grade == Grade::Incomplete);
    }

    fn tally(&mut self) -> &mut FileTotals {
        &mut self.tallies[usize::from(self.index)]
    }
}

#[cfg(test)]
mod tests {
    use super::super::request_table::{Results, Slot};
    use super::Row;

    #[test]
    fn what_is_kept_of_a_request_is_small() {
        assert!(size_of::<Row>() <= 32 && size_of::<Results>() <= 56 && size_of::<Slot>() <= 16);
    }
}

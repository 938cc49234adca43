//! Reconciliation: the requests of the input files against the results of the output and error files.

use serde::Serialize;

use crate::hash::hash;
use crate::json::Kind;
use crate::model::Snapshot;

use super::by_shape::ByShape;
use super::causes::{Cause, Causes};
use super::digest::read_result;
use super::line_hash::hash_line;
use super::lines::{Line, Reading};
use super::members::Members;
use super::register::{Best, Register, end_length, small};
use super::result::{ResultLine, spelt, text_of};
use super::result_issue::{About, FileRole, Listed, ResultPlace};
use super::result_rules::Rule;
use super::totals::{CountIssue, Tally, hold};
use super::usage::{ModelUsage, Usage};
use super::verdicts::{LineRange, Verdict};

/// What became of the requests, in numbers, with what is wrong. The verdicts themselves are the
/// [`Reconciler`]'s.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
pub struct ReconciliationReport {
    /// Whether every request has one verdict, succeeded or failed. Without an input file that is known only
    /// of batches that count as many requests as there are results.
    pub complete: bool,
    /// The requests of the input files; without an input file, the ids that have a result.
    pub requests: u64,
    /// Register that succeeded.
    pub succeeded: u64,
    /// Register that failed.
    pub failed: u64,
    /// Register without a result line.
    pub missing: u64,
    /// Register whose `custom_id` stands on several input lines.
    pub duplicate: u64,
    /// Register whose results disagree.
    pub conflicting: u64,
    /// Result lines whose `custom_id` is in no input file.
    pub unknown: u64,
    /// Result lines that say again what an earlier one said; no conflict.
    pub repeated: u64,
    /// Why requests failed, the most frequent cause first.
    pub causes: Vec<Cause>,
    /// Tokens used, by model; of every attempt, but once for a result that is repeated.
    pub usage: Vec<ModelUsage>,
    /// Lines that hold no request or result: passed over.
    pub malformed: Listed,
    /// Lines without a `custom_id`: nothing can be said of their requests.
    pub without_custom_id: Listed,
    /// Input lines whose `custom_id` stands on an earlier one, with both lines.
    pub duplicates: Listed,
    /// Register whose results disagree, with two of these.
    pub conflicts: Listed,
    /// Ids that have results and are in no input file, with the line of their best result.
    pub unknown_lines: Listed,
    /// Where files and the batches' own counts disagree.
    pub count_issues: Vec<CountIssue>,
}

/// An input line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub(super) request: u32,
    /// From 1; 0: there is no input file, and the row stands for an id that has a result.
    pub(super) line: u32,
    offset: u64,
    length: u32,
    index: u16,
    end: u8,
    hash: u64,
}

impl Row {
    pub(super) const fn range(&self) -> LineRange {
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
/// use batchlight::jsonl::{FileRole, Lines, Reconciler, Verdict};
/// let files = [
///     (FileRole::Input, "{\"custom_id\": \"a\"}\n{\"custom_id\": \"b\"}\n{\"custom_id\": \"c\"}\n"),
///     (FileRole::Output, "{\"custom_id\": \"c\", \"response\": {\"status_code\": 200, \"body\": {}}}\n"),
///     (FileRole::Error, r#"{"custom_id": "a", "response": null, "error": {"code": "batch_expired"}}"#),
/// ];
/// let mut reconciler = Reconciler::new(1);
/// for (file, text) in files {
///     reconciler.begin(file, 0);
///     let mut lines = Lines::new(file.depth());
///     lines.room(text.len())[..text.len()].copy_from_slice(text.as_bytes());
///     lines.take(text.len(), &mut |line, reading| reconciler.line(&line, reading));
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
    pub(super) register: Register,
    pub(super) rows: Vec<Row>,
    /// The hashes of the rows' lines, kept when there are several input files.
    line_hashes: Vec<u64>,
    pub(super) causes: Causes,
    tallies: Vec<Tally>,
    usage: Usage,
    found: ReconciliationReport,
    /// Input lines that give no request.
    unreadable: u64,
    members: ByShape<Members>,
}

impl Reconciler {
    /// Nothing read yet; so many input files will be given, each before any result file.
    #[must_use]
    pub fn new(inputs: u16) -> Self {
        Self {
            inputs,
            file: FileRole::Input,
            index: 0,
            register: Register::default(),
            rows: Vec::new(),
            line_hashes: Vec::new(),
            causes: Causes::default(),
            tallies: Vec::new(),
            usage: Usage::default(),
            found: ReconciliationReport::default(),
            unreadable: 0,
            members: ByShape::default(),
        }
    }

    /// Begins a file. The index, from 0, tells which input file it is, or which batch the result file is of.
    pub fn begin(&mut self, file: FileRole, index: u16) {
        (self.file, self.index) = (file, index);
        if self.tallies.len() <= usize::from(index) {
            self.tallies.resize(usize::from(index) + 1, Tally::default());
        }
        let tally = self.tally();
        tally.inputs += u64::from(file == FileRole::Input);
        tally.outputs += u64::from(file == FileRole::Output);
        tally.errors += u64::from(file == FileRole::Error);
    }

    /// Takes a line of the file, read to the [`depth`](FileRole::depth) of its kind.
    pub fn line(&mut self, line: &Line<'_>, reading: Reading<'_>) {
        if self.tallies.is_empty() {
            self.begin(self.file, self.index);
        }
        let place = ResultPlace::of(self.file, self.index, line);
        let blank = reading.is_ok_and(|tape| tape.nodes().is_empty());
        if self.file == FileRole::Input {
            let id = reading.ok().filter(|_| !blank && !line.is_cut()).and_then(|tape| {
                let node = tape.node(tape.find(line.bytes, 0, "custom_id")?);
                text_of(node, line.bytes)
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

    fn no_request(&mut self, line: &Line<'_>, reading: Reading<'_>, place: ResultPlace) {
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
        let at = self.register.place_of(id);
        let several = self.inputs > 1;
        // However the line ends.
        let line_hash = if several { hash(line.bytes).0 } else { 0 };
        let request = self.register.request_mut(at);
        if let Some(first) = (request.row as usize).checked_sub(1) {
            let first_row = &self.rows[first];
            if several && first_row.index != self.index && self.line_hashes[first] == line_hash {
                return;
            }
            request.repeated = true;
            let about = About { custom_id: spelt(id), related: Some(first_row.place()) };
            self.found.duplicates.add(Rule::DuplicateCustomId, place, "", Some(about));
        } else {
            request.row = small(self.rows.len() + 1);
        }
        let end = end_length(line.end);
        self.rows.push(Row {
            request: small(at),
            line: u32::try_from(line.number).unwrap_or(u32::MAX),
            offset: line.offset,
            length: small(line.bytes.len()),
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
        let cause = failure.map_or(0, |failure| self.causes.of(&failure));
        let Some(id) = result.id() else {
            self.found.without_custom_id.add(Rule::NoCustomId, place, "none", None);
            self.count(cause == 0);
            return self.add_usage(result);
        };
        let at = self.register.place_of(&id);
        let taken = self.register.take(
            at,
            Best {
                body: if cause == 0 { hash(result.body()).0 } else { 0 },
                hash: hash_line(0, line.bytes, end_length(line.end)),
                offset: line.offset,
                line: u32::try_from(line.number).unwrap_or(u32::MAX),
                length: small(line.bytes.len()),
                index: self.index,
                status: result.status_code().unwrap_or(u16::MAX),
                cause,
                file: self.file,
                end: end_length(line.end),
            },
        );
        if let Some((why, other)) = taken.disagrees {
            let about = About { custom_id: spelt(&id), related: Some(other) };
            self.found.conflicts.add(Rule::ConflictingResults, place, why, Some(about));
        }
        self.found.repeated += u64::from(taken.repeats);
        if taken.first {
            self.count(cause == 0);
        }
        if !taken.repeats {
            self.add_usage(result);
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
            } += 1;
            if let (Verdict::Failed, Some(cause)) = (verdict.verdict, verdict.cause) {
                let at = self.rows[row].request as usize;
                self.causes.count(cause, Some(self.register.id_of(at)));
            }
        }
        found.requests = self.rows.len() as u64;
        found.causes = self.causes.report();
        found.usage = self.usage.report();
        let total = hold(batches, &self.tallies, &mut found.count_issues);
        let all_known = if self.inputs > 0 { self.unreadable == 0 } else { total == Some(found.requests) };
        found.complete = all_known && found.requests > 0 && found.succeeded + found.failed == found.requests;
        found
    }

    /// The rows with an id longer than 1 KiB, of which a verdict has only the beginning, each with the hash
    /// of the whole id; after [`finish`](Self::finish).
    pub fn long_ids(&self) -> impl Iterator<Item = (usize, u64)> {
        let rows = self.rows.iter().enumerate();
        rows.filter_map(|(at, row)| Some((at, self.register.long_id_hash(row.request as usize)?)))
    }

    /// Lists what is in no input file; without one, every id that has a result is a request.
    fn close(&mut self, found: &mut ReconciliationReport) {
        let unasked = self.register.requests().iter().enumerate().filter(|(_, request)| request.row == 0);
        for (at, _) in unasked {
            if self.inputs == 0 {
                self.rows.push(Row {
                    request: small(at),
                    line: 0,
                    offset: 0,
                    length: 0,
                    index: 0,
                    end: 0,
                    hash: 0,
                });
                continue;
            }
            let Some(results) = self.register.results_of(at) else { continue };
            found.unknown += u64::from(results.lines);
            let (id, place) = (self.register.id_of(at), results.best.place());
            let about = About { custom_id: id, related: None };
            found.unknown_lines.add(Rule::UnknownCustomId, place, "", Some(about));
        }
    }

    fn add_usage(&mut self, result: &ResultLine<'_>) {
        if let Some(tokens) = result.tokens() {
            self.usage.add(result.model_bytes().as_deref(), tokens);
        }
    }

    fn count(&mut self, succeeds: bool) {
        let tally = self.tally();
        *(if succeeds { &mut tally.succeeded } else { &mut tally.failed }) += 1;
    }

    fn tally(&mut self) -> &mut Tally {
        &mut self.tallies[usize::from(self.index)]
    }
}

#[cfg(test)]
mod tests {
    use super::Row;
    use crate::jsonl::register::{Results, Slot};

    #[test]
    fn what_is_kept_of_a_request_is_small() {
        assert!(size_of::<Row>() <= 32 && size_of::<Results>() <= 56 && size_of::<Slot>() <= 16);
    }
}

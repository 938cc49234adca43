//! Reads input files and result files for a reconciliation.

use std::io::{self, Read};

use crate::hash::hash;
use crate::json::Kind;
use crate::jsonl::common::by_shape::ByShape;
use crate::jsonl::common::convert::{Index, saturating_u32, string_bytes, valid_utf8_prefix};
use crate::jsonl::common::file_role::FileRole;
use crate::jsonl::common::file_writer::FileWriter;
use crate::jsonl::common::line_hash::hash_line;
use crate::jsonl::common::lines::{Line, LineHandler, ParsedLine};
use crate::jsonl::results::answer::CauseVerdict;
use crate::jsonl::results::causes::Causes;
use crate::jsonl::results::digest::read_result;
use crate::jsonl::results::fields::ResultFields;
use crate::jsonl::results::issue::{ResultPlace, Subject};
use crate::jsonl::results::line::ResultLine;
use crate::jsonl::results::rules::Rule;
use crate::jsonl::results::usage::UsageByModel;
use crate::model::Snapshot;

use super::reconciliation::{InputLine, Reconciliation, ReconciliationReport};
use super::request_table::{Grade, RequestTable, StoredResult};
use super::totals::{FileTotals, check_totals};
use super::verdicts::{RequestVerdict, Verdict};

/// Reads the files of one or several batches and finds the verdict on each request.
///
/// # Files and attempts
///
/// Several input files are shards of one job, or attempts at the same job. Result files with the same index
/// are of the same batch. Give the files of an earlier batch first, and skip the index of a file that a batch
/// does not have. A `custom_id` that has results under a later index was attempted again:
///
/// - A later failure replaces an earlier one, an incomplete answer replaces a failure, and a success replaces
///   both. Nothing replaces a success.
/// - An answer and a failure, or two different answers, under the same index conflict, and so do two
///   successes with different bodies under any index. Equal answers do not.
/// - If two input files have a line in common, byte for byte, it is the same request, sent again. Any other
///   line with a known `custom_id` makes both lines duplicates.
///
/// # Memory
///
/// Each `custom_id` takes 125 to 145 bytes plus its length (up to 1 KiB), whatever the size of the files: 7
/// MiB for 50,000 requests with ids of 20 bytes, and up to twice that while tables grow.
///
/// ```
/// use batchlight::jsonl::{FileRole, Reconciler, Verdict};
/// let input = "{\"custom_id\": \"a\"}\n{\"custom_id\": \"b\"}\n{\"custom_id\": \"c\"}\n";
/// let output = "{\"custom_id\": \"c\", \"response\": {\"status_code\": 200, \"body\": {}}}\n";
/// let errors = r#"{"custom_id": "a", "response": null, "error": {"code": "batch_expired"}}"#;
///
/// let mut reconciler = Reconciler::new(1);
/// reconciler.read(FileRole::Input, 0, input.as_bytes())?;
/// reconciler.read(FileRole::Output, 0, output.as_bytes())?;
/// reconciler.read(FileRole::Error, 0, errors.as_bytes())?;
/// let reconciliation = reconciler.finish(&[]);
///
/// let report = reconciliation.report();
/// assert_eq!((report.requests, report.succeeded, report.failed, report.missing), (3, 1, 1, 1));
/// let verdicts: Vec<_> = reconciliation.verdicts().map(|row| (row.custom_id, row.verdict)).collect();
/// assert_eq!(verdicts, [("a", Verdict::Failed), ("b", Verdict::Missing), ("c", Verdict::Succeeded)]);
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Reconciler {
    inputs: u16,
    file: FileRole,
    index: u16,
    table: RequestTable,
    rows: Vec<InputLine>,
    /// The hashes of the input lines without their line breaks, if there are several input files.
    line_hashes: Vec<u64>,
    causes: Causes,
    totals: Vec<FileTotals>,
    usage: UsageByModel,
    has_usage_in_error_files: bool,
    report: ReconciliationReport,
    /// The number of input lines that are not a request.
    unreadable: u64,
    /// Whether the file is of another kind, so that it is not read further.
    skips_file: bool,
    fields: ByShape<ResultFields>,
}

impl Reconciler {
    /// Creates a reconciler for this number of input files. They have to be given before the result files.
    #[must_use]
    pub fn new(inputs: u16) -> Self {
        Self {
            inputs,
            file: FileRole::Input,
            index: 0,
            table: RequestTable::default(),
            rows: Vec::new(),
            line_hashes: Vec::new(),
            causes: Causes::default(),
            totals: Vec::new(),
            usage: UsageByModel::default(),
            has_usage_in_error_files: false,
            report: ReconciliationReport::default(),
            unreadable: 0,
            skips_file: false,
            fields: ByShape::default(),
        }
    }

    /// Reads a file to its end. The index, from 0, is that of the input file, or of the batch of a result
    /// file.
    ///
    /// # Errors
    /// The error of the reader.
    pub fn read(&mut self, file: FileRole, index: u16, reader: impl Read) -> io::Result<u64> {
        self.file(file, index).read_from(reader)
    }

    /// Begins a file that is written in chunks. The index, from 0, is that of the input file, or of the batch
    /// of a result file.
    pub fn file(&mut self, file: FileRole, index: u16) -> FileWriter<'_, Self> {
        self.begin(file, index);
        FileWriter::new(self, file.depth())
    }

    /// Begins a file, whose lines are parsed to the [`depth`](FileRole::depth) of its role.
    pub(crate) fn begin(&mut self, file: FileRole, index: u16) {
        (self.file, self.index, self.skips_file) = (file, index, false);
        if self.totals.len() <= usize::from(index) {
            self.totals.resize(usize::from(index) + 1, FileTotals::default());
        }
        let totals = self.totals_mut();
        match file {
            FileRole::Input => totals.inputs += 1,
            FileRole::Output => totals.outputs += 1,
            FileRole::Error => totals.errors += 1,
        }
    }

    /// Ends the reconciliation. Compares the files with the counts of the batches, which are in the order of
    /// their indexes.
    #[must_use]
    pub fn finish(mut self, batches: &[Snapshot<'_>]) -> Reconciliation {
        self.add_results_without_request();
        let requests = self.rows.len() as u64;
        let total = check_totals(batches, &self.totals, &mut self.report.count_issues);
        let all_known = self.unreadable == 0 && (self.inputs > 0 || total == Some(requests));
        let Self { table, rows, causes, report, usage, has_usage_in_error_files, .. } = self;
        let mut reconciliation = Reconciliation { table, rows, causes, report, has_usage_in_error_files };
        for row in 0..reconciliation.rows.len() {
            let Some(RequestVerdict { verdict, cause, .. }) = reconciliation.verdict(row) else { continue };
            let Reconciliation { table, rows, causes, report, .. } = &mut reconciliation;
            *match verdict {
                Verdict::Succeeded => &mut report.succeeded,
                Verdict::Incomplete => &mut report.incomplete,
                Verdict::Failed => &mut report.failed,
                Verdict::Missing => &mut report.missing,
                Verdict::Duplicate => &mut report.duplicate,
                Verdict::Conflicting => &mut report.conflicting,
            } += 1;
            if let (Verdict::Failed | Verdict::Incomplete, Some(cause)) = (verdict, cause) {
                causes.count(cause, Some(table.id_of(rows[row].request as usize)));
            }
        }
        let report = &mut reconciliation.report;
        report.requests = requests;
        report.causes = reconciliation.causes.report();
        report.usage = usage.report();
        let answered = report.succeeded + report.incomplete + report.failed;
        report.complete = all_known && requests > 0 && answered == requests;
        reconciliation
    }

    /// Skips a file of another kind, as if it had not been given.
    fn skip_file(&mut self) {
        self.skips_file = true;
        self.unreadable += 1;
        let (file, totals) = (self.file, self.totals_mut());
        match file {
            FileRole::Input => totals.inputs -= 1,
            FileRole::Output => totals.outputs -= 1,
            FileRole::Error => totals.errors -= 1,
        }
        if file == FileRole::Input {
            self.inputs = self.inputs.saturating_sub(1);
        }
    }

    fn input(&mut self, line: &Line<'_>, id: &[u8], place: ResultPlace) {
        self.totals_mut().requests += 1;
        let index = self.table.index_of(id);
        let has_several_inputs = self.inputs > 1;
        // Without the line break, which may differ.
        let line_hash = if has_several_inputs { hash(line.bytes).0 } else { 0 };
        let request = self.table.request_mut(index);
        let previous_input = std::mem::replace(&mut request.last_input, self.index);
        if let Some(first) = request.first_line {
            let first_row = &self.rows[first.get()];
            if has_several_inputs
                && previous_input != self.index
                && self.line_hashes[first.get()] == line_hash
            {
                return;
            }
            request.is_duplicate = true;
            let subject = Subject { custom_id: valid_utf8_prefix(id), related: Some(first_row.place()) };
            self.report.duplicates.add(Rule::DuplicateCustomId, place, "", Some(subject));
        } else {
            request.first_line = Some(Index::new(self.rows.len()));
        }
        let end = line.end.byte_len();
        self.rows.push(InputLine {
            request: saturating_u32(index),
            line: line.number_u32(),
            offset: line.offset,
            length: saturating_u32(line.bytes.len()),
            index: self.index,
            end,
            hash: hash_line(0, line.bytes, end),
        });
        if has_several_inputs {
            self.line_hashes.push(line_hash);
        }
    }

    fn invalid_request(&mut self, line: &Line<'_>, parsed: ParsedLine<'_>, place: ResultPlace) {
        self.unreadable += 1;
        let report = &mut self.report;
        match parsed {
            _ if line.is_cut() => {
                report.malformed.add(Rule::LineTooLong, place, "a longer one", None);
            }
            Err(fault) => report.malformed.add_fault(fault, place, line),
            Ok(tape) if tape.node(0).kind == Kind::Object => {
                report.without_custom_id.add(Rule::NoCustomId, place, "none", None);
            }
            Ok(_) => {
                report.malformed.add(Rule::NotAnObject, place, "another value", None);
            }
        }
    }

    fn result(&mut self, line: &Line<'_>, result: &ResultLine<'_>, place: ResultPlace) {
        let failure = result.failure();
        let grade = match failure.as_ref().map(|failure| failure.verdict) {
            None => Grade::Succeeded,
            Some(CauseVerdict::Incomplete) => Grade::Incomplete,
            Some(CauseVerdict::Failed) => Grade::Failed,
        };
        let cause = failure.map_or(0, |failure| self.causes.of(&failure, self.file));
        let Some(id) = result.id() else {
            self.report.without_custom_id.add(Rule::NoCustomId, place, "none", None);
            self.count_result(grade);
            return self.add_usage(result);
        };
        let index = self.table.index_of(&id);
        let end = line.end.byte_len();
        let added = self.table.add_result(
            index,
            StoredResult {
                body: if grade > Grade::Failed { hash_line(0, result.body(), 0) } else { 0 },
                hash: hash_line(0, line.bytes, end),
                offset: line.offset,
                line: line.number_u32(),
                length: saturating_u32(line.bytes.len()),
                index: self.index,
                status: result.status_code().unwrap_or(u16::MAX),
                cause,
                file: self.file,
                end,
            },
            grade,
        );
        if let Some(conflict) = added.conflict {
            let subject = Subject { custom_id: valid_utf8_prefix(&id), related: Some(conflict.other) };
            self.report.conflicts.add(Rule::ConflictingResults, place, conflict.reason, Some(subject));
        }
        self.report.repeated += u64::from(added.repeats);
        if added.first {
            self.count_result(grade);
        }
        if !added.repeats {
            self.add_usage(result);
        }
    }

    fn add_usage(&mut self, result: &ResultLine<'_>) {
        let has_usage = result.add_usage(&mut self.usage);
        self.has_usage_in_error_files |= has_usage && self.file == FileRole::Error;
    }

    /// Reports the results without a request. Without an input file, every id that has a result is a request.
    fn add_results_without_request(&mut self) {
        let requests = self.table.requests().iter().enumerate();
        for (index, _) in requests.filter(|(_, request)| request.first_line.is_none()) {
            if self.inputs == 0 {
                self.rows.push(InputLine::without_input(index));
                continue;
            }
            let Some(results) = self.table.results_of(index) else { continue };
            self.report.unknown += u64::from(results.lines);
            let subject = Subject { custom_id: self.table.id_of(index), related: None };
            let place = results.best.place();
            self.report.unknown_lines.add(Rule::UnknownCustomId, place, "", Some(subject));
        }
    }

    fn count_result(&mut self, grade: Grade) {
        let totals = self.totals_mut();
        *(if grade > Grade::Failed { &mut totals.completed } else { &mut totals.failed }) += 1;
        totals.incomplete += u64::from(grade == Grade::Incomplete);
    }

    fn totals_mut(&mut self) -> &mut FileTotals {
        &mut self.totals[usize::from(self.index)]
    }
}

impl LineHandler for Reconciler {
    fn line(&mut self, line: &Line<'_>, parsed: ParsedLine<'_>) {
        if self.totals.is_empty() {
            self.begin(self.file, self.index);
        }
        let place = ResultPlace::of(self.file, self.index, line);
        if line.number == 1 && self.report.malformed.add_wrong_file(line, parsed, place) {
            self.skip_file();
        }
        if self.skips_file {
            return;
        }
        if self.file != FileRole::Input {
            let malformed = &mut self.report.malformed;
            if let Some(result) = read_result(line, parsed, place, malformed, &mut self.fields) {
                self.result(line, &result, place);
            }
            return;
        }
        let is_blank = !line.is_cut() && parsed.is_ok_and(|tape| tape.nodes().is_empty());
        let id = parsed.ok().filter(|_| !is_blank && !line.is_cut()).and_then(|tape| {
            let node = tape.node(tape.find(line.bytes, 0, "custom_id")?);
            string_bytes(node, line.bytes)
        });
        match id {
            Some(id) => self.input(line, &id, place),
            None if is_blank => {}
            None => self.invalid_request(line, parsed, place),
        }
    }
}

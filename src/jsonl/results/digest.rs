//! The digest of result files: the numbers of results, causes of failures, and tokens.

use std::io::{self, Read};

use serde::Serialize;

use crate::jsonl::common::by_shape::ByShape;
use crate::jsonl::common::file_role::{FileRole, RESULT_DEPTH};
use crate::jsonl::common::file_writer::FileWriter;
use crate::jsonl::common::lines::{Line, LineHandler, ParsedLine};

use super::answer::CauseVerdict;
use super::causes::{Cause, Causes};
use super::fields::ResultFields;
use super::issue::{IssueList, ResultPlace};
use super::line::ResultLine;
use super::rules::Rule;
use super::usage::{ModelUsage, UsageByModel};

/// The number of results with an HTTP status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct StatusCount {
    /// The status. Some servers send 0.
    pub status_code: u16,
    /// The number of results.
    pub count: u64,
}

/// The number of failures with an error code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct CodeCount {
    /// The error's code, or its type if it has no code.
    pub code: String,
    /// The number of failures.
    pub count: u64,
}

/// The digest of result files.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct ResultsDigest {
    /// The number of lines that are not blank: successes, incomplete answers, failures and malformed lines.
    pub lines: u64,
    /// The number of results with a body, a status of 200 to 299, no error and a complete answer.
    pub succeeded: u64,
    /// The number of results whose answer is cut off, filtered, refused or empty. The batch counts them as
    /// completed.
    pub incomplete: u64,
    /// The number of results with an error, without a body or with another status.
    pub failed: u64,
    /// The HTTP statuses, the most frequent first.
    pub status_codes: Vec<StatusCount>,
    /// The error codes, the most frequent first. The codes of causes beyond the 500th are not included.
    pub error_codes: Vec<CodeCount>,
    /// The causes of failures and of incomplete answers, the most frequent first.
    pub causes: Vec<Cause>,
    /// The tokens used, by model.
    pub usage: Vec<ModelUsage>,
    /// The lines that are not a valid result. They are skipped.
    pub malformed: IssueList,
    /// The results without a `custom_id`. They are counted above.
    pub without_custom_id: IssueList,
}

/// Reads an output or error file to its end and summarizes it.
///
/// ```
/// use batchlight::jsonl::digest_reader;
/// let file =
///     br#"{"custom_id":"a","response":{"status_code":200,"body":{"model":"m","usage":{"total_tokens":5}}}}
/// {"custom_id": "b", "response": null, "error": {"code": "batch_expired", "message": "Too late."}}
/// {"custom_id": "c", "resp"#;
/// let digest = digest_reader(&file[..])?;
/// assert_eq!((digest.lines, digest.succeeded, digest.failed, digest.malformed.count), (3, 1, 1, 1));
/// assert_eq!((digest.malformed.lines[0].line, digest.malformed.lines[0].column), (3, 25));
/// assert_eq!(digest.error_codes[0].code, "batch_expired");
/// assert_eq!(digest.usage[0].total_tokens, 5);
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Errors
/// The error of the reader.
pub fn digest_reader(reader: impl Read) -> io::Result<ResultsDigest> {
    let mut digester = Digester::new();
    digester.read(FileRole::Output, 0, reader)?;
    Ok(digester.finish())
}

/// Summarizes result files. The memory does not grow with the files.
///
/// ```
/// use batchlight::jsonl::{Digester, FileRole};
/// let success = r#"{"custom_id": "a", "response": {"status_code": 200, "body": {}}}"#;
/// let failure = r#"{"custom_id": "b", "response": {"status_code": 429, "body": {}}}"#;
/// let mut digester = Digester::new();
/// digester.read(FileRole::Output, 0, success.as_bytes())?;
/// digester.read(FileRole::Error, 0, failure.as_bytes())?;
/// let digest = digester.finish();
/// assert_eq!((digest.succeeded, digest.failed), (1, 1));
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Digester {
    file: FileRole,
    index: u16,
    /// Whether the file is of another kind, so that it is not read further.
    skips_file: bool,
    succeeded: u64,
    incomplete: u64,
    failed: u64,
    /// The statuses of successes. The statuses of failures are in the causes.
    statuses: Vec<StatusCount>,
    causes: Causes,
    usage: UsageByModel,
    malformed: IssueList,
    without_custom_id: IssueList,
    fields: ByShape<ResultFields>,
}

impl Digester {
    /// Creates a digester.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads a file to its end. Issues name its role and its index, from 0.
    ///
    /// # Errors
    /// The error of the reader.
    pub fn read(&mut self, file: FileRole, index: u16, reader: impl Read) -> io::Result<u64> {
        self.file(file, index).read_from(reader)
    }

    /// Begins a file that is written in chunks. Issues name its role and its index, from 0.
    pub fn file(&mut self, file: FileRole, index: u16) -> FileWriter<'_, Self> {
        self.begin(file, index);
        FileWriter::new(self, RESULT_DEPTH)
    }

    /// Begins a file, whose lines are parsed to [`RESULT_DEPTH`].
    pub(crate) const fn begin(&mut self, file: FileRole, index: u16) {
        (self.file, self.index, self.skips_file) = (file, index, false);
    }

    /// Ends the digest.
    #[must_use]
    pub fn finish(self) -> ResultsDigest {
        let causes = self.causes.report();
        let mut statuses = self.statuses;
        let mut codes: Vec<CodeCount> = Vec::new();
        for cause in &causes {
            if let Some(status) = cause.status_code {
                add_status(&mut statuses, status, cause.count);
            }
            let Some(code) = cause.code.as_ref().filter(|_| cause.verdict == CauseVerdict::Failed) else {
                continue;
            };
            match codes.iter_mut().find(|row| row.code == *code) {
                Some(row) => row.count += cause.count,
                None => codes.push(CodeCount { code: code.clone(), count: cause.count }),
            }
        }
        most_frequent_first(&mut statuses, |row| row.count);
        most_frequent_first(&mut codes, |row| row.count);
        ResultsDigest {
            lines: self.succeeded + self.incomplete + self.failed + self.malformed.count,
            succeeded: self.succeeded,
            incomplete: self.incomplete,
            failed: self.failed,
            status_codes: statuses,
            error_codes: codes,
            causes,
            usage: self.usage.report(),
            malformed: self.malformed,
            without_custom_id: self.without_custom_id,
        }
    }
}

impl LineHandler for Digester {
    fn line(&mut self, line: &Line<'_>, parsed: ParsedLine<'_>) {
        let place = ResultPlace::of(self.file, self.index, line);
        self.skips_file |= line.number == 1 && self.malformed.add_wrong_file(line, parsed, place);
        if self.skips_file {
            return;
        }
        let result = read_result(line, parsed, place, &mut self.malformed, &mut self.fields);
        let Some(result) = result else { return };
        let id = result.custom_id();
        if id.is_none() {
            self.without_custom_id.add(Rule::NoCustomId, place, "none", None);
        }
        result.add_usage(&mut self.usage);
        if let Some(failure) = result.failure() {
            match failure.verdict {
                CauseVerdict::Failed => self.failed += 1,
                CauseVerdict::Incomplete => self.incomplete += 1,
            }
            let cause = self.causes.of(&failure, self.file);
            self.causes.count(cause, id.as_deref());
        } else {
            self.succeeded += 1;
            if let Some(status) = result.status_code() {
                add_status(&mut self.statuses, status, 1);
            }
        }
    }
}

/// The result on a line. Returns `None` for a blank line, and for a malformed one, which is added to
/// `malformed`.
pub fn read_result<'a>(
    line: &Line<'a>,
    parsed: ParsedLine<'a>,
    place: ResultPlace,
    malformed: &mut IssueList,
    cache: &mut ByShape<ResultFields>,
) -> Option<ResultLine<'a>> {
    if line.is_cut() {
        malformed.add(Rule::LineTooLong, place, "a longer one", None);
        return None;
    }
    let tape = parsed.map_err(|fault| malformed.add_fault(fault, place, line)).ok()?;
    if tape.nodes().is_empty() {
        return None;
    }
    let result = ResultLine::cached(line.bytes, tape, cache);
    if result.is_none() {
        malformed.add(Rule::NotAnObject, place, "another value", None);
    }
    result
}

fn add_status(statuses: &mut Vec<StatusCount>, status_code: u16, count: u64) {
    match statuses.iter_mut().find(|row| row.status_code == status_code) {
        Some(row) => row.count += count,
        None => statuses.push(StatusCount { status_code, count }),
    }
}

/// Sorts a short list. The order of equal counts is kept. Smaller in the WebAssembly module than the sort of
/// the standard library.
fn most_frequent_first<T>(rows: &mut [T], count: impl Fn(&T) -> u64) {
    for end in 1..rows.len() {
        let mut at = end;
        while at > 0 && count(&rows[at - 1]) < count(&rows[at]) {
            rows.swap(at - 1, at);
            at -= 1;
        }
    }
}

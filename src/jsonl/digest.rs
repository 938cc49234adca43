//! The digest: what result files say by themselves, line after line.

use serde::Serialize;

use super::by_shape::ByShape;
use super::causes::{Cause, Causes};
use super::lines::{Line, Reading};
use super::members::Members;
use super::result::ResultLine;
use super::result_issue::{FileRole, Listed, ResultPlace};
use super::result_rules::Rule;
use super::usage::{ModelUsage, Usage};

/// How many results have an HTTP status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
pub struct StatusCount {
    /// The status; 0 as some servers send it.
    pub status_code: u16,
    /// How many results have it.
    pub count: u64,
}

/// How many failures have an error code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
pub struct CodeCount {
    /// The error's code, or its type where it has none.
    pub code: String,
    /// How many failures have it.
    pub count: u64,
}

/// What result files say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
pub struct ResultsDigest {
    /// Lines that are not blank: those that succeeded, failed, or are malformed.
    pub lines: u64,
    /// Results with a body, a status of 200 to 299 and no error.
    pub succeeded: u64,
    /// Results without.
    pub failed: u64,
    /// HTTP statuses, the most frequent first.
    pub status_codes: Vec<StatusCount>,
    /// Error codes, the most frequent first; those of more than 500 causes are not told apart.
    pub error_codes: Vec<CodeCount>,
    /// Failures grouped by what they have in common, the most frequent first.
    pub causes: Vec<Cause>,
    /// Tokens used, by model.
    pub usage: Vec<ModelUsage>,
    /// Lines that hold no result: passed over.
    pub malformed: Listed,
    /// Results that do not say which request they are about; they are counted above all the same.
    pub without_custom_id: Listed,
}

/// Tolerances result files into a digest. Its memory does not grow with the files.
///
/// ```
/// use batchlight::jsonl::{Digest, FileRole, Lines, RESULT_DEPTH};
/// let file =
///     br#"{"custom_id":"a","response":{"status_code":200,"body":{"model":"m","usage":{"total_tokens":5}}}}
/// {"custom_id": "b", "response": null, "error": {"code": "batch_expired", "message": "Too late."}}
/// {"custom_id": "c", "resp"#;
/// let mut digest = Digest::default();
/// digest.begin(FileRole::Output, 0);
/// let mut lines = Lines::new(RESULT_DEPTH);
/// lines.room(file.len())[..file.len()].copy_from_slice(file);
/// lines.take(file.len(), &mut |line, reading| digest.line(&line, reading));
/// lines.end(&mut |line, reading| digest.line(&line, reading));
/// let digest = digest.finish();
/// assert_eq!((digest.lines, digest.succeeded, digest.failed, digest.malformed.count), (3, 1, 1, 1));
/// assert_eq!((digest.malformed.lines[0].line, digest.malformed.lines[0].column), (3, 25));
/// assert_eq!(digest.error_codes[0].code, "batch_expired");
/// assert_eq!(digest.usage[0].total_tokens, 5);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Digest {
    file: FileRole,
    index: u16,
    succeeded: u64,
    failed: u64,
    /// The statuses of successes; those of failures are counted by their causes.
    statuses: Vec<StatusCount>,
    causes: Causes,
    usage: Usage,
    malformed: Listed,
    without_custom_id: Listed,
    members: ByShape<Members>,
}

impl Digest {
    /// Nothing read yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Begins a file, for its issues to name; index from 0.
    pub fn begin(&mut self, file: FileRole, index: u16) {
        (self.file, self.index) = (file, index);
    }

    /// Takes a line, read to [`RESULT_DEPTH`](super::RESULT_DEPTH).
    pub fn line(&mut self, line: &Line<'_>, reading: Reading<'_>) {
        let place = ResultPlace::of(self.file, self.index, line);
        let read = read_result(line, reading, place, &mut self.malformed, &mut self.members);
        let Some(result) = read else { return };
        let id = result.custom_id();
        if id.is_none() {
            self.without_custom_id.add(Rule::NoCustomId, place, "none", None);
        }
        if let Some(tokens) = result.tokens() {
            self.usage.add(result.model_bytes().as_deref(), tokens);
        }
        if let Some(failure) = result.failure() {
            self.failed += 1;
            let cause = self.causes.of(&failure);
            self.causes.count(cause, id.as_deref());
        } else if let Some(status) = result.status_code() {
            self.succeeded += 1;
            add_status(&mut self.statuses, status, 1);
        }
    }

    /// What the files say.
    #[must_use]
    pub fn finish(self) -> ResultsDigest {
        let causes = self.causes.report();
        let mut statuses = self.statuses;
        let mut codes: Vec<CodeCount> = Vec::new();
        for cause in &causes {
            if let Some(status) = cause.status_code {
                add_status(&mut statuses, status, cause.count);
            }
            let Some(code) = &cause.code else { continue };
            match codes.iter_mut().find(|row| row.code == *code) {
                Some(row) => row.count += cause.count,
                None => codes.push(CodeCount { code: code.clone(), count: cause.count }),
            }
        }
        most_frequent_first(&mut statuses, |row| row.count);
        most_frequent_first(&mut codes, |row| row.count);
        ResultsDigest {
            lines: self.succeeded + self.failed + self.malformed.count,
            succeeded: self.succeeded,
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

/// The result that a line holds; none if it is blank, or malformed, which is then listed.
pub(super) fn read_result<'a>(
    line: &Line<'a>,
    reading: Reading<'a>,
    place: ResultPlace,
    malformed: &mut Listed,
    known: &mut ByShape<Members>,
) -> Option<ResultLine<'a>> {
    if line.is_cut() {
        malformed.add(Rule::LineTooLong, place, "a longer one", None);
        return None;
    }
    let tape = reading.map_err(|fault| malformed.add_fault(fault, place, line)).ok()?;
    if tape.nodes().is_empty() {
        return None;
    }
    let result = ResultLine::known(line.bytes, tape, known);
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

/// Puts a short list in order. Equal counts stay as they stand; smaller in the module than the standard
/// library's sort.
fn most_frequent_first<T>(rows: &mut [T], count: impl Fn(&T) -> u64) {
    for end in 1..rows.len() {
        let mut at = end;
        while at > 0 && count(&rows[at - 1]) < count(&rows[at]) {
            rows.swap(at - 1, at);
            at -= 1;
        }
    }
}

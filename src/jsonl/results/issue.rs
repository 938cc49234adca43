//! The issues of result files. The first issues of each kind are kept, and all are counted.

use serde::Serialize;

use crate::diagnostics::{Level, compose_message, quoted};
use crate::json::Fault;
use crate::jsonl::common::column::column;
use crate::jsonl::common::file_role::FileRole;
use crate::jsonl::common::limits::DEFAULT_MAX_ISSUES;
use crate::jsonl::common::lines::{Line, ParsedLine};
use crate::jsonl::common::wrong_file::WrongFile;
use crate::text::beginning;

use super::rules::Rule;

/// The maximum length of a `custom_id` in an issue, in code points.
const MAX_ID_LENGTH: usize = 200;

/// A place in one of several files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
pub struct ResultPlace {
    /// The role of the file.
    pub file: FileRole,
    /// The index of the file among the files of this role, from 0.
    pub index: u16,
    /// The line number, from 1. Blank lines count.
    pub line: u64,
    /// The column, from 1, in UTF-16 code units as editors count them.
    pub column: u64,
    /// The offset in the file, in bytes.
    pub offset: u64,
}

impl ResultPlace {
    /// The start of a line.
    pub(crate) const fn of(file: FileRole, index: u16, line: &Line<'_>) -> Self {
        Self { file, index, line: line.number, column: 1, offset: line.offset }
    }
}

/// An issue of a result file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct ResultIssue {
    /// The code, such as `invalid_json_line`.
    pub code: &'static str,
    /// The level.
    pub level: Level,
    /// The role of the file.
    pub file: FileRole,
    /// The index of the file among the files of this role, from 0.
    pub index: u16,
    /// The line number, from 1. Blank lines count.
    pub line: u64,
    /// The column, from 1, in UTF-16 code units as editors count them.
    pub column: u64,
    /// The offset in the file, in bytes.
    pub offset: u64,
    /// The `custom_id`, truncated to 200 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_id: Option<String>,
    /// The issue in one line.
    pub message: String,
    /// The expected value, in words.
    pub expected: &'static str,
    /// The value that was found. Strings of the file are quoted and truncated to 80 characters.
    pub found: String,
    /// How to fix it.
    pub help: &'static str,
    /// A related place, such as the first of two lines with the same `custom_id`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub related: Option<ResultPlace>,
}

/// The issues of one kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct IssueList {
    /// The number of issues.
    pub count: u64,
    /// The first 20 issues.
    pub lines: Vec<ResultIssue>,
}

/// The request of an issue, and a related place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Subject<'a> {
    pub(crate) custom_id: &'a str,
    pub(crate) related: Option<ResultPlace>,
}

impl IssueList {
    /// Counts an issue and keeps it if there are not too many. If `found` is empty, the `custom_id` was
    /// found.
    #[inline(never)] // every kind of issue ends here
    pub(crate) fn add(
        &mut self,
        rule: Rule,
        place: ResultPlace,
        found: &'static str,
        subject: Option<Subject<'_>>,
    ) {
        self.count += 1;
        if self.lines.len() >= DEFAULT_MAX_ISSUES as usize {
            return;
        }
        let mut found = String::from(found);
        let id = subject.map(|subject| subject.custom_id);
        if let Some(id) = id.filter(|_| found.is_empty()) {
            found.push_str("custom_id ");
            found.push_str(&quoted(id));
        }
        let mut issue = ResultIssue::new(rule, rule.info().expected, place, found);
        issue.custom_id = id.map(|id| beginning(id, MAX_ID_LENGTH).0.to_owned());
        issue.related = subject.and_then(|subject| subject.related);
        self.lines.push(issue);
    }

    /// Adds an issue if the first line shows that the file is of another kind. Returns whether it is.
    pub(crate) fn add_wrong_file(
        &mut self,
        line: &Line<'_>,
        parsed: ParsedLine<'_>,
        place: ResultPlace,
    ) -> bool {
        let Some(kind) = WrongFile::detect(line, parsed, place.file) else { return false };
        let rule = match kind {
            WrongFile::Other(_) => Rule::WrongFile,
            WrongFile::Compressed(_) => Rule::CompressedFile,
            WrongFile::Utf16 => Rule::Utf16,
            WrongFile::Requests => Rule::RequestFile,
            WrongFile::Results => Rule::ResultFile,
        };
        self.add(rule, place, kind.found(), None);
        true
    }

    /// Counts a line that is invalid JSON, and keeps the issue if there are not too many.
    pub(crate) fn add_fault(&mut self, fault: Fault, place: ResultPlace, line: &Line<'_>) {
        self.count += 1;
        if self.lines.len() >= DEFAULT_MAX_ISSUES as usize {
            return;
        }
        let (rule, before) = (Rule::InvalidJson, line.bytes.get(..fault.offset).unwrap_or(line.bytes));
        let place =
            ResultPlace { column: column(before), offset: place.offset + fault.offset as u64, ..place };
        let found = fault.found(line.bytes);
        self.lines.push(ResultIssue::new(rule, fault.expected, place, found));
    }
}

impl ResultIssue {
    fn new(rule: Rule, expected: &'static str, place: ResultPlace, found: String) -> Self {
        let info = rule.info();
        let message = compose_message(expected, &found, "");
        let ResultPlace { file, index, line, column, offset } = place;
        Self {
            code: info.code,
            level: info.level,
            file,
            index,
            line,
            column,
            offset,
            custom_id: None,
            message,
            expected,
            found,
            help: info.help,
            related: None,
        }
    }
}

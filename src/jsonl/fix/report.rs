//! The report of a fix.

use serde::Serialize;

use crate::diagnostics::quoted;
use crate::jsonl::common::limits::DEFAULT_MAX_ISSUES;
use crate::jsonl::input::rules::Rule;

/// The changes of a file, and its size after them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct FixReport {
    /// Whether the file was changed.
    pub changed: bool,
    /// The changes, in the order of the file; the first 20 of each kind.
    pub changes: Vec<FixChange>,
    /// The number of changes of each code.
    pub counts: Vec<FixCount>,
    /// The number of bytes of the fixed file.
    pub bytes: u64,
    /// The number of lines of the fixed file.
    pub lines: u64,
    /// The number of lines of the fixed file that are objects.
    pub requests: u64,
}

/// A change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct FixChange {
    /// The code of the issue that the change fixes.
    pub code: &'static str,
    /// The line number in the original file, from 1.
    pub line: u64,
    /// A description of the change in one line.
    pub message: String,
}

/// The number of changes of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct FixCount {
    /// The code.
    pub code: &'static str,
    /// The number of changes.
    pub count: u64,
}

/// A kind of change.
#[derive(Clone, Copy, Debug)]
pub enum Change {
    /// A byte order mark was removed.
    ByteOrderMark,
    /// A carriage return was removed.
    CarriageReturn,
    /// A blank line was removed.
    BlankLine,
    /// The last newline was added.
    LastNewline,
    /// The elements of an array were written as lines.
    Array,
    /// The lines of a request were joined.
    Joined,
    /// A comma was removed.
    Comma,
    /// A `custom_id` was added.
    CustomId,
    /// A comma before a closing bracket was removed.
    TrailingComma,
    /// A method was written as `POST`.
    Method,
    /// The scheme and the host of a url were removed.
    Host,
    /// Whitespace around a `custom_id` was removed.
    CustomIdWhitespace,
    /// Whitespace around a model was removed.
    ModelWhitespace,
    /// The file was converted from UTF-16.
    Utf16,
    /// An unpaired surrogate of UTF-16 was replaced.
    UnpairedSurrogate,
}

/// The broken rule and the message of each [`Change`].
const CHANGES: [(Rule, &str); 15] = [
    (Rule::ByteOrderMark, "removed the byte order mark"),
    (Rule::CarriageReturn, "removed the carriage return at the end of the line"),
    (Rule::BlankLine, "removed a blank line"),
    (Rule::NoLastNewline, "added a newline at the end"),
    (Rule::ArrayInsteadOfLines, "wrote each element of the array on its own line"),
    (Rule::SpreadOverLines, "joined the lines of a request into one"),
    (Rule::CommaAfterLine, "removed a comma after the request"),
    (Rule::MissingParameter, "added the custom_id "),
    (Rule::TrailingComma, "removed a trailing comma"),
    (Rule::WrongMethod, "wrote the method as \"POST\""),
    (Rule::UrlUnknown, "removed the scheme and the host from the url"),
    (Rule::CustomIdSpaced, "removed the whitespace around the custom_id"),
    (Rule::ModelSpaced, "removed the whitespace around the model"),
    (Rule::Utf16, "converted the file from UTF-16 to UTF-8"),
    (Rule::Utf16, "replaced an unpaired surrogate with U+FFFD"),
];

/// A report that is being built.
#[derive(Debug, Default)]
pub struct FixReportBuilder {
    changes: Vec<FixChange>,
    counts: [u64; CHANGES.len()],
    /// The number of bytes of the fixed file so far.
    pub bytes: u64,
    /// The number of lines of the fixed file so far.
    pub lines: u64,
    /// The number of requests so far.
    pub requests: u64,
}

impl FixReportBuilder {
    /// Whether there was such a change.
    pub const fn has(&self, change: Change) -> bool {
        self.counts[change as usize] > 0
    }

    /// Adds a change of a line.
    pub fn add(&mut self, change: Change, line: u64) {
        self.add_change(change, line, None);
    }

    /// Adds a change of a line, with the value that was added to the line.
    pub fn add_with_value(&mut self, change: Change, line: u64, value: &str) {
        self.add_change(change, line, Some(value));
    }

    fn add_change(&mut self, change: Change, line: u64, value: Option<&str>) {
        self.counts[change as usize] += 1;
        if self.counts[change as usize] > u64::from(DEFAULT_MAX_ISSUES) {
            return;
        }
        let (rule, message) = CHANGES[change as usize];
        let mut message = message.to_owned();
        if let Some(value) = value {
            message.push_str(&quoted(value));
        }
        self.changes.push(FixChange { code: rule.info().code, line, message });
    }

    /// Ends the report.
    pub fn finish(self) -> FixReport {
        let mut counts: Vec<FixCount> = Vec::new();
        for ((rule, _), count) in CHANGES.into_iter().zip(self.counts).filter(|(_, count)| *count > 0) {
            let code = rule.info().code;
            match counts.iter_mut().find(|row| row.code == code) {
                Some(row) => row.count += count,
                None => counts.push(FixCount { code, count }),
            }
        }
        let Self { mut changes, bytes, lines, requests, .. } = self;
        // A change of several lines is noted at their end, and one of the encoding before the line.
        changes.sort_by_key(|change| (change.line, change.code != Rule::Utf16.info().code));
        FixReport { changed: !counts.is_empty(), changes, counts, bytes, lines, requests }
    }
}

//! What was changed in a file.

use serde::Serialize;

use crate::diagnostics::quoted;

use super::issue::KEPT;
use super::rules::Rule;

/// What was changed in a file, and what has come of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
pub struct FixReport {
    /// Whether anything was.
    pub changed: bool,
    /// The changes, in the order of the file; the first 20 of each kind.
    pub changes: Vec<FixChange>,
    /// How many changes there are of each code.
    pub counts: Vec<FixCount>,
    /// How many bytes the file has now.
    pub bytes: u64,
    /// How many lines it has now.
    pub lines: u64,
    /// How many of them are objects that can be read.
    pub requests: u64,
}

/// A change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
pub struct FixChange {
    /// The code of the issue that is gone by it.
    pub code: &'static str,
    /// The line, from 1, as the file was.
    pub line: u64,
    /// What was done, in one line.
    pub message: String,
}

/// How many changes of a code there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
pub struct FixCount {
    /// The code.
    pub code: &'static str,
    /// How many.
    pub count: u64,
}

/// A kind of change.
#[derive(Clone, Copy, Debug)]
pub(super) enum Change {
    ByteOrderMark,
    CarriageReturn,
    BlankLine,
    LastNewline,
    Array,
    Joined,
    Comma,
    CustomId,
}

/// Each kind with the rule that no longer finds anything, and what was done.
const CHANGES: [(Rule, &str); 8] = [
    (Rule::ByteOrderMark, "removed the byte order mark"),
    (Rule::CarriageReturn, "removed the carriage return at the end of the line"),
    (Rule::BlankLine, "removed a blank line"),
    (Rule::NoLastNewline, "added a newline at the end"),
    (Rule::ArrayInsteadOfLines, "wrote each element of the array on its own line"),
    (Rule::SpreadOverLines, "joined the lines of a request into one"),
    (Rule::CommaAfterLine, "removed a comma after the request"),
    (Rule::MissingParameter, "added the custom_id "),
];

/// The report while it grows.
#[derive(Debug, Default)]
pub(super) struct FixReports {
    changes: Vec<FixChange>,
    counts: [u64; CHANGES.len()],
    pub bytes: u64,
    pub lines: u64,
    pub requests: u64,
}

impl FixReports {
    /// Whether there was such a change.
    pub const fn has(&self, change: Change) -> bool {
        self.counts[change as usize] > 0
    }

    /// Notes a change of a line.
    pub fn note(&mut self, change: Change, line: u64) {
        self.add(change, line, None);
    }

    /// Notes a change of a line that brought a text.
    pub fn note_text(&mut self, change: Change, line: u64, text: &str) {
        self.add(change, line, Some(text));
    }

    fn add(&mut self, change: Change, line: u64, text: Option<&str>) {
        self.counts[change as usize] += 1;
        if self.counts[change as usize] > u64::from(KEPT) {
            return;
        }
        let (rule, words) = CHANGES[change as usize];
        let mut message = words.to_owned();
        if let Some(text) = text {
            message.push_str(&quoted(text));
        }
        self.changes.push(FixChange { code: rule.info().code, line, message });
    }

    pub fn finish(self) -> FixReport {
        let mut counts: Vec<FixCount> = Vec::new();
        for ((rule, _), count) in CHANGES.into_iter().zip(self.counts).filter(|(_, count)| *count > 0) {
            let code = rule.info().code;
            match counts.iter_mut().find(|row| row.code == code) {
                Some(row) => row.count += count,
                None => counts.push(FixCount { code, count }),
            }
        }
        let Self { changes, bytes, lines, requests, .. } = self;
        FixReport { changed: !counts.is_empty(), changes, counts, bytes, lines, requests }
    }
}

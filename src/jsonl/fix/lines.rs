//! Fixes single lines, and joins requests that are spread over several lines.

use std::mem;

use crate::json::{Kind, Tape};
use crate::jsonl::common::lines::MAX_LINE_LENGTH;
use crate::jsonl::common::nesting::Nesting;
use crate::jsonl::input::check::INPUT_DEPTH;
use crate::jsonl::input::corrections::WithoutCommas;
use crate::jsonl::input::malformed::{begins_request, is_request};

use super::custom_ids::CustomIds;
use super::report::{Change, FixReport, FixReportBuilder};
use super::values::{ValueEdit, value_edits};

/// The output with the line that is being fixed.
#[derive(Debug, Default)]
pub struct LineFixer {
    /// The fixed lines, followed by the current line.
    out: Vec<u8>,
    /// The number of bytes of `out` that have been consumed.
    consumed: usize,
    /// The start of the current line.
    line: usize,
    /// A request that began on an earlier line and has not ended.
    open: Option<OpenRequest>,
    /// Whether the current line is too long. Its beginning may have been consumed.
    long: bool,
    /// The line number in the original file.
    source: u64,
    tape: Tape,
    ids: Option<CustomIds>,
    /// The changes so far.
    pub report: FixReportBuilder,
}

/// A request that did not end on its first line.
#[derive(Debug)]
struct OpenRequest {
    start: usize,
    nesting: Nesting,
    source: u64,
    /// The number of lines before it.
    lines: u64,
}

impl LineFixer {
    /// Creates a fixer at the start of a file.
    pub fn new(ids: Option<CustomIds>) -> Self {
        Self { tape: Tape::new(INPUT_DEPTH), source: 1, ids, ..Self::default() }
    }

    /// The generator of `custom_id`s, if there is one.
    pub const fn ids(&self) -> Option<&CustomIds> {
        self.ids.as_ref()
    }

    /// The bytes that no longer change and have not been consumed.
    pub fn output(&self) -> &[u8] {
        &self.out[self.consumed..self.stable_end()]
    }

    /// Removes the output.
    pub fn consume(&mut self) {
        self.consumed = self.stable_end();
        // Drops the consumed bytes only if they are more than half of all, so that a long line is not moved
        // for each chunk.
        if self.consumed * 2 > self.out.len() {
            // The consumed beginning of a long line is counted here, and its rest when it ends.
            self.report.bytes += self.consumed.saturating_sub(self.line) as u64;
            self.out.drain(..self.consumed);
            self.line = self.line.saturating_sub(self.consumed);
            if let Some(open) = &mut self.open {
                open.start -= self.consumed;
            }
            self.consumed = 0;
        }
    }

    /// Ends the file. The output then contains all lines.
    pub fn finish(&mut self) -> FixReport {
        self.open = None;
        self.line = self.out.len();
        self.long = false;
        mem::take(&mut self.report).finish()
    }

    /// Adds a byte to the current line.
    #[inline]
    pub fn push_byte(&mut self, byte: u8) {
        self.out.push(byte);
    }

    /// Adds bytes to the current line.
    pub fn push(&mut self, bytes: &[u8]) {
        self.out.extend_from_slice(bytes);
    }

    /// Adds complete lines that are not fixed.
    pub fn push_unchanged(&mut self, bytes: &[u8]) {
        self.push(bytes);
        self.line = self.out.len();
        self.report.bytes += bytes.len() as u64;
    }

    /// Removes spaces and tabs at the end of the current line.
    pub fn trim(&mut self) {
        while self.has_unconsumed_line() && matches!(self.out.last(), Some(b' ' | b'\t')) {
            self.out.pop();
        }
    }

    /// Notes a change at the current line of the original file.
    pub fn note(&mut self, change: Change) {
        self.report.add(change, self.source);
    }

    /// Removes blank lines at the start of the file.
    pub fn skip_blank(&mut self, lines: usize) {
        for _ in 0..lines {
            self.note(Change::BlankLine);
            self.source += 1;
        }
    }

    /// Begins the next line of the original file.
    pub const fn next_source_line(&mut self) {
        self.source += 1;
    }

    /// Stops fixing a line or a request that is too long.
    pub fn release_long_line(&mut self) {
        let start = self.open.as_ref().map_or(self.line, |open| open.start);
        if self.out.len() - start > MAX_LINE_LENGTH {
            self.open = None;
            self.long = self.out.len() - self.line > MAX_LINE_LENGTH;
        }
    }

    /// Ends the current line. `newline` is `false` if the original file ends without a line break.
    pub fn end_line(&mut self, newline: bool) {
        let end = self.out.len();
        while self.has_unconsumed_line() && self.out.last() == Some(&b'\r') {
            self.out.pop();
        }
        if self.out.len() < end {
            self.note(Change::CarriageReturn);
        }
        if self.long {
            return self.write_newline(newline);
        }
        let is_blank = self.out[self.line..].trim_ascii().is_empty();
        if is_blank {
            if newline || self.out.len() > self.line {
                self.note(Change::BlankLine);
            }
            return self.out.truncate(self.line);
        }
        let mut tape = mem::take(&mut self.tape);
        let bytes = &self.out[self.line..];
        let fault = tape.read(bytes).err();
        if self.open.is_some() && begins_request(bytes, fault.map_or(Ok(&tape), Err)) {
            // An invalid line that is not a request even without its commas continues the open one.
            let fixed = fault.and_then(|_| WithoutCommas::of(bytes, &mut tape));
            if fixed.is_none_or(|fixed| is_request(&tape, &fixed.json)) {
                self.open = None;
            }
        }
        let is_complete = match (self.open.take(), fault) {
            (Some(open), _) => self.continue_request(open, &mut tape),
            (None, None) => true,
            (None, Some(fault)) => self.fix_invalid(fault.offset, &mut tape),
        };
        if is_complete && tape.nodes().first().is_some_and(|root| root.kind == Kind::Object) {
            self.report.requests += 1;
            self.correct_values(&mut tape);
            if let Some(ids) = &mut self.ids
                && let Some(id) = ids.process(&tape, &mut self.out, self.line)
            {
                self.report.add_with_value(Change::CustomId, self.source, &id);
            }
        }
        self.tape = tape;
        self.write_newline(newline);
    }

    fn write_newline(&mut self, newline: bool) {
        if !newline {
            self.note(Change::LastNewline);
        }
        self.out.push(b'\n');
        self.report.bytes += (self.out.len() - self.line) as u64;
        self.report.lines += 1;
        self.line = self.out.len();
        self.long = false;
    }

    /// Corrects the values of a request that have only one valid form.
    fn correct_values(&mut self, tape: &mut Tape) {
        let edits = value_edits(tape, &self.out[self.line..]);
        for edit in &edits {
            self.note(edit.change);
        }
        for ValueEdit { range, value, .. } in edits.iter().rev() {
            self.out.splice(self.line + range.start..self.line + range.end, value.bytes());
        }
        if !edits.is_empty() {
            let parsed = tape.read(&self.out[self.line..]);
            debug_assert!(parsed.is_ok(), "{parsed:?}");
        }
    }

    fn note_commas(&mut self, trailing: u64, is_after: bool) {
        for _ in 0..trailing {
            self.note(Change::TrailingComma);
        }
        if is_after {
            self.note(Change::Comma);
        }
    }

    /// Fixes a line that is invalid JSON: removes commas, or opens a request that
    /// continues on the next line. Returns whether the line is valid now.
    fn fix_invalid(&mut self, fault: usize, tape: &mut Tape) -> bool {
        let bytes = &self.out[self.line..];
        if bytes.trim_ascii_start().first() != Some(&b'{') {
            return false;
        }
        if let Some(WithoutCommas { json, trailing, is_after }) = WithoutCommas::of(bytes, tape) {
            self.out.truncate(self.line);
            self.out.extend_from_slice(&json);
            self.note_commas(trailing, is_after);
            return true;
        }
        let rest = &bytes[fault.min(bytes.len())..];
        if rest.trim_ascii().is_empty() {
            let mut nesting = Nesting::default();
            nesting.advance_until_closed(bytes);
            let (start, lines) = (self.line, self.report.lines);
            self.open = Some(OpenRequest { start, nesting, source: self.source, lines });
        }
        false
    }

    /// Continues a request with the current line. Returns whether the request is complete and was joined into
    /// one line.
    fn continue_request(&mut self, mut open: OpenRequest, tape: &mut Tape) -> bool {
        let Some(end) = open.nesting.advance_until_closed(&self.out[self.line..]) else {
            self.open = Some(open);
            return false;
        };
        let end = self.line + end + 1;
        let rest = self.out[end..].trim_ascii();
        let comma = rest == b",";
        if !(comma || rest.is_empty()) {
            return false;
        }
        let Some(WithoutCommas { json, trailing, .. }) = WithoutCommas::of(&self.out[open.start..end], tape)
        else {
            return false;
        };
        let mut joined = Vec::with_capacity(json.len());
        for line in json.split(|&byte| byte == b'\n') {
            if joined.is_empty() {
                joined.extend_from_slice(line.trim_ascii_end());
            } else {
                joined.push(b' ');
                joined.extend_from_slice(line.trim_ascii());
            }
        }
        self.report.bytes -= (self.line - open.start) as u64;
        self.report.lines = open.lines;
        self.out.truncate(open.start);
        self.out.extend_from_slice(&joined);
        self.line = open.start;
        self.report.add(Change::Joined, open.source);
        self.note_commas(trailing, comma);
        tape.read(&joined).is_ok()
    }

    /// Whether the current line has bytes that have not been consumed.
    fn has_unconsumed_line(&self) -> bool {
        self.out.len() > self.line.max(self.consumed)
    }

    /// The end of the bytes that no longer change.
    fn stable_end(&self) -> usize {
        if self.long {
            // The last byte can be a carriage return.
            return self.out.len().saturating_sub(1).max(self.consumed);
        }
        self.open.as_ref().map_or(self.line, |open| open.start)
    }
}

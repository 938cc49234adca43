//! Fixing: one line after the other, and requests that lines have come apart of.

use std::mem;

use crate::json::{Kind, Tape};
use crate::jsonl::common::nesting::Nesting;
use crate::jsonl::input::malformed::begins_request;

use super::fixer::Fixer;
use super::report::Change;

/// A request that begins on a line and does not end there.
#[derive(Debug)]
pub(crate) struct Open {
    pub start: usize,
    pub nesting: Nesting,
    pub source: u64,
    pub lines: u64,
}

impl Fixer {
    /// Ends the line that is being put together, with a newline in the source or with the source itself.
    pub(crate) fn end_line(&mut self, newline: bool) {
        let end = self.out.len();
        while self.out.len() > self.line.max(self.given) && self.out.last() == Some(&b'\r') {
            self.out.pop();
        }
        if self.out.len() < end {
            self.report.note(Change::CarriageReturn, self.source);
        }
        if self.long {
            return self.close(newline);
        }
        let blank = self.out[self.line..].trim_ascii().is_empty();
        if blank {
            if newline || self.out.len() > self.line {
                self.report.note(Change::BlankLine, self.source);
            }
            return self.out.truncate(self.line);
        }
        let mut tape = mem::take(&mut self.tape);
        let bytes = &self.out[self.line..];
        let fault = tape.read(bytes).err();
        let reading = fault.map_or(Ok(&tape), Err);
        if self.open.is_some() && begins_request(bytes, reading) {
            self.open = None;
        }
        let whole = match (self.open.take(), fault) {
            (Some(open), _) => self.go_on(open, &mut tape),
            (None, None) => true,
            (None, Some(fault)) => self.fix(fault.offset, &mut tape),
        };
        if whole && tape.nodes().first().is_some_and(|root| root.kind == Kind::Object) {
            self.report.requests += 1;
            if let Some(naming) = &mut self.naming
                && let Some(name) = naming.name(&tape, &mut self.out, self.line)
            {
                self.report.note_text(Change::CustomId, self.source, &name);
            }
        }
        self.tape = tape;
        self.close(newline);
    }

    fn close(&mut self, newline: bool) {
        if !newline {
            self.report.note(Change::LastNewline, self.source);
        }
        self.out.push(b'\n');
        self.report.bytes += (self.out.len() - self.line) as u64;
        self.report.lines += 1;
        self.line = self.out.len();
        self.long = false;
    }

    /// A line that is no JSON: takes a comma behind it away, or waits for what follows. Whether it is JSON
    /// now.
    fn fix(&mut self, fault: usize, tape: &mut Tape) -> bool {
        let bytes = &self.out[self.line..];
        if bytes.trim_ascii_start().first() != Some(&b'{') {
            return false;
        }
        let (before, rest) = bytes.split_at(fault.min(bytes.len()));
        if rest.trim_ascii() == b"," && tape.read(before.trim_ascii_end()).is_ok() {
            let length = before.trim_ascii_end().len();
            self.out.truncate(self.line + length);
            self.report.note(Change::Comma, self.source);
            return true;
        }
        if rest.trim_ascii().is_empty() {
            let mut nesting = Nesting::default();
            nesting.advance_until_closed(bytes);
            self.open =
                Some(Open { start: self.line, nesting, source: self.source, lines: self.report.lines });
        }
        false
    }

    /// A line that may go on with a request before it. Whether the request is whole now, and stands in one
    /// line.
    fn go_on(&mut self, mut open: Open, tape: &mut Tape) -> bool {
        let Some(end) = open.nesting.advance_until_closed(&self.out[self.line..]) else {
            self.open = Some(open);
            return false;
        };
        let end = self.line + end + 1;
        let rest = self.out[end..].trim_ascii();
        let comma = rest == b",";
        if !(comma || rest.is_empty()) || tape.read(&self.out[open.start..end]).is_err() {
            return false;
        }
        let mut joined = Vec::with_capacity(end - open.start);
        for line in self.out[open.start..end].split(|&byte| byte == b'\n') {
            if !joined.is_empty() {
                joined.push(b' ');
            }
            joined.extend_from_slice(if joined.is_empty() {
                line.trim_ascii_end()
            } else {
                line.trim_ascii()
            });
        }
        self.report.bytes -= (self.line - open.start) as u64;
        self.report.lines = open.lines;
        self.out.truncate(open.start);
        self.out.extend_from_slice(&joined);
        self.line = open.start;
        self.report.note(Change::Joined, open.source);
        if comma {
            self.report.note(Change::Comma, self.source);
        }
        tape.read(&joined).is_ok()
    }
}

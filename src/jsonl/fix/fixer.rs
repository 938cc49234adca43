//! Fixes an input file where only one correction is possible; all other bytes are kept.
//!
//! The fixer removes a byte order mark, carriage returns, blank lines and commas after requests. It adds a
//! missing last newline, writes an array as lines, joins requests that are spread over several lines and, on
//! request, adds missing `custom_id`s. Fixing the output again changes nothing.
//!
//! ```
//! use batchlight::jsonl::Fixer;
//! let file = b"[\r\n  {\"custom_id\": \"a\"},\r\n  {\"method\": \"POST\"}\r\n]";
//! let mut fixer = Fixer::naming("request-", 1);
//! fixer.spare_mut(file.len())[..file.len()].copy_from_slice(file);
//! fixer.advance(file.len());
//! let report = fixer.finish();
//! let fixed = b"{\"custom_id\": \"a\"}\n{\"custom_id\": \"request-1\", \"method\": \"POST\"}\n";
//! assert_eq!(fixer.output(), fixed);
//! assert_eq!((report.changed, report.requests), (true, 2));
//! ```

use std::mem;

use crate::json::Tape;
use crate::jsonl::common::bytes::find;
use crate::jsonl::common::lines::MAX_LINE_LENGTH;

use super::array::Array;
use super::custom_ids::CustomIdGenerator;
use super::lines::Open;
use super::report::{Change, FixReport, FixReportBuilder};

/// A file being fixed.
#[derive(Debug, Default)]
pub struct Fixer {
    pub(crate) room: Vec<u8>,
    pub(crate) mode: Mode,
    /// What has come while it is not known yet whether an array or lines begin.
    pub(crate) head: Vec<u8>,
    /// What is fixed, and the line that is being put together.
    pub(crate) out: Vec<u8>,
    /// How much of it has been given away already.
    pub(crate) given: usize,
    /// Where the line begins that is being put together.
    pub(crate) line: usize,
    /// A request that its lines have not closed yet.
    pub(crate) open: Option<Open>,
    /// The line is too long to be held, so that its beginning may have been given away.
    pub(crate) long: bool,
    /// The line of the source.
    pub(crate) source: u64,
    pub(crate) tape: Tape,
    pub(crate) naming: Option<CustomIdGenerator>,
    pub(crate) report: FixReportBuilder,
}

#[derive(Debug, Default)]
pub(crate) enum Mode {
    #[default]
    Start,
    LineParser,
    Array(Array),
}

impl Fixer {
    /// Starts on a file; requests without custom_id stay without.
    #[must_use]
    pub fn new() -> Self {
        Self { tape: Tape::new(1), source: 1, ..Self::default() }
    }

    /// Starts on a file; requests without custom_id get the prefix and a number, from this one on. What
    /// number no request of the file has yet, [`surveying`](Self::surveying) it first tells.
    #[must_use]
    pub fn naming(prefix: &str, first: u64) -> Self {
        Self { naming: Some(CustomIdGenerator::from(prefix, first)), ..Self::new() }
    }

    /// Looks a file over for [`free_number`](Self::free_number), and fixes it as [`new`](Self::new) does.
    #[must_use]
    pub fn surveying(prefix: &str) -> Self {
        Self { naming: Some(CustomIdGenerator::surveying(prefix)), ..Self::new() }
    }

    /// The first number that, behind the prefix, is no custom_id of the file.
    #[must_use]
    pub fn free_number(&self) -> u64 {
        self.naming.as_ref().map_or(1, CustomIdGenerator::free)
    }

    /// Room to write the next piece of the file into, at least this large.
    pub fn spare_mut(&mut self, size: usize) -> &mut [u8] {
        if self.room.len() < size {
            self.room.resize(size, 0);
        }
        &mut self.room
    }

    /// Takes what was just written into the room.
    pub fn advance(&mut self, size: usize) {
        let room = mem::take(&mut self.room);
        self.put(&room[..size.min(room.len())]);
        self.room = room;
    }

    /// What is fixed and was not [given](Self::give) yet.
    #[must_use]
    pub fn output(&self) -> &[u8] {
        &self.out[self.given..self.sure()]
    }

    /// All that was ready has been taken away.
    pub fn consume(&mut self) {
        self.given = self.sure();
        // Moved to the front only when that is less than what is dropped, so that a long line is not moved
        // for each of its pieces.
        if self.given * 2 > self.out.len() {
            self.out.drain(..self.given);
            self.line = self.line.saturating_sub(self.given);
            if let Some(open) = &mut self.open {
                open.start -= self.given;
            }
            self.given = 0;
        }
    }

    /// Ends the file: the rest is ready, and what was changed is told.
    pub fn finish(&mut self) -> FixReport {
        if !self.head.is_empty() {
            let head = mem::take(&mut self.head);
            if head.trim_ascii().is_empty() {
                // Behind an array it belongs to no line.
                if !self.report.has(Change::Array) {
                    self.blank(head.split_inclusive(|&byte| byte == b'\n').count());
                }
            } else {
                self.mode = Mode::LineParser;
                self.put(&head);
            }
        }
        match &self.mode {
            Mode::Array(array) if array.element => self.end_line(true),
            Mode::LineParser => self.end_line(false),
            _ => {}
        }
        self.open = None;
        self.line = self.out.len();
        self.long = false;
        mem::take(&mut self.report).finish()
    }

    /// Up to where nothing changes any more.
    fn sure(&self) -> usize {
        if self.long {
            // The last byte may be a carriage return.
            return self.out.len().saturating_sub(1).max(self.given);
        }
        self.open.as_ref().map_or(self.line, |open| open.start)
    }

    pub(crate) fn put(&mut self, mut piece: &[u8]) {
        while !piece.is_empty() {
            piece = match mem::take(&mut self.mode) {
                Mode::Start => self.begin(piece),
                Mode::LineParser => {
                    self.mode = Mode::LineParser;
                    self.lines(piece)
                }
                Mode::Array(array) => self.array(array, piece),
            };
        }
    }

    fn lines(&mut self, mut piece: &[u8]) -> &'static [u8] {
        while let Some(at) = find(piece, b'\n') {
            self.out.extend_from_slice(&piece[..at]);
            self.end_line(true);
            self.source += 1;
            piece = &piece[at + 1..];
        }
        self.out.extend_from_slice(piece);
        self.bound();
        &[]
    }

    /// Lets go of a line that is too long to be held.
    pub(crate) fn bound(&mut self) {
        let start = self.open.as_ref().map_or(self.line, |open| open.start);
        if self.out.len() - start > MAX_LINE_LENGTH {
            self.open = None;
            self.long = self.out.len() - self.line > MAX_LINE_LENGTH;
        }
    }
}

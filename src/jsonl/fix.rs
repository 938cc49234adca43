//! Mends what can be mended without guessing; everything else stays as it is, byte for byte.
//!
//! Mended are a byte order mark, carriage returns, blank lines, a missing last newline, an array in place of lines, requests spread over
//! several lines, commas left behind requests and, when asked, requests without custom_id. What comes out is mended for good: mending it
//! again changes nothing.
//!
//! ```
//! use batchlight::jsonl::Fixer;
//! let file = b"[\r\n  {\"custom_id\": \"a\"},\r\n  {\"method\": \"POST\"}\r\n]";
//! let mut fixer = Fixer::naming("request-", 1);
//! fixer.room(file.len())[..file.len()].copy_from_slice(file);
//! fixer.take(file.len());
//! let report = fixer.finish();
//! assert_eq!(fixer.ready(), b"{\"custom_id\": \"a\"}\n{\"custom_id\": \"request-1\", \"method\": \"POST\"}\n");
//! assert_eq!((report.changed, report.requests), (true, 2));
//! ```

use std::mem;

use crate::json::{Kind, Tape};

use super::LONGEST_LINE;
use super::broken::begins_request;
use super::bytes::find;
use super::fix_report::{Change, FixReport, FixReports};
use super::naming::Naming;
use super::nesting::Nesting;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";
/// So much white space before anything else, and the file is taken for lines.
const LONGEST_HEAD: usize = 1 << 16;

/// A file being mended.
#[derive(Debug, Default)]
pub struct Fixer {
    room: Vec<u8>,
    mode: Mode,
    /// What has come while it is not known yet whether an array or lines begin.
    head: Vec<u8>,
    /// What is mended, and the line that is being put together.
    out: Vec<u8>,
    /// How much of it has been given away already.
    given: usize,
    /// Where the line begins that is being put together.
    line: usize,
    /// A request that its lines have not closed yet.
    open: Option<Open>,
    /// The line is too long to be held, so that its beginning may have been given away.
    long: bool,
    /// The line of the source.
    source: u64,
    tape: Tape,
    naming: Option<Naming>,
    report: FixReports,
}

#[derive(Debug, Default)]
enum Mode {
    #[default]
    Start,
    Lines,
    Array(Array),
}

/// An array on its way to lines.
#[derive(Debug, Default)]
struct Array {
    nesting: Nesting,
    element: bool,
    comma: bool,
    /// White space with a newline in it was left out.
    gap: bool,
}

/// A request that begins on a line and does not end there.
#[derive(Debug)]
struct Open {
    start: usize,
    nesting: Nesting,
    source: u64,
    lines: u64,
}

impl Fixer {
    /// Starts on a file; requests without custom_id stay without.
    #[must_use]
    pub fn new() -> Self {
        Self { tape: Tape::new(1), source: 1, ..Self::default() }
    }

    /// Starts on a file; requests without custom_id get the prefix and a number, from this one on. What number no request of the file
    /// has yet, [`surveying`](Self::surveying) it first tells.
    #[must_use]
    pub fn naming(prefix: &str, first: u64) -> Self {
        Self { naming: Some(Naming::from(prefix, first)), ..Self::new() }
    }

    /// Looks a file over for [`free_number`](Self::free_number), and mends it as [`new`](Self::new) does.
    #[must_use]
    pub fn surveying(prefix: &str) -> Self {
        Self { naming: Some(Naming::surveying(prefix)), ..Self::new() }
    }

    /// The first number that, behind the prefix, is no custom_id of the file.
    #[must_use]
    pub fn free_number(&self) -> u64 {
        self.naming.as_ref().map_or(1, Naming::free)
    }

    /// Room to write the next piece of the file into, at least this large.
    pub fn room(&mut self, size: usize) -> &mut [u8] {
        if self.room.len() < size {
            self.room.resize(size, 0);
        }
        &mut self.room
    }

    /// Takes what was just written into the room.
    pub fn take(&mut self, size: usize) {
        let room = mem::take(&mut self.room);
        self.put(&room[..size.min(room.len())]);
        self.room = room;
    }

    /// What is mended and was not [given](Self::give) yet.
    #[must_use]
    pub fn ready(&self) -> &[u8] {
        &self.out[self.given..self.sure()]
    }

    /// All that was ready has been taken away.
    pub fn give(&mut self) {
        self.given = self.sure();
        // Moved to the front only when that is less than what is dropped, so that a long line is not moved for each of its pieces.
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
                self.mode = Mode::Lines;
                self.put(&head);
            }
        }
        match &self.mode {
            Mode::Array(array) if array.element => self.end_line(true),
            Mode::Lines => self.end_line(false),
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

    fn put(&mut self, mut piece: &[u8]) {
        while !piece.is_empty() {
            piece = match mem::take(&mut self.mode) {
                Mode::Start => self.begin(piece),
                Mode::Lines => {
                    self.mode = Mode::Lines;
                    self.lines(piece)
                }
                Mode::Array(array) => self.array(array, piece),
            };
        }
    }

    /// Finds out whether an array of objects or lines begin.
    fn begin(&mut self, piece: &[u8]) -> &'static [u8] {
        self.head.extend_from_slice(piece);
        let mut head = mem::take(&mut self.head);
        let mut at = 0;
        loop {
            let space = head[at..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            let newlines = head[at..at + space].split(|&byte| byte == b'\n').skip(1).count();
            if head[at + space..].starts_with(BYTE_ORDER_MARK) {
                self.report.note(Change::ByteOrderMark, self.source);
                self.blank(newlines);
                at += space + BYTE_ORDER_MARK.len();
                continue;
            }
            let undecided = |rest: &[u8]| rest.len() < 3 && BYTE_ORDER_MARK.starts_with(rest);
            let rest = &head[at + space..];
            let second = rest.get(1..).unwrap_or_default().trim_ascii_start().first();
            let array = rest.first() == Some(&b'[');
            if head.len() < LONGEST_HEAD && (undecided(rest) || (array && second.is_none())) {
                head.drain(..at);
                self.head = head;
                return &[];
            }
            if array && matches!(second, Some(b'{' | b']')) {
                self.blank(newlines);
                self.report.note(Change::Array, self.source);
                let mut nesting = Nesting::default();
                nesting.take(b'[');
                self.mode = Mode::Array(Array { nesting, ..Array::default() });
                at += space + 1;
            } else {
                // White space before the first request on its own line stays.
                let line = head[at..at + space]
                    .iter()
                    .rposition(|&byte| byte == b'\n')
                    .map_or(0, |newline| newline + 1);
                self.blank(newlines);
                self.mode = Mode::Lines;
                at += line;
            }
            self.put(&head[at..]);
            return &[];
        }
    }

    fn blank(&mut self, lines: usize) {
        for _ in 0..lines {
            self.report.note(Change::BlankLine, self.source);
            self.source += 1;
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
    fn bound(&mut self) {
        let start = self.open.as_ref().map_or(self.line, |open| open.start);
        if self.out.len() - start > LONGEST_LINE {
            self.open = None;
            self.long = self.out.len() - self.line > LONGEST_LINE;
        }
    }

    fn array<'p>(&mut self, mut array: Array, piece: &'p [u8]) -> &'p [u8] {
        let mut at = 0;
        while let Some(&byte) = piece.get(at) {
            at += 1;
            if array.nesting.in_text() {
                if byte == b'\n' {
                    self.end_line(true);
                    self.source += 1;
                } else {
                    self.out.push(byte);
                }
                array.nesting.take(byte);
                continue;
            }
            self.source += u64::from(byte == b'\n');
            let outside = array.nesting.depth() == 1;
            match byte {
                b'\n' | b'\r' => array.gap = true,
                b' ' | b'\t' if array.gap || !array.element => {}
                b',' | b']' if outside => {
                    if array.element {
                        self.trim();
                        self.end_line(true);
                    } else if byte == b',' || array.comma {
                        self.report.note(Change::Comma, self.source);
                    }
                    if byte == b']' {
                        return &piece[at..];
                    }
                    (array.element, array.comma, array.gap) = (false, true, false);
                }
                _ => {
                    if array.gap && array.element {
                        self.trim();
                        self.out.push(b' ');
                    }
                    (array.element, array.comma, array.gap) = (true, false, false);
                    array.nesting.take(byte);
                    self.out.push(byte);
                }
            }
        }
        self.mode = Mode::Array(array);
        self.bound();
        &[]
    }

    /// Takes white space at the end of the line away.
    fn trim(&mut self) {
        while self.out.len() > self.line.max(self.given) && matches!(self.out.last(), Some(b' ' | b'\t')) {
            self.out.pop();
        }
    }

    /// Ends the line that is being put together, with a newline in the source or with the source itself.
    fn end_line(&mut self, newline: bool) {
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
            (None, Some(fault)) => self.mend(fault.offset, &mut tape),
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

    /// A line that is no JSON: takes a comma behind it away, or waits for what follows. Whether it is JSON now.
    fn mend(&mut self, fault: usize, tape: &mut Tape) -> bool {
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
            nesting.take_until_closed(bytes);
            self.open =
                Some(Open { start: self.line, nesting, source: self.source, lines: self.report.lines });
        }
        false
    }

    /// A line that may go on with a request before it. Whether the request is whole now, and stands in one line.
    fn go_on(&mut self, mut open: Open, tape: &mut Tape) -> bool {
        let Some(end) = open.nesting.take_until_closed(&self.out[self.line..]) else {
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

//! A file as lines, however it comes in pieces: each line is read once, when all of it is there.

use crate::json::{Fault, TOO_MANY, Tape, last_newline};

/// The longest line that is held and read; a longer one is counted and passed over, so that memory stays
/// bounded.
pub const MAX_LINE_LENGTH: usize = 64 << 20;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// How a line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineEnd {
    /// With `\n`.
    Lf,
    /// With `\r\n`.
    CrLf,
    /// With the file.
    File,
}

/// One line of a file.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    /// Its number, from 1; blank lines count.
    pub number: u64,
    /// Where it begins in the file, in bytes.
    pub offset: u64,
    /// Its bytes, without its end; of a line that is too large to be held only the beginning.
    pub bytes: &'a [u8],
    /// How many bytes it has in all, without its end.
    pub length: u64,
    /// How it ends.
    pub end: LineEnd,
}

impl Line<'_> {
    /// Whether it is too large to be held, in bytes or in members: `bytes` is its beginning only.
    #[must_use]
    pub const fn is_cut(&self) -> bool {
        self.length > self.bytes.len() as u64
    }
}

/// What stands in a line: its tape, without nodes if the line is blank; or where it stops being JSON.
pub type ParsedLine<'a> = Result<&'a Tape, Fault>;

/// Cuts pieces of a file into lines and reads each.
///
/// ```
/// use batchlight::jsonl::LineParser;
/// let mut lines = LineParser::new(1);
/// let mut seen = Vec::new();
/// for piece in [&b"{\"a\": 1}\n\n{\"b\""[..], b": 2}"] {
///     lines.spare_mut(piece.len())[..piece.len()].copy_from_slice(piece);
///     lines.advance(piece.len(), &mut |line, reading| {
///         seen.push((line.number, reading.unwrap().nodes().len()));
///     });
/// }
/// lines.end(&mut |line, reading| seen.push((line.number, reading.unwrap().nodes().len())));
/// assert_eq!(seen, [(1, 2), (2, 0), (3, 2)]);
/// ```
#[derive(Debug)]
pub struct LineParser {
    tape: Tape,
    buffer: Vec<u8>,
    /// How much of the buffer is filled; it begins with the first byte of a line.
    filled: usize,
    /// Where in the file the buffer begins.
    offset: u64,
    /// How many lines have ended.
    ended: u64,
    /// How many bytes of a line too long to hold have been passed over.
    passed_over: u64,
    byte_order_mark: bool,
    longest: usize,
}

impl LineParser {
    /// LineParser whose tapes hold members down to a depth.
    #[must_use]
    pub const fn new(depth: usize) -> Self {
        Self::no_longer_than(MAX_LINE_LENGTH, depth)
    }

    /// The same, with a bound of its own for the longest line.
    #[must_use]
    pub const fn no_longer_than(longest: usize, depth: usize) -> Self {
        Self {
            tape: Tape::new(depth),
            buffer: Vec::new(),
            filled: 0,
            offset: 0,
            ended: 0,
            passed_over: 0,
            byte_order_mark: false,
            longest,
        }
    }

    /// Whether the file began with a byte order mark; it belongs to no line.
    #[must_use]
    pub const fn byte_order_mark(&self) -> bool {
        self.byte_order_mark
    }

    /// How many lines have ended so far.
    #[must_use]
    pub const fn ended(&self) -> u64 {
        self.ended
    }

    /// How many bytes have been taken so far.
    #[must_use]
    pub const fn bytes(&self) -> u64 {
        self.offset + self.passed_over + self.filled as u64
    }

    /// Room to write the next piece of the file into, at least this large.
    pub fn spare_mut(&mut self, size: usize) -> &mut [u8] {
        let needed = self.filled + size;
        if self.buffer.len() < needed {
            // Doubled as long as a long line makes it grow, so that it is not copied for each of its pieces.
            let doubled = (self.buffer.len() * 2).min(self.longest + size);
            let more = needed.max(doubled) - self.buffer.len();
            self.buffer.reserve_exact(more);
            self.buffer.resize(needed.max(doubled), 0);
        }
        &mut self.buffer[self.filled..]
    }

    /// Takes what was just written into the room, and gives every line that has ended with it.
    pub fn advance(&mut self, size: usize, each: &mut impl FnMut(Line<'_>, ParsedLine<'_>)) {
        let known = self.filled;
        self.filled = (known + size).min(self.buffer.len());
        let new = &self.buffer[known..self.filled];
        let Some(last) = last_newline(new) else {
            return self.hold();
        };
        let end = known + last + 1;
        let mut at = self.begin();
        while at < end {
            let (length, reading) = self.tape.read_line(&self.buffer[at..]);
            let bytes = &self.buffer[at..at + length];
            let (bytes, line_end) = match bytes.strip_suffix(b"\r") {
                Some(bytes) => (bytes, LineEnd::CrLf),
                None => (bytes, LineEnd::Lf),
            };
            self.ended += 1;
            let line = Line {
                number: self.ended,
                offset: self.offset + at as u64,
                bytes: readable(bytes, reading),
                length: bytes.len() as u64 + self.passed_over,
                end: line_end,
            };
            each(line, reading.map(|()| &self.tape));
            self.offset += self.passed_over;
            self.passed_over = 0;
            at += length + 1;
        }
        self.buffer.copy_within(end..self.filled, 0);
        self.offset += end as u64;
        self.filled -= end;
        self.hold();
    }

    /// Ends the file: gives the last line, if it has no end of its own, and gets ready for another file.
    pub fn end(&mut self, each: &mut impl FnMut(Line<'_>, ParsedLine<'_>)) {
        let at = self.begin();
        if at < self.filled {
            let bytes = &self.buffer[at..self.filled];
            let reading = self.tape.read(bytes);
            self.ended += 1;
            let length = bytes.len() as u64 + self.passed_over;
            let offset = self.offset + at as u64;
            let bytes = readable(bytes, reading);
            each(
                Line { number: self.ended, offset, bytes, length, end: LineEnd::File },
                reading.map(|()| &self.tape),
            );
        }
        (self.filled, self.offset, self.ended, self.passed_over) = (0, 0, 0, 0);
    }

    /// Where the first line begins: behind a byte order mark, if the file has one.
    fn begin(&mut self) -> usize {
        if self.offset == 0 && self.ended == 0 {
            self.byte_order_mark = self.buffer[..self.filled].starts_with(BYTE_ORDER_MARK);
            return if self.byte_order_mark { BYTE_ORDER_MARK.len() } else { 0 };
        }
        0
    }

    /// Passes over what a line has beyond the longest.
    fn hold(&mut self) {
        let beyond = self.filled.saturating_sub(self.longest);
        self.passed_over += beyond as u64;
        self.filled -= beyond;
    }
}

/// What is read of a line: up to where it has too many members.
fn readable(bytes: &[u8], reading: Result<(), Fault>) -> &[u8] {
    match reading {
        Err(fault) if fault.expected == TOO_MANY => bytes.get(..fault.offset).unwrap_or(bytes),
        _ => bytes,
    }
}

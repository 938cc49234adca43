//! Splits a file into lines and parses each line as JSON. The file comes in chunks of any size.

use crate::json::{Fault, TOO_MANY_NODES, Tape, last_newline};

/// The maximum length of a line, in bytes. Of a longer line only the beginning is kept, so that memory stays
/// bounded.
pub const MAX_LINE_LENGTH: usize = 64 << 20;

/// The UTF-8 byte order mark, which some editors write at the start of a file.
pub(in crate::jsonl) const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// How a line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineEnd {
    /// With `\n`.
    Lf,
    /// With `\r\n`.
    CrLf,
    /// With the end of the file.
    File,
}

impl LineEnd {
    /// The length of the line break, in bytes.
    pub(in crate::jsonl) const fn byte_len(self) -> u8 {
        match self {
            Self::File => 0,
            Self::Lf => 1,
            Self::CrLf => 2,
        }
    }
}

/// A line of a file.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    /// The line number, from 1. Blank lines count.
    pub number: u64,
    /// The offset of the line in the file, in bytes.
    pub offset: u64,
    /// The bytes of the line without the line break; only the beginning if the line [is cut](Self::is_cut).
    pub bytes: &'a [u8],
    /// The length of the complete line without the line break, in bytes.
    pub length: u64,
    /// How the line ends.
    pub end: LineEnd,
}

impl Line<'_> {
    /// Whether the line is too large to be parsed: longer than [`MAX_LINE_LENGTH`], or with too many
    /// properties.
    #[must_use]
    pub const fn is_cut(&self) -> bool {
        self.length > self.bytes.len() as u64
    }

    /// The line number as 32 bits; larger numbers become the largest `u32`.
    pub(in crate::jsonl) fn number_u32(&self) -> u32 {
        u32::try_from(self.number).unwrap_or(u32::MAX)
    }
}

/// A parsed line: its tape, which has no nodes if the line is blank, or the first syntax error.
pub type ParsedLine<'a> = Result<&'a Tape, Fault>;

/// An operation that processes a file line by line.
pub trait LineHandler {
    /// Processes a line.
    fn line(&mut self, line: &Line<'_>, parsed: ParsedLine<'_>);

    /// Processes the end of a file of this many bytes.
    fn end_file(&mut self, bytes: u64) {
        _ = bytes;
    }
}

/// Splits the chunks of a file into lines and parses each line once.
///
/// ```
/// use batchlight::jsonl::LineParser;
/// let mut parser = LineParser::new(1);
/// let mut seen = Vec::new();
/// for chunk in [&b"{\"a\": 1}\n\n{\"b\""[..], b": 2}"] {
///     parser.spare_mut(chunk.len())[..chunk.len()].copy_from_slice(chunk);
///     parser.advance(chunk.len(), &mut |line, parsed| {
///         seen.push((line.number, parsed.unwrap().nodes().len()));
///     });
/// }
/// parser.end(&mut |line, parsed| seen.push((line.number, parsed.unwrap().nodes().len())));
/// assert_eq!(seen, [(1, 2), (2, 0), (3, 2)]);
/// ```
#[derive(Debug)]
pub struct LineParser {
    tape: Tape,
    /// Begins with the first byte of a line.
    buffer: Vec<u8>,
    /// The number of bytes in the buffer that are filled.
    filled: usize,
    /// The offset of the buffer in the file.
    offset: u64,
    /// The number of lines that have ended.
    ended: u64,
    /// The number of bytes of the current line that were dropped because it is too long.
    dropped: u64,
    byte_order_mark: bool,
    max_line_length: usize,
}

impl LineParser {
    /// Creates a parser whose tapes contain the properties down to this depth.
    #[must_use]
    pub const fn new(depth: usize) -> Self {
        Self::with_max_line_length(MAX_LINE_LENGTH, depth)
    }

    /// Creates a parser with another maximum length of a line, in bytes.
    #[must_use]
    pub const fn with_max_line_length(max_line_length: usize, depth: usize) -> Self {
        Self {
            tape: Tape::new(depth),
            buffer: Vec::new(),
            filled: 0,
            offset: 0,
            ended: 0,
            dropped: 0,
            byte_order_mark: false,
            max_line_length,
        }
    }

    /// Whether the file began with a byte order mark. The mark is not part of the first line.
    #[must_use]
    pub const fn byte_order_mark(&self) -> bool {
        self.byte_order_mark
    }

    /// The number of lines that have ended.
    #[must_use]
    pub const fn ended(&self) -> u64 {
        self.ended
    }

    /// The number of bytes that have been added.
    #[must_use]
    pub const fn bytes(&self) -> u64 {
        self.offset + self.dropped + self.filled as u64
    }

    /// Returns a buffer of at least this size for the next chunk. Call [`advance`](Self::advance) after
    /// writing into it.
    pub fn spare_mut(&mut self, size: usize) -> &mut [u8] {
        let needed = self.filled + size;
        if self.buffer.len() < needed {
            // Doubled, so that a long line is not copied for each chunk.
            let doubled = (self.buffer.len() * 2).min(self.max_line_length + size);
            let additional = needed.max(doubled) - self.buffer.len();
            self.buffer.reserve_exact(additional);
            self.buffer.resize(needed.max(doubled), 0);
        }
        &mut self.buffer[self.filled..]
    }

    /// Adds a chunk of this size that was written into the buffer, and calls `each` for every line that has
    /// ended.
    pub fn advance(&mut self, size: usize, each: &mut impl FnMut(Line<'_>, ParsedLine<'_>)) {
        let before = self.filled;
        self.filled = (before + size).min(self.buffer.len());
        let new = &self.buffer[before..self.filled];
        let Some(last) = last_newline(new) else {
            return self.drop_excess();
        };
        let stop = before + last + 1;
        let mut at = self.begin();
        while at < stop {
            let (size, parsed) = self.tape.read_line(&self.buffer[at..]);
            let bytes = &self.buffer[at..at + size];
            let (bytes, end) = match bytes.strip_suffix(b"\r") {
                Some(bytes) => (bytes, LineEnd::CrLf),
                None => (bytes, LineEnd::Lf),
            };
            self.ended += 1;
            let (number, offset) = (self.ended, self.offset + at as u64);
            let length = bytes.len() as u64 + self.dropped;
            let (bytes, parsed) = kept_part(bytes, parsed, self.max_line_length);
            each(Line { number, offset, bytes, length, end }, parsed.map(|()| &self.tape));
            self.offset += self.dropped;
            self.dropped = 0;
            at += size + 1;
        }
        self.buffer.copy_within(stop..self.filled, 0);
        self.offset += stop as u64;
        self.filled -= stop;
        self.drop_excess();
    }

    /// Ends the file: calls `each` for the last line if it has no line break, and resets the parser for the
    /// next file.
    pub fn end(&mut self, each: &mut impl FnMut(Line<'_>, ParsedLine<'_>)) {
        let at = self.begin();
        if at < self.filled {
            let bytes = &self.buffer[at..self.filled];
            let is_blank = || bytes.iter().all(|byte| matches!(byte, b' ' | b'\t' | b'\r'));
            // A blank text is not JSON, but a blank line is a line without nodes.
            let parsed = self.tape.read(bytes).or_else(|fault| if is_blank() { Ok(()) } else { Err(fault) });
            self.ended += 1;
            let length = bytes.len() as u64 + self.dropped;
            let offset = self.offset + at as u64;
            let (bytes, parsed) = kept_part(bytes, parsed, self.max_line_length);
            each(
                Line { number: self.ended, offset, bytes, length, end: LineEnd::File },
                parsed.map(|()| &self.tape),
            );
        }
        (self.filled, self.offset, self.ended, self.dropped) = (0, 0, 0, 0);
    }

    /// The start of the first line in the buffer: after the byte order mark, if the file has one.
    fn begin(&mut self) -> usize {
        if self.offset == 0 && self.ended == 0 {
            self.byte_order_mark = self.buffer[..self.filled].starts_with(BYTE_ORDER_MARK);
            return if self.byte_order_mark { BYTE_ORDER_MARK.len() } else { 0 };
        }
        0
    }

    /// Drops the bytes of the current line that exceed the maximum length. Keeps a carriage return at the
    /// end, which may be a part of its line break.
    fn drop_excess(&mut self) {
        let max = self.max_line_length;
        let Some([first, .., last]) = self.buffer.get_mut(max..self.filled) else { return };
        let is_carriage_return = *last == b'\r';
        *first = *last;
        let excess = self.filled - max - usize::from(is_carriage_return);
        self.dropped += excess as u64;
        self.filled -= excess;
    }
}

/// The part of a line that is kept: its beginning, or the line up to the property that is one too many. If
/// that is not all of it, the line is invalid: the rest may have been dropped, or not, depending on the
/// chunks.
fn kept_part(bytes: &[u8], parsed: Result<(), Fault>, max_length: usize) -> (&[u8], Result<(), Fault>) {
    let max = match parsed {
        Err(fault) if fault.expected == TOO_MANY_NODES => fault.offset.min(max_length),
        _ => max_length,
    };
    match bytes.get(..max) {
        Some(kept) if max < bytes.len() => (kept, Err(Fault { offset: max, expected: TOO_MANY_NODES })),
        _ => (bytes, parsed),
    }
}

//! Fixes an input file where only one correction is possible. All other bytes are kept.
//!
//! The fixer removes a byte order mark, carriage returns, blank lines and commas after requests. It adds a
//! missing last newline, writes an array as lines, joins requests that are spread over several lines and, on
//! request, adds missing `custom_id`s. Fixing the output again changes nothing.

use std::io::{self, Read, Write};
use std::mem;

use crate::jsonl::common::bytes::find;
use crate::jsonl::common::lines::BYTE_ORDER_MARK;

use super::array::ArrayState;
use super::custom_ids::CustomIds;
use super::lines::LineFixer;
use super::report::{Change, FixReport};

/// The maximum whitespace before an array, in bytes. A file that begins with more is read as lines.
const MAX_START_LENGTH: usize = 1 << 16;

/// The size of the chunks in which a reader is read, in bytes.
const CHUNK_SIZE: usize = 1 << 16;

/// Reads a file to its end and writes the fixed file.
///
/// ```
/// use batchlight::jsonl::{Fixer, fix_reader};
/// let file = b"[\r\n  {\"custom_id\": \"a\"},\r\n  {\"method\": \"POST\"}\r\n]";
/// let mut fixed = Vec::new();
/// let report = fix_reader(&file[..], &mut fixed, Fixer::adding_ids("request-", 1))?;
/// assert_eq!(fixed, b"{\"custom_id\": \"a\"}\n{\"custom_id\": \"request-1\", \"method\": \"POST\"}\n");
/// assert_eq!((report.changed, report.requests), (true, 2));
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Errors
/// The error of the reader or of the writer.
pub fn fix_reader(mut reader: impl Read, mut writer: impl Write, mut fixer: Fixer) -> io::Result<FixReport> {
    loop {
        match reader.read(fixer.spare_mut(CHUNK_SIZE)) {
            Ok(0) => break,
            Ok(size) => fixer.advance(size),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
        writer.write_all(fixer.output())?;
        fixer.consume();
    }
    let report = fixer.finish();
    writer.write_all(fixer.output())?;
    Ok(report)
}

/// Fixes a file that is written in chunks. [`fix_reader`] fixes a complete file.
#[derive(Debug)]
pub struct Fixer {
    chunk: Vec<u8>,
    mode: Mode,
    /// The start of the file, as long as it is unknown whether it is an array.
    start: Vec<u8>,
    lines: LineFixer,
}

#[derive(Debug)]
enum Mode {
    Start,
    Lines,
    Array(ArrayState),
}

impl Fixer {
    /// Creates a fixer that does not add `custom_id`s.
    #[must_use]
    pub fn new() -> Self {
        Self::with_ids(None)
    }

    /// Creates a fixer that adds missing `custom_id`s: the prefix and a number, which counts up from `first`.
    /// Use [`surveying`](Self::surveying) to find a number from which on no id exists.
    #[must_use]
    pub fn adding_ids(prefix: &str, first: u64) -> Self {
        Self::with_ids(Some(CustomIds::generator(prefix, first)))
    }

    /// Creates a fixer that finds the [`free_number`](Self::free_number) and otherwise is like
    /// [`new`](Self::new).
    #[must_use]
    pub fn surveying(prefix: &str) -> Self {
        Self::with_ids(Some(CustomIds::survey(prefix)))
    }

    fn with_ids(ids: Option<CustomIds>) -> Self {
        Self { chunk: Vec::new(), mode: Mode::Start, start: Vec::new(), lines: LineFixer::new(ids) }
    }

    /// The lowest number from which on no `custom_id` of the file is the prefix and a number.
    #[must_use]
    pub fn free_number(&self) -> u64 {
        self.lines.ids().map_or(1, CustomIds::next)
    }

    /// Returns a buffer of at least this size for the next chunk. Call [`advance`](Self::advance) after
    /// writing into it.
    pub fn spare_mut(&mut self, size: usize) -> &mut [u8] {
        if self.chunk.len() < size {
            self.chunk.resize(size, 0);
        }
        &mut self.chunk
    }

    /// Processes a chunk of this size that was written into the buffer.
    pub fn advance(&mut self, size: usize) {
        let chunk = mem::take(&mut self.chunk);
        self.push(&chunk[..size.min(chunk.len())]);
        self.chunk = chunk;
    }

    /// The fixed bytes since the last call of [`consume`](Self::consume).
    #[must_use]
    pub fn output(&self) -> &[u8] {
        self.lines.output()
    }

    /// Removes the [`output`](Self::output).
    pub fn consume(&mut self) {
        self.lines.consume();
    }

    /// Ends the file. The [`output`](Self::output) then contains the rest of it.
    pub fn finish(&mut self) -> FixReport {
        if !self.start.is_empty() {
            let start = mem::take(&mut self.start);
            if start.trim_ascii().is_empty() {
                // Whitespace after an array is not a line.
                if !self.lines.report.has(Change::Array) {
                    self.lines.skip_blank(start.split_inclusive(|&byte| byte == b'\n').count());
                }
            } else {
                self.mode = Mode::Lines;
                self.push(&start);
            }
        }
        match &self.mode {
            Mode::Array(array) if array.has_element() => self.lines.end_line(true),
            Mode::Lines => self.lines.end_line(false),
            _ => {}
        }
        self.lines.finish()
    }

    fn push(&mut self, mut chunk: &[u8]) {
        while !chunk.is_empty() {
            match &mut self.mode {
                Mode::Start => return self.push_start(chunk),
                Mode::Lines => return self.push_lines(chunk),
                Mode::Array(array) => match array.advance(chunk, &mut self.lines) {
                    // Another array or lines can follow.
                    Some(end) => {
                        chunk = &chunk[end..];
                        self.mode = Mode::Start;
                    }
                    None => return,
                },
            }
        }
    }

    /// Decides whether an array of objects or lines begin.
    fn push_start(&mut self, chunk: &[u8]) {
        self.start.extend_from_slice(chunk);
        let mut start = mem::take(&mut self.start);
        let mut at = 0;
        loop {
            let space = start[at..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            let whitespace = &start[at..at + space];
            let newlines = whitespace.split(|&byte| byte == b'\n').skip(1).count();
            let rest = &start[at + space..];
            if rest.starts_with(BYTE_ORDER_MARK) {
                self.lines.note(Change::ByteOrderMark);
                self.lines.skip_blank(newlines);
                at += space + BYTE_ORDER_MARK.len();
                continue;
            }
            let can_be_mark = rest.len() < BYTE_ORDER_MARK.len() && BYTE_ORDER_MARK.starts_with(rest);
            let is_array = rest.first() == Some(&b'[');
            let second = rest.get(1..).unwrap_or_default().trim_ascii_start().first();
            if start.len() < MAX_START_LENGTH && (can_be_mark || (is_array && second.is_none())) {
                start.drain(..at);
                self.start = start;
                return;
            }
            self.lines.skip_blank(newlines);
            if is_array && matches!(second, Some(b'{' | b']')) {
                self.lines.note(Change::Array);
                self.mode = Mode::Array(ArrayState::new());
                at += space + 1;
            } else {
                // Whitespace on the line of the first request is kept.
                let line = whitespace.iter().rposition(|&byte| byte == b'\n');
                self.mode = Mode::Lines;
                at += line.map_or(0, |newline| newline + 1);
            }
            return self.push(&start[at..]);
        }
    }

    fn push_lines(&mut self, mut chunk: &[u8]) {
        while let Some(at) = find(chunk, b'\n') {
            self.lines.push(&chunk[..at]);
            self.lines.end_line(true);
            self.lines.next_source_line();
            chunk = &chunk[at + 1..];
        }
        self.lines.push(chunk);
        self.lines.release_long_line();
    }
}

impl Default for Fixer {
    fn default() -> Self {
        Self::new()
    }
}

impl Write for Fixer {
    fn write(&mut self, chunk: &[u8]) -> io::Result<usize> {
        self.push(chunk);
        Ok(chunk.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

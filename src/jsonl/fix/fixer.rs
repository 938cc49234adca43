//! Corrects the problems of an input file that have only one possible correction. Keeps all other bytes.
//!
//! The fixer converts UTF-16 with a byte order mark to UTF-8. It removes a byte order mark, carriage returns,
//! blank lines, trailing commas, commas after requests, whitespace around a `custom_id` or model, and the
//! host of a url. It writes the method as `POST`, adds a missing last newline, writes an array as lines,
//! joins requests that are spread over several lines and, on request, adds missing `custom_id`s. Fixing the
//! output again changes nothing. A file of another kind, such as an image or a result file, is not changed.

use std::io::{self, Read, Write};
use std::mem;

use crate::json::{Tape, find};
use crate::jsonl::common::file_role::FileRole;
use crate::jsonl::common::lines::{BYTE_ORDER_MARK, Line, LineEnd};
use crate::jsonl::common::wrong_file::WrongFile;

use super::array::ArrayState;
use super::custom_ids::CustomIds;
use super::lines::LineFixer;
use super::report::{Change, FixReport};
use super::utf16::Utf16Decoder;

/// The maximum whitespace before an array, in bytes. A file that begins with more is read as lines.
const MAX_START_LENGTH: usize = 1 << 16;

/// The maximum part of the first line that decides whether the file is of another kind, in bytes.
const MAX_FIRST_LINE_LENGTH: usize = 1 << 20;

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
    encoding: Encoding,
    mode: Mode,
    /// The start of the file, as long as it is unknown whether it is an array.
    start: Vec<u8>,
    /// Whether the first line was compared with the files of other kinds.
    is_kind_known: bool,
    lines: LineFixer,
}

#[derive(Debug)]
enum Encoding {
    /// The file has at most this one byte so far.
    Unknown(Option<u8>),
    Utf8,
    Utf16(Utf16Decoder),
}

#[derive(Debug)]
enum Mode {
    Start,
    Lines,
    Array(ArrayState),
    /// The file is of another kind.
    Unchanged {
        is_line_ended: bool,
    },
}

impl Fixer {
    /// Creates a fixer that does not add `custom_id`s.
    #[must_use]
    pub fn new() -> Self {
        Self::with_ids(None)
    }

    /// Creates a fixer that adds missing `custom_id`s: the prefix and a number, which counts up from `first`.
    /// [`surveying`](Self::surveying) finds a number above those in use.
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
        Self {
            chunk: Vec::new(),
            encoding: Encoding::Unknown(None),
            mode: Mode::Start,
            start: Vec::new(),
            is_kind_known: false,
            lines: LineFixer::new(ids),
        }
    }

    /// The lowest number such that no `custom_id` of the file is the prefix with it or a higher number.
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
        self.decode(&chunk[..size.min(chunk.len())]);
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
        match &mut self.encoding {
            Encoding::Unknown(byte) => {
                let byte = byte.take();
                self.push(byte.as_slice());
            }
            Encoding::Utf8 => {}
            Encoding::Utf16(decoder) => {
                let mut text = String::new();
                let report = &mut self.lines.report;
                decoder.finish(&mut text, |line| report.add(Change::UnpairedSurrogate, line));
                self.push(text.as_bytes());
            }
        }
        if !self.is_kind_known {
            self.find_kind();
        }
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
            Mode::Unchanged { is_line_ended } => self.lines.report.lines += u64::from(!is_line_ended),
            _ => {}
        }
        self.lines.finish()
    }

    /// Converts a chunk to UTF-8 and processes it.
    fn decode(&mut self, mut chunk: &[u8]) {
        if let Encoding::Unknown(before) = self.encoding {
            let mut first = before.into_iter().chain(chunk.iter().copied());
            let (Some(one), Some(two)) = (first.next(), first.next()) else {
                self.encoding = Encoding::Unknown(before.or(chunk.first().copied()));
                return;
            };
            if let Some(decoder) = Utf16Decoder::detect([one, two]) {
                self.encoding = Encoding::Utf16(decoder);
                self.lines.note(Change::Utf16);
                chunk = &chunk[2 - before.iter().len()..];
            } else {
                self.encoding = Encoding::Utf8;
                self.push(before.as_slice());
            }
        }
        let Encoding::Utf16(decoder) = &mut self.encoding else { return self.push(chunk) };
        let mut text = String::new();
        let report = &mut self.lines.report;
        decoder.decode(chunk, &mut text, |line| report.add(Change::UnpairedSurrogate, line));
        self.push(text.as_bytes());
    }

    fn push(&mut self, mut chunk: &[u8]) {
        while !chunk.is_empty() {
            match &mut self.mode {
                // In place: a file can have an array after each array.
                Mode::Start if self.is_kind_known && self.start.is_empty() => match self.find_array(chunk) {
                    Some(at) => chunk = &chunk[at..],
                    None => return,
                },
                Mode::Start => return self.push_start(chunk),
                Mode::Lines => return self.push_lines(chunk),
                Mode::Unchanged { is_line_ended } => {
                    *is_line_ended = chunk.ends_with(b"\n");
                    self.lines.report.lines += newlines(chunk);
                    return self.lines.push_unchanged(chunk);
                }
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

    /// Collects the start of the file until its kind is known.
    fn push_start(&mut self, chunk: &[u8]) {
        self.start.extend_from_slice(chunk);
        if !self.is_kind_known {
            let text = self.start.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&self.start);
            // A zero byte after the bracket is UTF-16.
            let is_array = matches!(text, [b'[', second, ..] if *second != 0);
            let is_complete = is_array || find(chunk, b'\n').is_some();
            if is_complete || self.start.len() >= MAX_FIRST_LINE_LENGTH {
                self.find_kind();
            }
            return;
        }
        self.push_collected();
    }

    /// Processes the start that was collected.
    fn push_collected(&mut self) {
        let start = mem::take(&mut self.start);
        self.push(&start);
    }

    /// Decides by the first line whether the file is of another kind, and then is not changed.
    fn find_kind(&mut self) {
        self.is_kind_known = true;
        let text = self.start.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&self.start);
        let line = match find(text, b'\n') {
            Some(end) => text[..end].strip_suffix(b"\r").unwrap_or(&text[..end]),
            None => text,
        };
        let bytes = &line[..line.len().min(MAX_FIRST_LINE_LENGTH)];
        let mut tape = Tape::new(1);
        let parsed = tape.read(bytes);
        let line = Line { number: 1, offset: 0, bytes, length: bytes.len() as u64, end: LineEnd::Lf };
        if WrongFile::detect(&line, parsed.map(|()| &tape), FileRole::Input).is_some() {
            self.mode = Mode::Unchanged { is_line_ended: true };
        }
        self.push_collected();
    }

    /// Decides whether an array of objects begins here, or lines. Returns the offset of its content; `None`
    /// if more of the file is needed, which then is collected.
    fn find_array(&mut self, start: &[u8]) -> Option<usize> {
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
                self.start.extend_from_slice(&start[at..]);
                return None;
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
            return Some(at);
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

/// The number of line breaks.
fn newlines(bytes: &[u8]) -> u64 {
    bytes.iter().map(|&byte| u64::from(byte == b'\n')).sum()
}

impl Default for Fixer {
    fn default() -> Self {
        Self::new()
    }
}

impl Write for Fixer {
    fn write(&mut self, chunk: &[u8]) -> io::Result<usize> {
        self.decode(chunk);
        Ok(chunk.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

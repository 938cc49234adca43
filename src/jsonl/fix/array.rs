//! Fixing: a file that begins with an array instead of a line.

use std::mem;

use crate::jsonl::common::nesting::Nesting;

use super::fixer::{Fixer, Mode};
use super::report::Change;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";
/// The maximum whitespace before an array, in bytes. A file that begins with more is read as lines.
const MAX_START_LENGTH: usize = 1 << 16;

/// An array on its way to lines.
#[derive(Debug, Default)]
pub(crate) struct Array {
    nesting: Nesting,
    pub element: bool,
    comma: bool,
    /// White space with a newline in it was left out.
    gap: bool,
}

impl Fixer {
    /// Finds out whether an array of objects or lines begin.
    pub(crate) fn begin(&mut self, piece: &[u8]) -> &'static [u8] {
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
            if head.len() < MAX_START_LENGTH && (undecided(rest) || (array && second.is_none())) {
                head.drain(..at);
                self.head = head;
                return &[];
            }
            if array && matches!(second, Some(b'{' | b']')) {
                self.blank(newlines);
                self.report.note(Change::Array, self.source);
                let mut nesting = Nesting::default();
                nesting.advance(b'[');
                self.mode = Mode::Array(Array { nesting, ..Array::default() });
                at += space + 1;
            } else {
                // White space before the first request on its own line stays.
                let line = head[at..at + space]
                    .iter()
                    .rposition(|&byte| byte == b'\n')
                    .map_or(0, |newline| newline + 1);
                self.blank(newlines);
                self.mode = Mode::LineParser;
                at += line;
            }
            self.put(&head[at..]);
            return &[];
        }
    }

    pub(crate) fn blank(&mut self, lines: usize) {
        for _ in 0..lines {
            self.report.note(Change::BlankLine, self.source);
            self.source += 1;
        }
    }

    pub(crate) fn array<'p>(&mut self, mut array: Array, piece: &'p [u8]) -> &'p [u8] {
        let mut at = 0;
        while let Some(&byte) = piece.get(at) {
            at += 1;
            if array.nesting.in_string() {
                if byte == b'\n' {
                    self.end_line(true);
                    self.source += 1;
                } else {
                    self.out.push(byte);
                }
                array.nesting.advance(byte);
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
                    array.nesting.advance(byte);
                    self.out.push(byte);
                }
            }
        }
        self.mode = Mode::Array(array);
        self.bound();
        &[]
    }

    /// Takes white space at the end of the line away.
    pub(crate) fn trim(&mut self) {
        while self.out.len() > self.line.max(self.given) && matches!(self.out.last(), Some(b' ' | b'\t')) {
            self.out.pop();
        }
    }
}

//! Lines and ranges of files.

use super::file_role::FileRole;

/// The location of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineRange {
    /// The role of the file.
    pub file: FileRole,
    /// The index of the file among the files of this role, from 0.
    pub index: u16,
    /// The line number, from 1.
    pub line: u32,
    /// The offset of the line in the file, in bytes.
    pub offset: u64,
    /// The length of the line without the line break, in bytes.
    pub length: u32,
    /// The length of the line break, in bytes: 0 at the end of the file, 1 for `\n`, 2 for `\r\n`.
    pub end: u8,
    /// The hash of the line and its line break, as [`hash_lines`](crate::jsonl::hash_lines) returns it. A
    /// second pass over the file compares it to detect changes.
    pub hash: u64,
}

/// Adjacent complete lines of a file, with their line breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileRange {
    /// The role of the file.
    pub file: FileRole,
    /// The index of the file among the files of this role, from 0.
    pub index: u16,
    /// The offset of the first byte.
    pub offset: u64,
    /// The number of bytes.
    pub length: u64,
    /// Whether the range ends with a line break. If not, it ends with the file; write `\n` after it.
    pub ended: bool,
}

/// Adds a line: to the last range if it follows that range directly, or as a new range.
pub fn add_line(ranges: &mut Vec<FileRange>, line: &LineRange) {
    let &LineRange { file, index, offset, .. } = line;
    let length = u64::from(line.length) + u64::from(line.end);
    let ended = line.end > 0;
    match ranges.last_mut() {
        Some(last)
            if last.file == file
                && last.index == index
                && last.ended
                && last.offset + last.length == offset =>
        {
            last.length += length;
            last.ended = ended;
        }
        _ => ranges.push(FileRange { file, index, offset, length, ended }),
    }
}

//! Ranges of files: which bytes to copy, one after the other.

use crate::jsonl::reconcile::verdicts::LineRange;
use crate::jsonl::results::issue::FileRole;

/// Whole lines that follow each other in a file, with their ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileRange {
    /// Which kind of file.
    pub file: FileRole,
    /// Which of these files, from 0.
    pub index: u16,
    /// The first byte.
    pub offset: u64,
    /// How many bytes.
    pub length: u64,
    /// Whether they end with a line end. If not, they end their file, and `\n` is to be written after them.
    pub ended: bool,
}

/// Adds a line, to the last range if it follows on it.
pub(crate) fn add_line(ranges: &mut Vec<FileRange>, line: &LineRange) {
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

//! The verdicts of a reconciliation as rows of numbers, in pages. JavaScript creates objects only for the
//! rows that are read.

use crate::jsonl::{LineRange, Reconciliation};

use super::boundary::RowColumn;

/// The number of rows in a page.
const PAGE_SIZE: usize = 4096;

/// The number of columns.
const COLUMNS: usize = RowColumn::ALL.len();

/// The offset of each column in a row, then the length of a row.
const OFFSETS: [usize; COLUMNS + 1] = {
    let mut offsets = [0; COLUMNS + 1];
    let mut column = 0;
    while column < COLUMNS {
        offsets[column + 1] = offsets[column] + RowColumn::ALL[column].width();
        column += 1;
    }
    offsets
};

/// A row: a number for each [`RowColumn`], in its [width](RowColumn::width).
#[derive(Clone, Copy)]
struct Row([u8; OFFSETS[COLUMNS]]);

/// A row in which all values are absent: each number is -1. The bytes of the integer -1 are 0xff.
const ABSENT_ROW: Row = {
    let mut row = [0xff; OFFSETS[COLUMNS]];
    let float = (-1.0_f64).to_le_bytes();
    let mut column = 0;
    while column < COLUMNS {
        let mut byte = 0;
        while byte < float.len() && RowColumn::ALL[column].width() == float.len() {
            row[OFFSETS[column] + byte] = float[byte];
            byte += 1;
        }
        column += 1;
    }
    Row(row)
};

impl Row {
    /// Sets a number. Line numbers and lengths of 2 GiB and more saturate.
    #[cfg_attr(
        target_feature = "simd128",
        inline(always),
        expect(clippy::inline_always, reason = "with a known column, a call is one store")
    )]
    fn set(&mut self, column: RowColumn, value: u64) {
        let (start, width) = (OFFSETS[column as usize], column.width());
        let bytes = if width == size_of::<f64>() {
            number(value).to_le_bytes()
        } else {
            value.min((1 << (width * 8 - 1)) - 1).to_le_bytes()
        };
        self.0[start..start + width].copy_from_slice(&bytes[..width]);
    }
}

/// Writes a page of rows.
pub fn write_rows(reconciliation: &Reconciliation, page: usize, out: &mut Vec<u8>) {
    for verdict in (page * PAGE_SIZE..(page + 1) * PAGE_SIZE).map_while(|row| reconciliation.verdict(row)) {
        let mut row = ABSENT_ROW;
        row.set(RowColumn::Verdict, u64::from(verdict.verdict as u8));
        if let Some(cause) = verdict.cause {
            row.set(RowColumn::Cause, u64::from(cause));
        }
        if let Some(status) = verdict.status_code {
            row.set(RowColumn::StatusCode, u64::from(status));
        }
        row.set(RowColumn::Attempts, u64::from(verdict.attempts));
        row.set(RowColumn::Retry, u64::from(reconciliation.retry_of(&verdict) as u8));
        if let Some(LineRange { index, line, offset, length, end, hash, .. }) = verdict.input {
            row.set(RowColumn::Line, u64::from(line));
            row.set(RowColumn::Shard, u64::from(index));
            row.set(RowColumn::InputOffset, offset);
            row.set(RowColumn::InputLength, u64::from(length));
            row.set(RowColumn::InputLineBreak, u64::from(end));
            row.set(RowColumn::InputHash, hash);
        }
        if let Some(LineRange { file, index, offset, length, end, hash, .. }) = verdict.result {
            row.set(RowColumn::ResultRole, u64::from(file as u8));
            row.set(RowColumn::ResultIndex, u64::from(index));
            row.set(RowColumn::ResultOffset, offset);
            row.set(RowColumn::ResultLength, u64::from(length));
            row.set(RowColumn::ResultLineBreak, u64::from(end));
            row.set(RowColumn::ResultHash, hash);
        }
        out.extend_from_slice(&row.0);
    }
}

/// Writes the hashes of all `custom_id`s: 53 bits, which a JavaScript number represents exactly.
pub fn write_id_hashes(reconciliation: &Reconciliation, out: &mut Vec<u8>) {
    for hash in reconciliation.id_hashes() {
        out.extend_from_slice(&number(hash >> 11).to_le_bytes());
    }
}

/// Writes the [origins](super::boundary::AnswerPart::Origins).
pub fn write_origins(reconciliation: &Reconciliation, out: &mut Vec<u8>) {
    let [models, details] = Reconciliation::USAGE_LIMITS.map(|limit| limit as u64);
    let has_usage = u64::from(reconciliation.has_usage_in_error_files());
    let roles = reconciliation.cause_origins().map(|role| role as u64);
    for value in [models, details, has_usage].into_iter().chain(roles) {
        out.extend_from_slice(&number(value).to_le_bytes());
    }
}

/// Writes the rows whose ids are truncated, each with the hash of the complete id.
pub fn write_long_ids(reconciliation: &Reconciliation, out: &mut Vec<u8>) {
    for (row, hash) in reconciliation.long_ids() {
        out.extend_from_slice(&number(row as u64).to_le_bytes());
        out.extend_from_slice(&number(hash).to_le_bytes());
    }
}

/// Writes a page of `custom_id`s. Each is followed by the byte 0xff, which does not occur in UTF-8.
pub fn write_ids(reconciliation: &Reconciliation, page: usize, out: &mut Vec<u8>) {
    for id in (page * PAGE_SIZE..(page + 1) * PAGE_SIZE).map_while(|row| reconciliation.custom_id(row)) {
        out.extend_from_slice(id.as_bytes());
        out.push(0xff);
    }
}

/// Converts an integer to a JavaScript number.
#[expect(clippy::cast_precision_loss, reason = "no file is longer than 2^53 bytes, and hashes have 53 bits")]
pub const fn number(whole: u64) -> f64 {
    whole as f64
}

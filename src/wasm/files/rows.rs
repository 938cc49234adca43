//! The verdicts of a reconciliation as rows of numbers, in pages. JavaScript creates objects only for the
//! rows that are read.

use crate::jsonl::{LineRange, Reconciliation};

use super::boundary::RowColumn;

/// The number of rows in a page.
const PAGE_SIZE: usize = 4096;

/// The number for an absent value.
const ABSENT: f64 = -1.0;

/// Writes a page of rows: a number for each [`RowColumn`].
pub fn write_rows(reconciliation: &Reconciliation, page: usize, out: &mut Vec<u8>) {
    for row in (page * PAGE_SIZE..(page + 1) * PAGE_SIZE).map_while(|row| reconciliation.verdict(row)) {
        let mut numbers = [ABSENT; RowColumn::ALL.len()];
        let mut set = |column: RowColumn, value: f64| numbers[column as usize] = value;
        set(RowColumn::Verdict, f64::from(row.verdict as u8));
        set(RowColumn::Cause, row.cause.map_or(ABSENT, f64::from));
        set(RowColumn::StatusCode, row.status_code.map_or(ABSENT, f64::from));
        set(RowColumn::Attempts, f64::from(row.attempts));
        set(RowColumn::Retry, f64::from(reconciliation.retry_of(&row) as u8));
        if let Some(LineRange { index, line, offset, length, end, hash, .. }) = row.input {
            set(RowColumn::Line, f64::from(line));
            set(RowColumn::Shard, f64::from(index));
            set(RowColumn::InputOffset, number(offset));
            set(RowColumn::InputLength, f64::from(length));
            set(RowColumn::InputLineBreak, f64::from(end));
            set(RowColumn::InputHash, number(hash));
        }
        if let Some(LineRange { file, index, offset, length, end, hash, .. }) = row.result {
            set(RowColumn::ResultRole, f64::from(file as u8));
            set(RowColumn::ResultIndex, f64::from(index));
            set(RowColumn::ResultOffset, number(offset));
            set(RowColumn::ResultLength, f64::from(length));
            set(RowColumn::ResultLineBreak, f64::from(end));
            set(RowColumn::ResultHash, number(hash));
        }
        for number in numbers {
            out.extend_from_slice(&number.to_le_bytes());
        }
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
    for row in (page * PAGE_SIZE..(page + 1) * PAGE_SIZE).map_while(|row| reconciliation.verdict(row)) {
        out.extend_from_slice(row.custom_id.as_bytes());
        out.push(0xff);
    }
}

/// Converts an integer to a JavaScript number.
#[expect(clippy::cast_precision_loss, reason = "no file is longer than 2^53 bytes, and hashes have 53 bits")]
pub const fn number(whole: u64) -> f64 {
    whole as f64
}

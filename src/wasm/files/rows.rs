//! The verdicts of a reconciliation as rows of numbers, in pages. JavaScript creates objects only for the
//! rows that are read.

use crate::jsonl::{LineRange, Reconciliation};

use super::boundary::RowColumn;

/// The number of rows in a page.
const PAGE_SIZE: usize = 4096;

/// The number for an absent value.
const ABSENT: i64 = -1;

/// Writes a page of rows: a number for each [`RowColumn`], in its [width](RowColumn::width).
pub fn write_rows(reconciliation: &Reconciliation, page: usize, out: &mut Vec<u8>) {
    for row in (page * PAGE_SIZE..(page + 1) * PAGE_SIZE).map_while(|row| reconciliation.verdict(row)) {
        let mut numbers = [ABSENT; RowColumn::ALL.len()];
        let mut set = |column: RowColumn, value: i64| numbers[column as usize] = value;
        set(RowColumn::Verdict, i64::from(row.verdict as u8));
        set(RowColumn::Cause, row.cause.map_or(ABSENT, i64::from));
        set(RowColumn::StatusCode, row.status_code.map_or(ABSENT, i64::from));
        set(RowColumn::Attempts, i64::from(row.attempts));
        set(RowColumn::Retry, i64::from(reconciliation.retry_of(&row) as u8));
        if let Some(LineRange { index, line, offset, length, end, hash, .. }) = row.input {
            set(RowColumn::Line, i64::from(line));
            set(RowColumn::Shard, i64::from(index));
            set(RowColumn::InputOffset, offset.cast_signed());
            set(RowColumn::InputLength, i64::from(length));
            set(RowColumn::InputLineBreak, i64::from(end));
            set(RowColumn::InputHash, hash.cast_signed());
        }
        if let Some(LineRange { file, index, offset, length, end, hash, .. }) = row.result {
            set(RowColumn::ResultRole, i64::from(file as u8));
            set(RowColumn::ResultIndex, i64::from(index));
            set(RowColumn::ResultOffset, offset.cast_signed());
            set(RowColumn::ResultLength, i64::from(length));
            set(RowColumn::ResultLineBreak, i64::from(end));
            set(RowColumn::ResultHash, hash.cast_signed());
        }
        for (column, number) in RowColumn::ALL.into_iter().zip(numbers) {
            write_number(number, column.width(), out);
        }
    }
}

/// Writes a number in a [width](RowColumn::width). Line numbers and lengths of 2 GiB and more saturate.
#[expect(clippy::cast_precision_loss, reason = "no file is longer than 2^53 bytes, and hashes have 53 bits")]
fn write_number(number: i64, width: usize, out: &mut Vec<u8>) {
    if width == size_of::<f64>() {
        return out.extend_from_slice(&(number as f64).to_le_bytes());
    }
    let max = (1 << (width * 8 - 1)) - 1;
    out.extend_from_slice(&number.min(max).to_le_bytes()[..width]);
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

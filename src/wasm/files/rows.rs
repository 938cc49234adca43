//! The verdicts of a reconciliation as rows of numbers, in pages. JavaScript makes objects only of those that
//! are read.

use crate::jsonl::{LineRange, Reconciliation};

/// The number of requests in a page.
const PAGE_SIZE: usize = 4096;

/// The number for an absent value.
const ABSENT: f64 = -1.0;

/// Writes a page of rows of 17 numbers. `pkg/src/files/rows.ts` reads them.
pub fn write_rows(reconciliation: &Reconciliation, page: usize, out: &mut Vec<u8>) {
    for row in (page * PAGE_SIZE..(page + 1) * PAGE_SIZE).map_while(|row| reconciliation.verdict(row)) {
        let [line, shard, input_offset, input_length] = range_numbers(row.input);
        let [_, index, offset, length] = range_numbers(row.result);
        let numbers = [
            line,
            shard,
            f64::from(row.verdict as u8),
            row.cause.map_or(ABSENT, f64::from),
            row.status_code.map_or(ABSENT, f64::from),
            f64::from(row.attempts),
            f64::from(reconciliation.retry_of(&row) as u8),
            row.result.map_or(ABSENT, |result| f64::from(result.file as u8)),
            index,
            offset,
            length,
            row.result.map_or(ABSENT, |result| f64::from(result.end)),
            input_offset,
            input_length,
            row.input.map_or(ABSENT, |input| f64::from(input.end)),
            hash(row.result),
            hash(row.input),
        ];
        for number in numbers {
            out.extend_from_slice(&number.to_le_bytes());
        }
    }
}

/// Writes the rows of ids that are not written completely, each with the hash of the complete id.
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

/// The line, the index of the file, the offset and the length.
fn range_numbers(range: Option<LineRange>) -> [f64; 4] {
    range.map_or([ABSENT; 4], |range| {
        [f64::from(range.line), f64::from(range.index), number(range.offset), f64::from(range.length)]
    })
}

fn hash(range: Option<LineRange>) -> f64 {
    range.map_or(ABSENT, |range| number(range.hash))
}

/// A number as JavaScript has it.
#[expect(clippy::cast_precision_loss, reason = "no file is longer than 2^53 bytes, and hashes have 53 bits")]
pub const fn number(whole: u64) -> f64 {
    whole as f64
}

//! The verdicts as rows of numbers and as texts, page by page: JavaScript makes objects of those that
//! somebody looks at.

use crate::jsonl::{LineRange, Reconciler};

/// How many requests stand on a page.
const PAGE: usize = 4096;

/// What stands for nothing in a row.
const NONE: f64 = -1.0;

/// Writes a page of rows; pkg/src/files/rows.ts reads them.
pub fn write_rows(reconciler: &Reconciler, page: usize, out: &mut Vec<u8>) {
    for row in (page * PAGE..(page + 1) * PAGE).map_while(|row| reconciler.verdict(row)) {
        let [line, shard, input_offset, input_length] = place(row.input);
        let [_, index, offset, length] = place(row.result);
        let numbers = [
            line,
            shard,
            f64::from(row.verdict as u8),
            row.cause.map_or(NONE, f64::from),
            row.status_code.map_or(NONE, f64::from),
            f64::from(row.attempts),
            f64::from(reconciler.retry_of(&row) as u8),
            row.result.map_or(NONE, |result| f64::from(result.file as u8)),
            index,
            offset,
            length,
            row.result.map_or(NONE, |result| f64::from(result.end)),
            input_offset,
            input_length,
            row.input.map_or(NONE, |input| f64::from(input.end)),
            hash(row.result),
            hash(row.input),
        ];
        for number in numbers {
            out.extend_from_slice(&number.to_le_bytes());
        }
    }
}

/// Writes the rows of ids that are not written whole, each with the hash of the whole id.
pub fn write_long_ids(reconciler: &Reconciler, out: &mut Vec<u8>) {
    for (row, hash) in reconciler.long_ids() {
        out.extend_from_slice(&number(row as u64).to_le_bytes());
        out.extend_from_slice(&number(hash).to_le_bytes());
    }
}

/// Writes a page of `custom_id`s, each ended by a byte that no UTF-8 has.
pub fn write_ids(reconciler: &Reconciler, page: usize, out: &mut Vec<u8>) {
    for row in (page * PAGE..(page + 1) * PAGE).map_while(|row| reconciler.verdict(row)) {
        out.extend_from_slice(row.custom_id.as_bytes());
        out.push(0xff);
    }
}

/// Line, file, offset and length.
fn place(range: Option<LineRange>) -> [f64; 4] {
    range.map_or([NONE; 4], |range| {
        [f64::from(range.line), f64::from(range.index), number(range.offset), f64::from(range.length)]
    })
}

fn hash(range: Option<LineRange>) -> f64 {
    range.map_or(NONE, |range| number(range.hash))
}

/// A number as JavaScript has it.
#[expect(clippy::cast_precision_loss, reason = "no file is longer than 2^53 bytes, and hashes have 53 bits")]
pub const fn number(whole: u64) -> f64 {
    whole as f64
}

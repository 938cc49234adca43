//! Verdicts: what became of each request, one by one and as columns.

use serde::Serialize;

use super::reconcile::Reconciler;
use super::result_finding::FileRole;

/// What became of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[repr(u8)]
pub enum Verdict {
    /// It has a success.
    Succeeded,
    /// It has failures only.
    Failed,
    /// It has no result line.
    Missing,
    /// Its `custom_id` stands on several input lines: which one a result is about cannot be known.
    Duplicate,
    /// Its results disagree: a success and a failure in one attempt, or two different successes.
    Conflicting,
}

impl Verdict {
    /// Every verdict, in the order of their numbers.
    pub const ALL: [Self; 5] =
        [Self::Succeeded, Self::Failed, Self::Missing, Self::Duplicate, Self::Conflicting];
}

/// The verdict of one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestVerdict<'a> {
    /// Its `custom_id`; of one longer than 1 KiB the beginning.
    pub custom_id: &'a str,
    /// What became of it.
    pub verdict: Verdict,
    /// Where it stands in the input; none when no input file was given.
    pub input: Option<LineRange>,
    /// Its best result: the first success, else the first failure of the last attempt.
    pub result: Option<LineRange>,
    /// Why it failed: the number of a [`Cause`](super::Cause).
    pub cause: Option<u16>,
    /// The HTTP status of its best result.
    pub status_code: Option<u16>,
    /// In how many attempts it has a result.
    pub attempts: u16,
}

/// Where a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineRange {
    /// Which kind of file.
    pub file: FileRole,
    /// Which of these files, from 0.
    pub index: u16,
    /// The line, from 1.
    pub line: u32,
    /// The first byte in the file.
    pub offset: u64,
    /// How many bytes it has, without its end.
    pub length: u32,
    /// How many bytes end it: 0 at the end of the file, 1 for `\n`, 2 for `\r\n`.
    pub end: u8,
}

/// The verdicts of many requests in input order, column by column: row by row they would cross into another language as objects.
///
/// What a row has not is 0; offsets are whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct VerdictColumns {
    /// The numbers of [`Verdict::ALL`].
    pub verdicts: Vec<u8>,
    /// Causes.
    pub causes: Vec<u16>,
    /// HTTP statuses; 65535 where there is none, for 0 is one that servers send.
    pub status_codes: Vec<u16>,
    /// Attempts.
    pub attempts: Vec<u16>,
    /// Input lines, from 1; 0 when no input file was given.
    pub lines: Vec<u32>,
    /// Which input file, from 0.
    pub shards: Vec<u16>,
    /// Where the input lines begin.
    pub input_offsets: Vec<f64>,
    /// How long the input lines are, with their ends.
    pub input_lengths: Vec<u32>,
    /// The kinds of file the best results stand in: 0 for none, else the numbers of [`FileRole`].
    pub files: Vec<u8>,
    /// Which of these files, from 0.
    pub indexes: Vec<u16>,
    /// The lines of the best results, from 1.
    pub result_lines: Vec<u32>,
    /// Where the best results begin.
    pub offsets: Vec<f64>,
    /// How long the best results are, without the lines' ends.
    pub lengths: Vec<u32>,
    /// The ids, one after the other.
    pub ids: String,
    /// Where each id ends in them, in UTF-16 units.
    pub id_ends: Vec<u32>,
}

impl VerdictColumns {
    #[expect(clippy::cast_precision_loss, reason = "no file is longer than 2^53 bytes")]
    fn push(&mut self, row: &RequestVerdict<'_>) {
        self.verdicts.push(row.verdict as u8);
        self.causes.push(row.cause.unwrap_or_default());
        self.status_codes.push(row.status_code.unwrap_or(u16::MAX));
        self.attempts.push(row.attempts);
        let none = LineRange { file: FileRole::Input, index: 0, line: 0, offset: 0, length: 0, end: 0 };
        let input = row.input.unwrap_or(none);
        self.lines.push(input.line);
        self.shards.push(input.index);
        self.input_offsets.push(input.offset as f64);
        self.input_lengths.push(input.length + u32::from(input.end));
        let result = row.result.unwrap_or(none);
        self.files.push(result.file as u8);
        self.indexes.push(result.index);
        self.result_lines.push(result.line);
        self.offsets.push(result.offset as f64);
        self.lengths.push(result.length);
        self.ids.push_str(row.custom_id);
        let before = self.id_ends.last().copied().unwrap_or_default();
        let units: u32 = row.custom_id.chars().map(|c| if c > '\u{ffff}' { 2 } else { 1 }).sum();
        self.id_ends.push(before + units);
    }
}

impl Reconciler {
    /// The verdict of a request, by its place in input order; after [`finish`](Self::finish).
    #[must_use]
    pub fn verdict(&self, row: usize) -> Option<RequestVerdict<'_>> {
        let input = self.rows.get(row)?;
        let place = input.request as usize;
        let request = self.register.requests()[place];
        let results = self.register.results_of(place);
        let verdict = match results {
            _ if request.repeated => Verdict::Duplicate,
            None => Verdict::Missing,
            Some(results) if results.conflict => Verdict::Conflicting,
            Some(results) if results.best.cause == 0 => Verdict::Succeeded,
            Some(_) => Verdict::Failed,
        };
        let best = results.map(|results| results.best);
        Some(RequestVerdict {
            custom_id: self.register.id_of(place),
            verdict,
            input: (input.line > 0).then(|| input.range()),
            result: best.map(|best| best.range()),
            cause: best.map(|best| best.cause).filter(|&cause| cause > 0),
            status_code: best.map(|best| best.status).filter(|&status| status < 1000),
            attempts: results.map_or(0, |results| results.attempts),
        })
    }

    /// The verdicts of all requests in input order; after [`finish`](Self::finish).
    pub fn verdicts(&self) -> impl Iterator<Item = RequestVerdict<'_>> {
        (0..self.rows.len()).map_while(|row| self.verdict(row))
    }

    /// The same as columns, for so many requests from one on.
    #[must_use]
    pub fn columns(&self, from: usize, count: usize) -> VerdictColumns {
        let mut columns = VerdictColumns::default();
        for row in (from..self.rows.len().min(from.saturating_add(count))).map_while(|row| self.verdict(row))
        {
            columns.push(&row);
        }
        columns
    }
}

//! Verdicts: what became of each request, one by one.

use serde::Serialize;

use super::reconcile::Reconciler;
use super::result_issue::FileRole;

/// What became of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
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
    /// Its hash with its end, as [`hash_lines`](super::hash_lines) gives it: whoever reads the line again can
    /// see that it is still the same.
    pub hash: u64,
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
}

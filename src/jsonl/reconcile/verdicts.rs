//! The verdict on a request.

use serde::Serialize;

use crate::jsonl::common::ranges::LineRange;

/// The verdict on a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
#[repr(u8)]
pub enum Verdict {
    /// The request has a complete answer.
    Succeeded,
    /// The request has an answer that is cut off, filtered, refused or empty, although the server counts it
    /// as completed.
    Incomplete,
    /// The request only has failures.
    Failed,
    /// The request has no result line.
    Missing,
    /// Several input lines have the same `custom_id`, so results cannot be matched to one of them.
    Duplicate,
    /// Results conflict: an answer and a different result of one attempt, or two different successes.
    Conflicting,
}

impl Verdict {
    /// Every verdict, in the order of the discriminants.
    pub const ALL: [Self; 6] =
        [Self::Succeeded, Self::Incomplete, Self::Failed, Self::Missing, Self::Duplicate, Self::Conflicting];
}

/// A request with its verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RequestVerdict<'a> {
    /// The `custom_id`; only the first 1 KiB of a longer one.
    pub custom_id: &'a str,
    /// The verdict.
    pub verdict: Verdict,
    /// The input line; `None` without an input file.
    pub input: Option<LineRange>,
    /// The best result: the first success, else the incomplete answer or the failure of the last attempt.
    pub result: Option<LineRange>,
    /// The [`id`](crate::jsonl::Cause::id) of the cause of the failure or of the incomplete
    /// answer.
    pub cause: Option<u16>,
    /// The HTTP status of the best result.
    pub status_code: Option<u16>,
    /// The number of attempts with a result.
    pub attempts: u16,
}

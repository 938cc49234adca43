//! Retry: which input lines to send again, as ranges of the input files.

use crate::jsonl::common::ranges::{FileRange, add_line};
use crate::jsonl::results::failure_catalogue::Retry;

use super::reconciler::Reconciler;
use super::verdicts::{RequestVerdict, Verdict};

/// Which requests to send again. By default those that can succeed unchanged: missing ones, and those that
/// failed for a transient cause.
///
/// Whoever names verdicts, causes or a retry advice gets all requests they describe; `all` stands for every
/// request that failed or is missing. A request with an incomplete answer is chosen only by that verdict or its
/// cause: sent again unchanged, it ends in the same way.
///
/// ```
/// use batchlight::jsonl::{FileRole, LineParser, Reconciler, RetryFilter};
/// let input = b"{\"custom_id\": \"a\"}\n{\"custom_id\": \"b\"}\n{\"custom_id\": \"c\"}";
/// let mut reconciler = Reconciler::new(1);
/// reconciler.begin(FileRole::Input, 0);
/// let mut lines = LineParser::new(FileRole::Input.depth());
/// lines.spare_mut(input.len())[..input.len()].copy_from_slice(input);
/// lines.advance(input.len(), &mut |line, reading| reconciler.line(&line, reading));
/// lines.end(&mut |line, reading| reconciler.line(&line, reading));
/// assert_eq!(reconciler.finish(&[]).missing, 3);
/// let ranges = reconciler.retry(&RetryFilter::default());
/// assert_eq!(ranges.len(), 1);
/// assert_eq!((ranges[0].offset, ranges[0].length, ranges[0].ended), (0, input.len() as u64, false));
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct RetryFilter<'a> {
    /// Requests with one of these verdicts. Empty: the failed ones if causes are given, else failed and missing.
    pub verdicts: &'a [Verdict],
    /// Requests with this retry advice. Missing requests are transient; duplicate and conflicting ones are
    /// unknown.
    pub retry: Option<Retry>,
    /// Of the failed and incomplete ones, those with one of these causes.
    pub causes: &'a [u16],
    /// Whether nothing narrows the choice: all that failed or are missing, whatever their cause.
    pub all: bool,
}

impl Reconciler {
    /// The input lines of the requests chosen, in input order: the exact bytes to write; after
    /// [`finish`](Self::finish).
    ///
    /// LineParser of a duplicate `custom_id` are chosen only by that verdict: sent as they are, they are refused
    /// again.
    #[must_use]
    pub fn retry(&self, choice: &RetryFilter<'_>) -> Vec<FileRange> {
        self.lines_of(|_, row| self.is_chosen(choice, row))
    }

    /// The input lines of requests that the caller chooses by their place in input order, and their verdict.
    pub fn lines_of(&self, choose: impl Fn(usize, &RequestVerdict<'_>) -> bool) -> Vec<FileRange> {
        let mut ranges = Vec::new();
        for (at, row) in self.verdicts().enumerate() {
            if let Some(input) = row.input.filter(|_| choose(at, &row)) {
                add_line(&mut ranges, &input);
            }
        }
        ranges
    }

    fn is_chosen(&self, choice: &RetryFilter<'_>, row: &RequestVerdict<'_>) -> bool {
        let verdict = row.verdict;
        let by_verdict = match choice.verdicts {
            [] if !choice.causes.is_empty() => matches!(verdict, Verdict::Failed | Verdict::Incomplete),
            [] => matches!(verdict, Verdict::Failed | Verdict::Missing),
            chosen => chosen.contains(&verdict),
        };
        let by_cause = !matches!(verdict, Verdict::Failed | Verdict::Incomplete)
            || choice.causes.is_empty()
            || row.cause.is_some_and(|cause| choice.causes.contains(&cause));
        let is_default = choice.verdicts.is_empty() && choice.causes.is_empty() && !choice.all;
        let retry = choice.retry.or(is_default.then_some(Retry::Transient));
        by_verdict && by_cause && retry.is_none_or(|chosen| chosen == self.retry_of(row))
    }

    /// Whether sending a request again may help.
    #[must_use]
    pub fn retry_of(&self, row: &RequestVerdict<'_>) -> Retry {
        match row.verdict {
            Verdict::Failed | Verdict::Incomplete => self.causes.retry(row.cause.unwrap_or_default()),
            Verdict::Missing => Retry::Transient,
            // Sending a success again helps in no way.
            Verdict::Succeeded => Retry::Permanent,
            Verdict::Duplicate | Verdict::Conflicting => Retry::Unknown,
        }
    }
}

//! The requests to retry, as ranges of the input files.

use crate::jsonl::common::ranges::{FileRange, add_line};
use crate::jsonl::results::failure_catalogue::Retry;

use super::reconciliation::Reconciliation;
use super::verdicts::{RequestVerdict, Verdict};

/// The requests to retry. The default selects the requests that can succeed unchanged: the missing ones, and
/// those that failed for a transient cause.
///
/// Verdicts, causes or a retry advice select all requests that match them. A request with an incomplete
/// answer is selected only by that verdict or its cause: unchanged, it ends in the same way.
///
/// ```
/// use batchlight::jsonl::{FileRole, Reconciler, RetryFilter};
/// let input = b"{\"custom_id\": \"a\"}\n{\"custom_id\": \"b\"}\n{\"custom_id\": \"c\"}";
/// let mut reconciler = Reconciler::new(1);
/// reconciler.read(FileRole::Input, 0, &input[..])?;
/// let reconciliation = reconciler.finish(&[]);
/// assert_eq!(reconciliation.report().missing, 3);
/// let ranges = reconciliation.retry(&RetryFilter::default());
/// assert_eq!(ranges.len(), 1);
/// assert_eq!((ranges[0].offset, ranges[0].length, ranges[0].ended), (0, input.len() as u64, false));
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct RetryFilter<'a> {
    /// Requests with one of these verdicts. If empty: the failed and the incomplete ones if causes are given,
    /// else the failed and the missing ones.
    pub verdicts: &'a [Verdict],
    /// Requests with this retry advice. Missing requests are transient; duplicate and conflicting ones are
    /// unknown.
    pub retry: Option<Retry>,
    /// Failed and incomplete requests with one of these [causes](crate::jsonl::Cause::id).
    pub causes: &'a [u16],
    /// Whether to select all requests that failed or are missing, whatever the cause.
    pub all: bool,
}

impl Reconciliation {
    /// The lines of the selected requests, in input order. Copy these bytes of the input files.
    ///
    /// Lines with a duplicate `custom_id` are selected only by that verdict: unchanged, they are rejected
    /// again.
    #[must_use]
    pub fn retry(&self, filter: &RetryFilter<'_>) -> Vec<FileRange> {
        self.input_ranges(|_, row| self.is_selected(filter, row))
    }

    /// The lines of the requests for which `select` returns `true`, in input order. `select` gets the index
    /// of the request in input order and its verdict.
    pub fn input_ranges(&self, select: impl Fn(usize, &RequestVerdict<'_>) -> bool) -> Vec<FileRange> {
        let mut ranges = Vec::new();
        for (at, row) in self.verdicts().enumerate() {
            if let Some(input) = row.input.filter(|_| select(at, &row)) {
                add_line(&mut ranges, &input);
            }
        }
        ranges
    }

    fn is_selected(&self, filter: &RetryFilter<'_>, row: &RequestVerdict<'_>) -> bool {
        let verdict = row.verdict;
        let has_cause = matches!(verdict, Verdict::Failed | Verdict::Incomplete);
        let by_verdict = match filter.verdicts {
            [] if !filter.causes.is_empty() => has_cause,
            [] => matches!(verdict, Verdict::Failed | Verdict::Missing),
            verdicts => verdicts.contains(&verdict),
        };
        let by_cause = !has_cause
            || filter.causes.is_empty()
            || row.cause.is_some_and(|cause| filter.causes.contains(&cause));
        let is_default = filter.verdicts.is_empty() && filter.causes.is_empty() && !filter.all;
        let retry = filter.retry.or(is_default.then_some(Retry::Transient));
        by_verdict && by_cause && retry.is_none_or(|retry| retry == self.retry_of(row))
    }

    /// Whether a retry can succeed.
    #[must_use]
    pub fn retry_of(&self, row: &RequestVerdict<'_>) -> Retry {
        match row.verdict {
            Verdict::Failed | Verdict::Incomplete => self.causes.retry(row.cause.unwrap_or_default()),
            Verdict::Missing => Retry::Transient,
            // A retry of a success has no use.
            Verdict::Succeeded => Retry::Permanent,
            Verdict::Duplicate | Verdict::Conflicting => Retry::Unknown,
        }
    }
}

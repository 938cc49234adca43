//! The best results of all attempts, as ranges of the result files.

use crate::jsonl::common::ranges::{FileRange, add_line};

use super::reconciliation::Reconciliation;

impl Reconciliation {
    /// The best result line of each request, in input order. Copy these bytes of the result files.
    ///
    /// The best result is the first success, also if results conflict, else the incomplete answer or the
    /// failure of the last attempt. If several input lines have the same `custom_id`, its result is at the
    /// first of them. Results with an unknown `custom_id` are omitted.
    ///
    /// ```
    /// use batchlight::jsonl::{FileRole, Reconciler};
    /// let input = r#"{"custom_id": "b"}"#;
    /// let failure = r#"{"custom_id": "b", "response": {"status_code": 500, "body": {}}}"#;
    /// let success = r#"{"custom_id": "b", "response": {"status_code": 200, "body": {}}}"#;
    /// let mut reconciler = Reconciler::new(1);
    /// reconciler.read(FileRole::Input, 0, input.as_bytes())?;
    /// reconciler.read(FileRole::Error, 0, failure.as_bytes())?;
    /// reconciler.read(FileRole::Output, 1, success.as_bytes())?;
    /// let ranges = reconciler.finish(&[]).merge();
    /// assert_eq!((ranges.len(), ranges[0].file, ranges[0].index), (1, FileRole::Output, 1));
    /// # Ok::<(), std::io::Error>(())
    /// ```
    #[must_use]
    pub fn merge(&self) -> Vec<FileRange> {
        let mut ranges = Vec::new();
        for (at, row) in self.verdicts().enumerate() {
            let first = self.table.requests()[self.rows[at].request as usize].first_line;
            let is_first = first.is_none_or(|first| first.get() == at);
            if let Some(result) = row.result.filter(|_| is_first) {
                add_line(&mut ranges, &result);
            }
        }
        ranges
    }
}

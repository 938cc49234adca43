//! Merging: the best result of each request, in input order, as ranges of the result files.

use crate::jsonl::common::ranges::{FileRange, add_line};

use super::reconciler::Reconciler;

impl Reconciler {
    /// The best result line of each request that has one, in input order: the exact bytes to write; after
    /// [`finish`](Self::finish).
    ///
    /// StoredResult is the first success, also where results are in conflict; else the first failure of the last
    /// attempt. A `custom_id` that stands on several input lines gives its result once, at the first of them.
    /// Results of unknown ids are left out.
    ///
    /// ```
    /// use batchlight::jsonl::{FileRole, LineParser, Reconciler};
    /// let input = r#"{"custom_id": "b"}"#;
    /// let good = r#"{"custom_id": "b", "response": {"status_code": 200, "body": {}}}"#;
    /// let bad = r#"{"custom_id": "b", "response": {"status_code": 500, "body": {}}}"#;
    /// let mut reconciler = Reconciler::new(1);
    /// for (file, index, text) in
    ///     [(FileRole::Input, 0, input), (FileRole::Error, 0, bad), (FileRole::Output, 1, good)]
    /// {
    ///     reconciler.begin(file, index);
    ///     let mut lines = LineParser::new(file.depth());
    ///     lines.spare_mut(text.len())[..text.len()].copy_from_slice(text.as_bytes());
    ///     lines.advance(text.len(), &mut |line, reading| reconciler.line(&line, reading));
    ///     lines.end(&mut |line, reading| reconciler.line(&line, reading));
    /// }
    /// assert_eq!(reconciler.finish(&[]).succeeded, 1);
    /// let ranges = reconciler.merge();
    /// assert_eq!((ranges.len(), ranges[0].file, ranges[0].index), (1, FileRole::Output, 1));
    /// ```
    #[must_use]
    pub fn merge(&self) -> Vec<FileRange> {
        let mut ranges = Vec::new();
        for (at, row) in self.verdicts().enumerate() {
            let first = self.requests.requests()[self.rows[at].request as usize].row;
            let is_first = first == 0 || first as usize == at + 1;
            if let Some(result) = row.result.filter(|_| is_first) {
                add_line(&mut ranges, &result);
            }
        }
        ranges
    }
}

//! Snapshots: what one object says about a batch at one time. Every part may be missing.
//!
//! Rules, comparison and the view work on snapshots, so that an incomplete object can still be described.

use serde_json::Value;

use super::batch::{
    Batch, BatchError, BatchErrors, BatchRequestCounts, BatchUsage, InputTokensDetails, OutputTokensDetails,
};
use super::fields::{Field, LIST, OBJECT};
use super::status::BatchStatus;
use super::status_set::StatusSet;
use super::timestamps::TimestampField;

/// A batch as it was at one time, borrowed from the input. Missing parts are `None`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Snapshot<'a> {
    /// `id`
    pub id: Option<&'a str>,
    /// `endpoint`
    pub endpoint: Option<&'a str>,
    /// `input_file_id`
    pub input_file_id: Option<&'a str>,
    /// `completion_window`
    pub completion_window: Option<&'a str>,
    /// `model`
    pub model: Option<&'a str>,
    /// `output_file_id`
    pub output_file_id: Option<&'a str>,
    /// `error_file_id`
    pub error_file_id: Option<&'a str>,
    /// The status, if it is a known one.
    pub status: Option<BatchStatus>,
    /// The status as it was spelled in the input, known or not.
    pub status_text: Option<&'a str>,
    /// The timestamps, in Unix seconds.
    pub timestamps: Timestamps,
    /// `request_counts`
    pub counts: Counts,
    /// `usage`
    pub usage: Usage,
    /// The entries of `errors.data`.
    pub errors: Vec<ErrorEntry<'a>>,
    /// The pairs of `metadata` whose values are strings, in their original order.
    pub metadata: Option<Vec<(&'a str, &'a str)>>,
}

/// The nine timestamps of a snapshot, in Unix seconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Timestamps([Option<u64>; TimestampField::ALL.len()]);

impl Timestamps {
    /// The value of a timestamp, in Unix seconds.
    #[must_use]
    pub const fn get(&self, field: TimestampField) -> Option<u64> {
        self.0[field as usize]
    }

    /// Sets or clears a timestamp.
    pub const fn set(&mut self, field: TimestampField, at: Option<u64>) {
        self.0[field as usize] = at;
    }

    /// The statuses whose timestamps are set.
    #[must_use]
    pub fn statuses(&self) -> StatusSet {
        let set = |status: &BatchStatus| self.get(status.timestamp_field()).is_some();
        BatchStatus::ALL.into_iter().filter(set).collect()
    }

    /// The latest timestamp, without the deadline.
    #[must_use]
    pub fn latest(&self) -> Option<u64> {
        let past = |field: &TimestampField| *field != TimestampField::Expires;
        TimestampField::ALL.into_iter().filter(past).filter_map(|field| self.get(field)).max()
    }
}

/// `request_counts`. Some servers omit parts of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// The number of requests that succeeded.
    pub completed: Option<u64>,
    /// The number of requests that failed.
    pub failed: Option<u64>,
    /// The number of requests.
    pub total: Option<u64>,
}

impl Counts {
    /// The value of a field of `request_counts`; `None` for any other field.
    #[must_use]
    pub const fn get(self, field: Field) -> Option<u64> {
        match field {
            Field::CountsCompleted => self.completed,
            Field::CountsFailed => self.failed,
            Field::CountsTotal => self.total,
            _ => None,
        }
    }

    /// Whether the counts contradict each other: more requests have finished than there are.
    #[must_use]
    pub const fn are_contradictory(self) -> bool {
        matches!(self.total, Some(total) if self.finished() > total)
    }

    /// The number of requests that have finished. A missing count is 0.
    #[must_use]
    pub const fn finished(self) -> u64 {
        let completed = if let Some(completed) = self.completed { completed } else { 0 };
        let failed = if let Some(failed) = self.failed { failed } else { 0 };
        completed.saturating_add(failed)
    }

    /// The three counts, if none is missing.
    #[must_use]
    pub const fn complete(&self) -> Option<BatchRequestCounts> {
        match (self.completed, self.failed, self.total) {
            (Some(completed), Some(failed), Some(total)) => {
                Some(BatchRequestCounts { completed, failed, total })
            }
            _ => None,
        }
    }
}

impl BatchRequestCounts {
    /// The number of requests that have finished, whether they succeeded or failed.
    #[must_use]
    pub const fn finished(&self) -> u64 {
        self.completed.saturating_add(self.failed)
    }
}

/// `usage`. Some servers omit parts of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// `input_tokens`
    pub input: Option<u64>,
    /// `input_tokens_details.cached_tokens`
    pub cached: Option<u64>,
    /// `output_tokens`
    pub output: Option<u64>,
    /// `output_tokens_details.reasoning_tokens`
    pub reasoning: Option<u64>,
    /// `total_tokens`
    pub total: Option<u64>,
}

impl Usage {
    /// The value of a field of `usage`; `None` for any other field.
    #[must_use]
    pub const fn get(self, field: Field) -> Option<u64> {
        match field {
            Field::InputTokens => self.input,
            Field::CachedTokens => self.cached,
            Field::OutputTokens => self.output,
            Field::ReasoningTokens => self.reasoning,
            Field::TotalTokens => self.total,
            _ => None,
        }
    }

    /// The usage as the published interface has it, if no part is missing.
    #[must_use]
    pub fn complete(&self) -> Option<BatchUsage> {
        Some(BatchUsage {
            input_tokens: self.input?,
            input_tokens_details: InputTokensDetails { cached_tokens: self.cached? },
            output_tokens: self.output?,
            output_tokens_details: OutputTokensDetails { reasoning_tokens: self.reasoning? },
            total_tokens: self.total?,
        })
    }
}

/// An entry of `errors.data`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ErrorEntry<'a> {
    /// `code`
    pub code: Option<&'a str>,
    /// `line`, starting at 1
    pub line: Option<u64>,
    /// `message`
    pub message: Option<&'a str>,
    /// `param`
    pub param: Option<&'a str>,
}

impl ErrorEntry<'_> {
    /// Converts the entry into the wire type.
    #[must_use]
    pub fn to_error(&self) -> BatchError {
        BatchError {
            code: self.code.map(str::to_owned),
            line: self.line,
            message: self.message.map(str::to_owned),
            param: self.param.map(str::to_owned),
        }
    }
}

impl Snapshot<'_> {
    /// Converts the snapshot into the wire type. Missing required strings become empty, and `object` becomes
    /// `batch`; incomplete counts and usage are omitted. Returns `None` without an id, a known status or
    /// `created_at`.
    #[must_use]
    pub fn to_batch(&self) -> Option<Batch> {
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        let timestamp = |field| self.timestamps.get(field);
        let pair = |&(key, value): &(&str, &str)| (key.to_owned(), Value::from(value));
        Some(Batch {
            id: self.id?.to_owned(),
            object: OBJECT.to_owned(),
            endpoint: text(self.endpoint),
            model: self.model.map(str::to_owned),
            errors: self.to_errors(),
            input_file_id: text(self.input_file_id),
            completion_window: text(self.completion_window),
            status: self.status?,
            output_file_id: self.output_file_id.map(str::to_owned),
            error_file_id: self.error_file_id.map(str::to_owned),
            created_at: timestamp(TimestampField::Created)?,
            in_progress_at: timestamp(TimestampField::InProgress),
            expires_at: timestamp(TimestampField::Expires),
            finalizing_at: timestamp(TimestampField::Finalizing),
            completed_at: timestamp(TimestampField::Completed),
            failed_at: timestamp(TimestampField::Failed),
            expired_at: timestamp(TimestampField::Expired),
            cancelling_at: timestamp(TimestampField::Cancelling),
            cancelled_at: timestamp(TimestampField::Cancelled),
            request_counts: self.counts.complete(),
            usage: self.usage.complete(),
            metadata: self.metadata.as_ref().map(|pairs| pairs.iter().map(pair).collect()),
        })
    }

    /// Converts the errors into the wire type; `None` if there are no entries.
    #[must_use]
    pub fn to_errors(&self) -> Option<BatchErrors> {
        (!self.errors.is_empty()).then(|| BatchErrors {
            data: Some(self.errors.iter().map(ErrorEntry::to_error).collect()),
            object: Some(LIST.to_owned()),
        })
    }

    /// The value of a string field; `None` for any other field.
    #[must_use]
    pub const fn text(&self, field: Field) -> Option<&str> {
        match field {
            Field::Id => self.id,
            Field::Endpoint => self.endpoint,
            Field::InputFileId => self.input_file_id,
            Field::CompletionWindow => self.completion_window,
            Field::Model => self.model,
            Field::OutputFileId => self.output_file_id,
            Field::ErrorFileId => self.error_file_id,
            Field::Status => self.status_text,
            _ => None,
        }
    }
}

impl<'a> From<&'a Batch> for Snapshot<'a> {
    fn from(batch: &'a Batch) -> Self {
        let non_empty = |text: &'a str| (!text.is_empty()).then_some(text);
        let mut timestamps = Timestamps::default();
        for (field, at) in [
            (TimestampField::Created, Some(batch.created_at)),
            (TimestampField::InProgress, batch.in_progress_at),
            (TimestampField::Finalizing, batch.finalizing_at),
            (TimestampField::Completed, batch.completed_at),
            (TimestampField::Failed, batch.failed_at),
            (TimestampField::Expired, batch.expired_at),
            (TimestampField::Cancelling, batch.cancelling_at),
            (TimestampField::Cancelled, batch.cancelled_at),
            (TimestampField::Expires, batch.expires_at),
        ] {
            timestamps.set(field, at);
        }
        let entry = |error: &'a BatchError| ErrorEntry {
            code: error.code.as_deref(),
            line: error.line,
            message: error.message.as_deref(),
            param: error.param.as_deref(),
        };
        let entries = batch.errors.as_ref().and_then(|errors| errors.data.as_deref());
        let pairs = batch.metadata.as_ref().and_then(Value::as_object);
        Self {
            id: non_empty(&batch.id),
            endpoint: non_empty(&batch.endpoint),
            input_file_id: non_empty(&batch.input_file_id),
            completion_window: non_empty(&batch.completion_window),
            model: batch.model.as_deref(),
            output_file_id: batch.output_file_id.as_deref(),
            error_file_id: batch.error_file_id.as_deref(),
            status: Some(batch.status),
            status_text: Some(batch.status.as_str()),
            timestamps,
            counts: batch.request_counts.map_or_else(Counts::default, |counts| Counts {
                completed: Some(counts.completed),
                failed: Some(counts.failed),
                total: Some(counts.total),
            }),
            usage: batch.usage.map_or_else(Usage::default, |usage| Usage {
                input: Some(usage.input_tokens),
                cached: Some(usage.input_tokens_details.cached_tokens),
                output: Some(usage.output_tokens),
                reasoning: Some(usage.output_tokens_details.reasoning_tokens),
                total: Some(usage.total_tokens),
            }),
            errors: entries.unwrap_or_default().iter().map(entry).collect(),
            metadata: pairs
                .map(|pairs| pairs.iter().filter_map(|(k, v)| Some((k.as_str(), v.as_str()?))).collect()),
        }
    }
}

//! A snapshot: what one object says of a batch, after reading; every part may be missing.
//!
//! Rules, comparison and the view all work on snapshots, so that half an object is described as well
//! as a whole one.

use serde_json::Value;

use super::batch::{
    Batch, BatchError, BatchErrors, BatchRequestCounts, BatchUsage, InputTokensDetails, OutputTokensDetails,
};
use super::fields::{LIST, Member, OBJECT};
use super::status::BatchStatus;
use super::status_set::StatusSet;
use super::timestamps::Stamp;

/// A batch as seen at a moment, borrowed from what was read. Missing parts are `None`.
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
    /// The status, when it is one of the eight.
    pub status: Option<BatchStatus>,
    /// The status as it stood there, known or not.
    pub status_text: Option<&'a str>,
    /// The stamps, in Unix seconds.
    pub stamps: Stamps,
    /// `request_counts`
    pub counts: Counts,
    /// `usage`
    pub usage: Usage,
    /// The entries of `errors.data`.
    pub errors: Vec<ErrorEntry<'a>>,
    /// The pairs of `metadata` whose values are texts, in the order they stood.
    pub metadata: Option<Vec<(&'a str, &'a str)>>,
}

/// The nine stamps of a snapshot, in Unix seconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stamps([Option<u64>; Stamp::ALL.len()]);

impl Stamps {
    /// The moment a stamp holds.
    #[must_use]
    pub const fn get(&self, stamp: Stamp) -> Option<u64> {
        self.0[stamp as usize]
    }

    /// Sets a stamp.
    pub const fn set(&mut self, stamp: Stamp, at: Option<u64>) {
        self.0[stamp as usize] = at;
    }

    /// The statuses whose stamps are set.
    #[must_use]
    pub fn stamped(&self) -> StatusSet {
        let set = |status: &BatchStatus| self.get(status.stamp()).is_some();
        BatchStatus::ALL.into_iter().filter(set).map(StatusSet::of).fold(StatusSet::default(), StatusSet::or)
    }

    /// The latest moment something happened, the deadline left out.
    #[must_use]
    pub fn latest(&self) -> Option<u64> {
        Stamp::ALL.into_iter().filter(|&s| s != Stamp::Expires).filter_map(|s| self.get(s)).max()
    }
}

/// `request_counts`, each part of which some servers leave out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Requests that succeeded.
    pub completed: Option<u64>,
    /// Requests that failed.
    pub failed: Option<u64>,
    /// All requests.
    pub total: Option<u64>,
}

impl Counts {
    /// What a member of `request_counts` holds; nothing of any other member.
    #[must_use]
    pub const fn get(self, member: Member) -> Option<u64> {
        match member {
            Member::CountsCompleted => self.completed,
            Member::CountsFailed => self.failed,
            Member::CountsTotal => self.total,
            _ => None,
        }
    }

    /// The three counts, when all are there.
    #[must_use]
    pub const fn whole(&self) -> Option<BatchRequestCounts> {
        match (self.completed, self.failed, self.total) {
            (Some(completed), Some(failed), Some(total)) => {
                Some(BatchRequestCounts { completed, failed, total })
            }
            _ => None,
        }
    }
}

impl BatchRequestCounts {
    /// Requests that have finished, whether they succeeded or failed.
    #[must_use]
    pub const fn finished(&self) -> u64 {
        self.completed.saturating_add(self.failed)
    }
}

/// `usage`, each part of which some servers leave out.
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
    /// What a member of `usage` holds; nothing of any other member.
    #[must_use]
    pub const fn get(self, member: Member) -> Option<u64> {
        match member {
            Member::InputTokens => self.input,
            Member::CachedTokens => self.cached,
            Member::OutputTokens => self.output,
            Member::ReasoningTokens => self.reasoning,
            Member::TotalTokens => self.total,
            _ => None,
        }
    }

    /// The usage of the published interface, when every part is there.
    #[must_use]
    pub fn whole(&self) -> Option<BatchUsage> {
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
    /// `line`, from 1
    pub line: Option<u64>,
    /// `message`
    pub message: Option<&'a str>,
    /// `param`
    pub param: Option<&'a str>,
}

impl ErrorEntry<'_> {
    /// The entry in the published shape.
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
    /// The batch of the published interface. Required texts that are missing become empty, `object`
    /// `batch`; counts and usage are left out unless whole. None without an id, a known status or
    /// `created_at`.
    #[must_use]
    pub fn to_batch(&self) -> Option<Batch> {
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        let stamp = |stamp| self.stamps.get(stamp);
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
            created_at: stamp(Stamp::Created)?,
            in_progress_at: stamp(Stamp::InProgress),
            expires_at: stamp(Stamp::Expires),
            finalizing_at: stamp(Stamp::Finalizing),
            completed_at: stamp(Stamp::Completed),
            failed_at: stamp(Stamp::Failed),
            expired_at: stamp(Stamp::Expired),
            cancelling_at: stamp(Stamp::Cancelling),
            cancelled_at: stamp(Stamp::Cancelled),
            request_counts: self.counts.whole(),
            usage: self.usage.whole(),
            metadata: self.metadata.as_ref().map(|pairs| pairs.iter().map(pair).collect()),
        })
    }

    /// The errors in their published shape; none when there are no entries.
    #[must_use]
    pub fn to_errors(&self) -> Option<BatchErrors> {
        (!self.errors.is_empty()).then(|| BatchErrors {
            data: Some(self.errors.iter().map(ErrorEntry::to_error).collect()),
            object: Some(LIST.to_owned()),
        })
    }

    /// The text a member holds, for the members that hold one.
    #[must_use]
    pub const fn text(&self, member: Member) -> Option<&str> {
        match member {
            Member::Id => self.id,
            Member::Endpoint => self.endpoint,
            Member::InputFileId => self.input_file_id,
            Member::CompletionWindow => self.completion_window,
            Member::Model => self.model,
            Member::OutputFileId => self.output_file_id,
            Member::ErrorFileId => self.error_file_id,
            Member::Status => self.status_text,
            _ => None,
        }
    }
}

impl<'a> From<&'a Batch> for Snapshot<'a> {
    fn from(batch: &'a Batch) -> Self {
        let full = |text: &'a str| (!text.is_empty()).then_some(text);
        let mut stamps = Stamps::default();
        for (stamp, at) in [
            (Stamp::Created, Some(batch.created_at)),
            (Stamp::InProgress, batch.in_progress_at),
            (Stamp::Finalizing, batch.finalizing_at),
            (Stamp::Completed, batch.completed_at),
            (Stamp::Failed, batch.failed_at),
            (Stamp::Expired, batch.expired_at),
            (Stamp::Cancelling, batch.cancelling_at),
            (Stamp::Cancelled, batch.cancelled_at),
            (Stamp::Expires, batch.expires_at),
        ] {
            stamps.set(stamp, at);
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
            id: full(&batch.id),
            endpoint: full(&batch.endpoint),
            input_file_id: full(&batch.input_file_id),
            completion_window: full(&batch.completion_window),
            model: batch.model.as_deref(),
            output_file_id: batch.output_file_id.as_deref(),
            error_file_id: batch.error_file_id.as_deref(),
            status: Some(batch.status),
            status_text: Some(batch.status.as_str()),
            stamps,
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

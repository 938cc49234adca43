//! Everything about a batch as one view. Never fails, whatever it is given.

use crate::check::{BatchIssue, RawBatch, Violations, interpret, issues_from, read_json};
use crate::diagnostics::Level;
use crate::lifecycle::ResultFile;
use crate::model::{BatchStatus, ErrorEntry, ProfileName, Snapshot, Stamp};

use crate::text::beginning;

use super::clock::timing;
use super::outcome::downloads;
use super::progress::progress;
use super::timeline::timeline;
use super::{
    BatchOutcome, BatchView, Catalog, ErrorView, FileKind, FileView, Message, ProgressSample, RetryScope,
    Standing, outcome, poll,
};

/// How to look at a batch.
#[derive(Clone, Copy, Debug)]
pub struct DescribeOptions<'a> {
    /// The moment of looking, in Unix seconds.
    pub now: u64,
    /// Polls remembered, in any order.
    pub history: &'a [ProgressSample],
    /// Spreads pollers, see [`next_poll`](super::next_poll).
    pub seed: u64,
    /// The words to use.
    pub messages: &'a Catalog,
}

/// No more reasons than this are put into a view.
const MOST_ERRORS: usize = 100;

/// Describes a snapshot. `issues` are those found when it was read.
#[must_use]
pub fn describe(snapshot: &Snapshot<'_>, issues: Vec<BatchIssue>, look: DescribeOptions<'_>) -> BatchView {
    let DescribeOptions { now, history, seed, messages } = look;
    let standing = standing(snapshot, &issues);
    let face = standing.face();
    let status = snapshot.status_text.unwrap_or_default();
    let outcome = outcome(snapshot);
    let timing = timing(snapshot, now, history, messages);
    let label = match (face.label, status) {
        (Message::LabelUnknown, "") => messages.format(Message::LabelNoBatch, &[]),
        (label, status) => messages.format(label, &[("status", &cut(status))]),
    };
    let owned = |text: Option<&str>| text.map(str::to_owned);
    BatchView {
        valid: issues.iter().all(|issue| issue.level != Level::Error),
        id: owned(snapshot.id),
        endpoint: owned(snapshot.endpoint),
        model: owned(snapshot.model),
        created_at: snapshot.stamps.get(Stamp::Created),
        status: status.to_owned(),
        known_status: snapshot.status,
        terminal: snapshot.status.is_some_and(BatchStatus::is_terminal),
        cancellable: snapshot.status.is_some_and(|status| status.can_become(BatchStatus::Cancelling)),
        outcome,
        tone: face.tone,
        icon: face.icon,
        motion: face.motion,
        group: face.group,
        label,
        summary: summary(snapshot, standing, &issues, messages),
        advice: face.advice.map(|advice| messages.format(advice, &[])),
        progress: progress(snapshot, messages),
        timeline: timeline(snapshot, messages),
        files: files(snapshot, messages),
        downloads: if outcome.is_some() { downloads(snapshot) } else { Vec::<ResultFile>::new() },
        retry: outcome.map_or(RetryScope::None, BatchOutcome::retry),
        errors: snapshot.errors.iter().take(MOST_ERRORS).map(|entry| error(entry, messages)).collect(),
        error_count: snapshot.errors.len() as u64,
        poll: poll::advice(snapshot, now, &timing, seed, messages),
        timing,
        issues,
    }
}

/// Describes JSON bytes; what is no JSON is described as that.
#[must_use]
pub fn describe_json(json: &[u8], profile: ProfileName, look: DescribeOptions<'_>) -> BatchView {
    let mut draft = RawBatch::default();
    match read_json(json, &mut draft) {
        Ok(()) => {
            let (bytes, profile) = (draft.string_bytes(), profile.profile());
            let mut violations = Violations::default();
            let snapshot = interpret(&draft, bytes, profile, &mut violations);
            let issues = issues_from(violations.as_slice(), &draft, bytes, profile);
            describe(&snapshot, issues, look)
        }
        Err(error) => describe(&Snapshot::default(), vec![BatchIssue::invalid_json(&error)], look),
    }
}

fn standing(snapshot: &Snapshot<'_>, issues: &[BatchIssue]) -> Standing {
    let finished = snapshot.counts.completed.unwrap_or(0).saturating_add(snapshot.counts.failed.unwrap_or(0));
    match snapshot.status {
        Some(BatchStatus::Validating) => Standing::Validating,
        Some(BatchStatus::InProgress) if finished == 0 => Standing::Waiting,
        Some(BatchStatus::InProgress) => Standing::Running,
        Some(BatchStatus::Finalizing) => Standing::Finalizing,
        Some(BatchStatus::Cancelling) => Standing::Cancelling,
        Some(_) => outcome(snapshot).map_or(Standing::Unknown, Standing::Ended),
        None if snapshot.status_text.is_some() => Standing::Unknown,
        None if issues.iter().any(|issue| issue.level == Level::Error) => Standing::NoBatch,
        None => Standing::Unknown,
    }
}

fn summary(snapshot: &Snapshot<'_>, standing: Standing, issues: &[BatchIssue], messages: &Catalog) -> String {
    use BatchOutcome as O;
    use Message as M;
    let counts = snapshot.counts;
    let (completed, failed) = (counts.completed.unwrap_or(0), counts.failed.unwrap_or(0));
    let finished = completed.saturating_add(failed);
    let total = counts.total.filter(|&total| total > 0);
    let unfinished = total.unwrap_or(finished).saturating_sub(finished);
    let reason = snapshot.errors.first().map(|entry| error(entry, messages).text);
    let problem = issues.iter().find(|issue| issue.level == Level::Error).map(|issue| issue.message.as_str());
    let message = match standing {
        Standing::Validating => M::SummaryValidating,
        Standing::Waiting if total.is_some() => M::SummaryWaitingOf,
        Standing::Waiting => M::SummaryWaiting,
        Standing::Running if failed > 0 => M::SummaryRunningFailed,
        Standing::Running => M::SummaryRunning,
        Standing::Finalizing => M::SummaryFinalizing,
        Standing::Cancelling if total.is_some() => M::SummaryCancellingOf,
        Standing::Cancelling => M::SummaryCancelling,
        Standing::Ended(O::Succeeded) if total == Some(1) => M::SummarySucceededOne,
        Standing::Ended(O::Succeeded) => M::SummarySucceeded,
        Standing::Ended(O::PartiallyFailed) if unfinished > 0 => M::SummaryPartiallyLost,
        Standing::Ended(O::PartiallyFailed) => M::SummaryPartiallyFailed,
        Standing::Ended(O::AllFailed) if failed == 0 => M::SummaryAllFailedUnknown,
        Standing::Ended(O::AllFailed) if failed == 1 && total == Some(1) => M::SummaryAllFailedOne,
        Standing::Ended(O::AllFailed) => M::SummaryAllFailed,
        Standing::Ended(O::Empty) => M::SummaryEmpty,
        Standing::Ended(O::Unverified) => M::SummaryUnverified,
        Standing::Ended(O::Rejected) if reason.is_some() => M::SummaryRejectedWhy,
        Standing::Ended(O::Rejected) => M::SummaryRejected,
        Standing::Ended(O::Failed) if reason.is_some() => M::SummaryFailedWhy,
        Standing::Ended(O::Failed) => M::SummaryFailed,
        Standing::Ended(O::ExpiredPartial) if total.is_none() => M::SummaryExpiredPartialUnknown,
        Standing::Ended(O::ExpiredPartial) => M::SummaryExpiredPartial,
        Standing::Ended(O::Expired) => M::SummaryExpired,
        Standing::Ended(O::CancelledPartial) if total.is_none() => M::SummaryCancelledPartialUnknown,
        Standing::Ended(O::CancelledPartial) => M::SummaryCancelledPartial,
        Standing::Ended(O::Cancelled) => M::SummaryCancelled,
        Standing::Unknown if snapshot.status_text.is_none() => M::SummaryNoStatus,
        Standing::Unknown => M::SummaryUnknown,
        Standing::NoBatch => M::SummaryNoBatch,
    };
    messages.format(
        message,
        &[
            ("completed", &messages.number(completed)),
            ("failed", &messages.number(failed)),
            ("finished", &messages.number(finished)),
            ("unfinished", &messages.number(unfinished)),
            ("total", &messages.number(total.unwrap_or(finished))),
            ("error", &reason.unwrap_or_default()),
            ("problem", problem.unwrap_or_default()),
        ],
    )
}

fn files(snapshot: &Snapshot<'_>, messages: &Catalog) -> Vec<FileView> {
    [
        (FileKind::Input, snapshot.input_file_id, Message::FileInput),
        (FileKind::Output, snapshot.output_file_id, Message::FileOutput),
        (FileKind::Error, snapshot.error_file_id, Message::FileError),
    ]
    .into_iter()
    .filter_map(|(kind, id, label)| {
        Some(FileView { kind, id: id?.to_owned(), label: messages.format(label, &[]) })
    })
    .collect()
}

fn error(entry: &ErrorEntry<'_>, messages: &Catalog) -> ErrorView {
    let plain = entry.message.or(entry.code).map_or_else(|| messages.format(Message::ErrorUnnamed, &[]), cut);
    let text = match entry.line {
        Some(line) => {
            messages.format(Message::ErrorLine, &[("line", &messages.number(line)), ("message", &plain)])
        }
        None => messages.format(Message::ErrorPlain, &[("message", &plain)]),
    };
    ErrorView {
        code: entry.code.map(str::to_owned),
        line: entry.line,
        param: entry.param.map(str::to_owned),
        text,
    }
}

/// A text of the value, cut to what a line can hold.
fn cut(text: &str) -> String {
    const MOST: usize = 500;
    let (beginning, more) = beginning(text, MOST);
    let mut short = beginning.to_owned();
    if more {
        short.push('…');
    }
    short
}

//! Builds the view of a batch. This never fails, whatever the input is.

use crate::check::{BatchIssue, RawBatch, Violations, interpret, issues_from, read_json};
use crate::diagnostics::Level;
use crate::model::{BatchStatus, ErrorEntry, FileRole, ProfileName, Snapshot, TimestampField};
use crate::text::beginning;

use super::batch_view::{BatchView, ErrorView, FileView, Phase};
use super::messages::{Catalog, Message, MessageValue};
use super::outcome::{BatchOutcome, RetryScope, downloads, outcome};
use super::poll;
use super::presentation::DisplayState;
use super::progress::{ProgressSample, progress};
use super::timeline::timeline;
use super::timing::Durations;

/// The options of [`describe`].
#[derive(Clone, Copy, Debug)]
pub struct DescribeOptions<'a> {
    /// The current time, in Unix seconds.
    pub now: u64,
    /// The samples of earlier polls, in any order.
    pub history: &'a [ProgressSample],
    /// The seed that spreads out polls, see [`next_poll`](super::next_poll).
    pub seed: u64,
    /// The catalogue of messages.
    pub messages: &'a Catalog,
}

/// The maximum number of errors in a view.
const MAX_ERRORS: usize = 100;

/// Builds the view of a snapshot. `issues` are the issues found when the snapshot was read.
#[must_use]
pub fn describe(snapshot: &Snapshot<'_>, issues: Vec<BatchIssue>, options: DescribeOptions<'_>) -> BatchView {
    let DescribeOptions { now, history, seed, messages } = options;
    let state = display_state(snapshot, &issues);
    let presentation = state.presentation();
    let status = snapshot.status_text.unwrap_or_default();
    let outcome = outcome(snapshot);
    let durations = Durations::of(snapshot, now, history);
    let label = match (presentation.label, status) {
        (Message::LabelUnknown, "") => messages.format(Message::LabelNotABatch, &[]),
        (Message::LabelUnknown, status) => {
            messages.format(Message::LabelUnknown, &[("status", MessageValue::Text(&truncate(status)))])
        }
        (label, _) => messages.format(label, &[]),
    };
    let owned = |text: Option<&str>| text.map(str::to_owned);
    BatchView {
        phase: phase(snapshot.status),
        valid: issues.iter().all(|issue| issue.level != Level::Error),
        id: owned(snapshot.id),
        endpoint: owned(snapshot.endpoint),
        model: owned(snapshot.model),
        created_at: snapshot.timestamps.get(TimestampField::Created),
        status: status.to_owned(),
        known_status: snapshot.status,
        terminal: snapshot.status.is_some_and(BatchStatus::is_terminal),
        cancellable: snapshot.status.is_some_and(|status| status.can_transition_to(BatchStatus::Cancelling)),
        outcome,
        tone: presentation.tone,
        icon: presentation.icon,
        motion: presentation.motion,
        group: presentation.group,
        label,
        summary: summary(snapshot, state, &issues, messages),
        advice: presentation.advice.map(|advice| messages.format(advice, &[])),
        progress: progress(snapshot, messages),
        timeline: timeline(snapshot, messages),
        files: files(snapshot, messages),
        downloads: if outcome.is_some() { downloads(snapshot) } else { Vec::new() },
        retry: outcome.map_or(RetryScope::None, BatchOutcome::retry),
        errors: snapshot.errors.iter().take(MAX_ERRORS).map(|entry| error(entry, messages)).collect(),
        error_count: snapshot.errors.len() as u64,
        poll: poll::advice(snapshot, now, &durations, seed, messages),
        timing: durations.timing(messages),
        issues,
    }
}

/// Builds the view of a batch in JSON. Invalid JSON gives a view that says so.
#[must_use]
pub fn describe_json(json: &[u8], profile: ProfileName, options: DescribeOptions<'_>) -> BatchView {
    let mut raw = RawBatch::default();
    match read_json(json, &mut raw) {
        Ok(()) => {
            let (bytes, profile) = (raw.string_bytes(), profile.profile());
            let mut violations = Violations::default();
            let snapshot = interpret(&raw, bytes, profile, &mut violations);
            let issues = issues_from(violations.as_slice(), &raw, bytes, profile);
            describe(&snapshot, issues, options)
        }
        Err(error) => describe(&Snapshot::default(), vec![BatchIssue::invalid_json(&error)], options),
    }
}

fn phase(status: Option<BatchStatus>) -> Phase {
    match status {
        Some(status) if status.is_terminal() => Phase::Ended,
        Some(_) => Phase::Running,
        None => Phase::Unknown,
    }
}

fn display_state(snapshot: &Snapshot<'_>, issues: &[BatchIssue]) -> DisplayState {
    let finished = snapshot.counts.finished();
    match snapshot.status {
        Some(BatchStatus::Validating) => DisplayState::Validating,
        Some(BatchStatus::InProgress) if finished == 0 => DisplayState::Waiting,
        Some(BatchStatus::InProgress) => DisplayState::Running,
        Some(BatchStatus::Finalizing) => DisplayState::Finalizing,
        Some(BatchStatus::Cancelling) => DisplayState::Cancelling,
        Some(_) => outcome(snapshot).map_or(DisplayState::Unknown, DisplayState::Ended),
        None if snapshot.status_text.is_some() => DisplayState::Unknown,
        None if issues.iter().any(|issue| issue.level == Level::Error) => DisplayState::NotABatch,
        None => DisplayState::Unknown,
    }
}

fn summary(
    snapshot: &Snapshot<'_>,
    state: DisplayState,
    issues: &[BatchIssue],
    messages: &Catalog,
) -> String {
    use BatchOutcome as O;
    use Message as M;
    let counts = snapshot.counts;
    let (completed, failed) = (counts.completed.unwrap_or(0), counts.failed.unwrap_or(0));
    let finished = counts.finished();
    let total = counts.total.filter(|&total| total > 0);
    let contradictory = total.is_some() && counts.are_contradictory();
    // The total for sentences such as "4 of 9", which must not contradict the other counts.
    let consistent_total = total.filter(|_| !contradictory);
    let unfinished = total.unwrap_or(finished).saturating_sub(finished);
    let reason = snapshot.errors.first().map(|entry| error(entry, messages).text);
    let problem = issues.iter().find(|issue| issue.level == Level::Error).map(|issue| issue.message.as_str());
    let message = match state {
        DisplayState::Validating => M::SummaryValidating,
        DisplayState::Waiting if total.is_some() => M::SummaryWaitingOf,
        DisplayState::Waiting => M::SummaryWaiting,
        DisplayState::Running | DisplayState::Finalizing | DisplayState::Cancelling if contradictory => {
            M::SummaryContradictory
        }
        DisplayState::Running if consistent_total.is_none() => M::SummaryRunningUnknown,
        DisplayState::Running if failed > 0 => M::SummaryRunningFailed,
        DisplayState::Running => M::SummaryRunning,
        DisplayState::Finalizing if consistent_total.is_none() || finished == 0 => {
            M::SummaryFinalizingUnknown
        }
        DisplayState::Finalizing if unfinished > 0 => M::SummaryFinalizingOf,
        DisplayState::Finalizing => M::SummaryFinalizing,
        DisplayState::Cancelling if total.is_some() => M::SummaryCancellingOf,
        DisplayState::Cancelling => M::SummaryCancelling,
        DisplayState::Ended(O::Succeeded) if total == Some(1) => M::SummarySucceededOne,
        DisplayState::Ended(O::Succeeded) => M::SummarySucceeded,
        DisplayState::Ended(O::PartiallyFailed) if unfinished > 0 => M::SummaryPartiallyLost,
        DisplayState::Ended(O::PartiallyFailed) => M::SummaryPartiallyFailed,
        DisplayState::Ended(O::AllFailed) if failed == 0 => M::SummaryAllFailedUnknown,
        DisplayState::Ended(O::AllFailed) if unfinished > 0 => M::SummaryPartiallyLost,
        DisplayState::Ended(O::AllFailed) if failed == 1 && total == Some(1) => M::SummaryAllFailedOne,
        DisplayState::Ended(O::AllFailed) => M::SummaryAllFailed,
        DisplayState::Ended(O::Empty) => M::SummaryEmpty,
        DisplayState::Ended(O::Unverified) => M::SummaryUnverified,
        DisplayState::Ended(O::Rejected) if reason.is_some() => M::SummaryRejectedWhy,
        DisplayState::Ended(O::Rejected) => M::SummaryRejected,
        DisplayState::Ended(O::Failed) if reason.is_some() => M::SummaryFailedWhy,
        DisplayState::Ended(O::Failed) => M::SummaryFailed,
        DisplayState::Ended(O::ExpiredPartial | O::CancelledPartial) if counts.completed == Some(0) => {
            M::SummaryOutputUncounted
        }
        DisplayState::Ended(O::ExpiredPartial) if consistent_total.is_none() => {
            M::SummaryExpiredPartialUnknown
        }
        DisplayState::Ended(O::ExpiredPartial) => M::SummaryExpiredPartial,
        DisplayState::Ended(O::Expired) => M::SummaryExpired,
        DisplayState::Ended(O::CancelledPartial) if consistent_total.is_none() => {
            M::SummaryCancelledPartialUnknown
        }
        DisplayState::Ended(O::CancelledPartial) => M::SummaryCancelledPartial,
        DisplayState::Ended(O::Cancelled) => M::SummaryCancelled,
        DisplayState::Unknown if snapshot.status_text.is_none() => M::SummaryNoStatus,
        DisplayState::Unknown => M::SummaryUnknown,
        DisplayState::NotABatch => M::SummaryNotABatch,
    };
    messages.format(
        message,
        &[
            ("completed", MessageValue::Number(completed)),
            ("failed", MessageValue::Number(failed)),
            ("finished", MessageValue::Number(finished)),
            ("unfinished", MessageValue::Number(unfinished)),
            ("total", MessageValue::Number(total.unwrap_or(finished))),
            ("error", MessageValue::Text(reason.as_deref().unwrap_or_default())),
            ("problem", MessageValue::Text(problem.unwrap_or_default())),
        ],
    )
}

fn files(snapshot: &Snapshot<'_>, messages: &Catalog) -> Vec<FileView> {
    [
        (FileRole::Input, snapshot.input_file_id, Message::FileInput),
        (FileRole::Output, snapshot.output_file_id, Message::FileOutput),
        (FileRole::Error, snapshot.error_file_id, Message::FileError),
    ]
    .into_iter()
    .filter_map(|(role, id, label)| {
        Some(FileView { role, id: id?.to_owned(), label: messages.format(label, &[]) })
    })
    .collect()
}

fn error(entry: &ErrorEntry<'_>, messages: &Catalog) -> ErrorView {
    let message =
        entry.message.or(entry.code).map_or_else(|| messages.format(Message::ErrorUnnamed, &[]), truncate);
    let text = match entry.line {
        Some(line) => {
            let values = [("line", MessageValue::Number(line)), ("message", MessageValue::Text(&message))];
            messages.format(Message::ErrorLine, &values)
        }
        None => messages.format(Message::ErrorPlain, &[("message", MessageValue::Text(&message))]),
    };
    ErrorView {
        code: entry.code.map(str::to_owned),
        line: entry.line,
        param: entry.param.map(str::to_owned),
        text,
    }
}

/// Truncates a string of the value to 500 code points.
fn truncate(text: &str) -> String {
    const MAX_LENGTH: usize = 500;
    let (beginning, is_longer) = beginning(text, MAX_LENGTH);
    let mut truncated = beginning.to_owned();
    if is_longer {
        truncated.push('…');
    }
    truncated
}

//! Compares two snapshots of a batch: which is newer, what happened in between, and what contradicts.
//!
//! Polls can arrive out of order, so the order is derived from the snapshots themselves. A difference in a
//! value that only grows (the status along the lifecycle, counts, timestamps, file ids, errors, usage) is
//! either forward or backward:
//!
//! - All differences are forward: the second snapshot is advanced.
//! - All differences are backward: it is stale.
//! - There are both, or a value differs that never changes: the two are conflicting.
//!
//! So `compare(a, b)` is stale exactly when `compare(b, a)` is advanced.

use crate::model::{Batch, BatchStatus, Evidence, Field, FileRole, Snapshot, TimestampField};
use crate::text::{concat, decimal};

use super::change::{AlarmCode, BatchAlarm, BatchChange, BatchEvent, ChangeRelation};
use super::path::path;

/// Compares two polls of a batch, in the order in which the caller received them.
#[must_use]
pub fn compare(before: &Batch, after: &Batch) -> BatchChange {
    compare_snapshots(&before.into(), &after.into())
}

/// Compares two snapshots. A part that only one of them has counts as set between the two.
#[must_use]
pub fn compare_snapshots(before: &Snapshot<'_>, after: &Snapshot<'_>) -> BatchChange {
    let mut comparison = Comparison::default();
    identity(&mut comparison, before, after);
    let (skipped, unusual) = status(&mut comparison, before, after);
    counts(&mut comparison, before, after);
    timestamps(&mut comparison, before, after);
    files(&mut comparison, before, after);
    errors(&mut comparison, before, after);
    growth(&mut comparison, before, after);
    metadata(&mut comparison, before, after);
    let relation = comparison.relation();
    let conflicting = relation == ChangeRelation::Conflicting;
    let older = relation == ChangeRelation::Stale;
    BatchChange {
        relation,
        skipped: if older { Vec::new() } else { skipped },
        unusual: unusual && !older,
        events: if older { Vec::new() } else { comparison.events },
        alarms: if conflicting { comparison.alarms } else { Vec::new() },
    }
}

/// The value of a field, so that numbers and strings are compared by the same code.
#[derive(Clone, Copy, PartialEq)]
enum Value<'a> {
    Absent,
    Number(u64),
    String(&'a str),
}

impl From<Option<u64>> for Value<'_> {
    fn from(number: Option<u64>) -> Self {
        number.map_or(Self::Absent, Self::Number)
    }
}

impl<'a> From<Option<&'a str>> for Value<'a> {
    fn from(text: Option<&'a str>) -> Self {
        text.map_or(Self::Absent, Self::String)
    }
}

impl Value<'_> {
    fn to_owned_string(self) -> String {
        match self {
            Self::Absent => String::new(),
            Self::Number(number) => decimal(number),
            Self::String(text) => text.to_owned(),
        }
    }
}

/// The directions of all differences found so far.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent flags")]
struct Comparison {
    /// Whether a value grew.
    forward: bool,
    /// Whether a value shrank.
    backward: bool,
    /// Whether a value changed that never changes.
    contradictory: bool,
    /// Whether a value changed that may change at any time, which gives no direction.
    undirected: bool,
    events: Vec<BatchEvent>,
    /// The contradictions. They only count if the two conflict; otherwise a backward difference means stale.
    alarms: Vec<BatchAlarm>,
}

impl Comparison {
    const fn relation(&self) -> ChangeRelation {
        match (self.contradictory, self.forward, self.backward) {
            (true, _, _) | (_, true, true) => ChangeRelation::Conflicting,
            (_, true, _) => ChangeRelation::Advanced,
            (_, _, true) => ChangeRelation::Stale,
            // They differ, and neither is known to be newer.
            _ if self.undirected => ChangeRelation::Conflicting,
            _ => ChangeRelation::Unchanged,
        }
    }

    fn alarm(&mut self, code: AlarmCode, field: &str, before: Value<'_>, after: Value<'_>) {
        let (before, after) = (before.to_owned_string(), after.to_owned_string());
        let (was, is) = (or_absent(&before), or_absent(&after));
        let message = concat(&[field, " cannot change from ", was, " to ", is]);
        self.alarms.push(BatchAlarm { code, field: field.to_owned(), before, after, message });
    }

    /// Compares a number that only grows. Returns how much it grew.
    fn grows(
        &mut self,
        code: Option<AlarmCode>,
        field: &str,
        before: Option<u64>,
        after: Option<u64>,
    ) -> u64 {
        if after > before {
            self.forward = true;
        } else if after < before {
            self.backward = true;
            if let Some(code) = code {
                self.alarm(code, field, before.into(), after.into());
            }
        }
        after.unwrap_or(0).saturating_sub(before.unwrap_or(0))
    }

    /// Compares a value that is set once. Returns whether it was set between the two.
    fn appears(&mut self, code: AlarmCode, field: &str, before: Value<'_>, after: Value<'_>) -> bool {
        if before == after {
            return false;
        }
        match (before, after) {
            (Value::Absent, _) => {
                self.forward = true;
                return true;
            }
            (_, Value::Absent) => self.backward = true,
            _ => self.contradictory = true,
        }
        self.alarm(code, field, before, after);
        false
    }
}

const fn or_absent(text: &str) -> &str {
    if text.is_empty() { "absent" } else { text }
}

/// Compares the fields that never change.
fn identity(comparison: &mut Comparison, before: &Snapshot<'_>, after: &Snapshot<'_>) {
    let created = |snapshot: &Snapshot<'_>| Value::from(snapshot.timestamps.get(TimestampField::Created));
    for (code, field, was, is) in [
        (AlarmCode::IdChanged, Field::Id, Value::from(before.id), Value::from(after.id)),
        (AlarmCode::CreatedAtChanged, Field::CreatedAt, created(before), created(after)),
        (
            AlarmCode::InputFileChanged,
            Field::InputFileId,
            before.input_file_id.into(),
            after.input_file_id.into(),
        ),
    ] {
        if was != is && was != Value::Absent && is != Value::Absent {
            comparison.contradictory = true;
            comparison.alarm(code, field.name(), was, is);
        }
    }
}

/// Compares the status. Returns the skipped statuses, and whether the change was never observed.
fn status(
    comparison: &mut Comparison,
    before: &Snapshot<'_>,
    after: &Snapshot<'_>,
) -> (Vec<BatchStatus>, bool) {
    let none = (Vec::new(), false);
    let (from, to) = (before.status_text.unwrap_or_default(), after.status_text.unwrap_or_default());
    let same = if before.status.is_some() { before.status == after.status } else { from == to };
    if same {
        return none;
    }
    comparison.events.push(BatchEvent::StatusChanged { from: from.to_owned(), to: to.to_owned() });
    let (Some(was), Some(is)) = (before.status, after.status) else {
        // An unknown status has no place in the lifecycle, so neither snapshot is known to be newer.
        comparison.contradictory = true;
        return none;
    };
    if was.can_reach(is, Evidence::Unobserved) {
        comparison.forward = true;
        let skipped = path(was, is, &after.timestamps).unwrap_or_default();
        return (skipped, !was.can_reach(is, Evidence::Observed));
    }
    if is.can_reach(was, Evidence::Unobserved) {
        comparison.backward = true;
    } else {
        comparison.contradictory = true;
    }
    let code = if was.is_terminal() { AlarmCode::LeftTerminalStatus } else { AlarmCode::StatusWentBack };
    comparison.alarm(code, Field::Status.name(), Value::String(from), Value::String(to));
    none
}

fn counts(comparison: &mut Comparison, before: &Snapshot<'_>, after: &Snapshot<'_>) {
    let (was, is) = (before.counts, after.counts);
    let back = Some(AlarmCode::CountsWentBack);
    let completed = comparison.grows(back, "request_counts.completed", was.completed, is.completed);
    let failed = comparison.grows(back, "request_counts.failed", was.failed, is.failed);
    // 0 means that the requests have not been counted yet.
    let known = |total: Option<u64>| Value::from(total.filter(|&total| total > 0));
    let appeared = comparison.appears(
        AlarmCode::TotalChanged,
        "request_counts.total",
        known(was.total),
        known(is.total),
    );
    if completed > 0 || failed > 0 || appeared {
        let total = is.total.unwrap_or(0);
        comparison.events.push(BatchEvent::Progress { completed, failed, total });
    }
}

fn timestamps(comparison: &mut Comparison, before: &Snapshot<'_>, after: &Snapshot<'_>) {
    for timestamp in TimestampField::ALL.into_iter().filter(|&timestamp| timestamp != TimestampField::Created)
    {
        let (was, is) = (before.timestamps.get(timestamp), after.timestamps.get(timestamp));
        comparison.appears(AlarmCode::TimestampRewritten, timestamp.field().name(), was.into(), is.into());
    }
}

fn files(comparison: &mut Comparison, before: &Snapshot<'_>, after: &Snapshot<'_>) {
    for (file, field, was, is) in [
        (FileRole::Output, Field::OutputFileId, before.output_file_id, after.output_file_id),
        (FileRole::Error, Field::ErrorFileId, before.error_file_id, after.error_file_id),
    ] {
        if comparison.appears(AlarmCode::FileGone, field.name(), was.into(), is.into()) {
            let id = is.unwrap_or_default().to_owned();
            comparison.events.push(BatchEvent::FileAppeared { file, id });
        }
    }
}

fn errors(comparison: &mut Comparison, before: &Snapshot<'_>, after: &Snapshot<'_>) {
    let (was, is) = (before.errors.len() as u64, after.errors.len() as u64);
    if comparison.grows(None, Field::Errors.name(), Some(was), Some(is)) > 0 {
        comparison.events.push(BatchEvent::ErrorsAppeared { count: is });
    } else if was == is && before.errors != after.errors {
        comparison.contradictory = true;
    }
}

/// Compares the model, which is set once, and the tokens, which only grow.
fn growth(comparison: &mut Comparison, before: &Snapshot<'_>, after: &Snapshot<'_>) {
    match (before.model, after.model) {
        (None, Some(model)) => {
            comparison.forward = true;
            comparison.events.push(BatchEvent::ModelNamed { model: model.to_owned() });
        }
        (Some(_), None) => comparison.backward = true,
        (was, is) => comparison.contradictory |= was != is,
    }
    let (was, is) = (before.usage, after.usage);
    for (was, is) in [
        (was.input, is.input),
        (was.cached, is.cached),
        (was.output, is.output),
        (was.reasoning, is.reasoning),
    ] {
        comparison.grows(None, Field::Usage.name(), was, is);
    }
    if comparison.grows(None, Field::Usage.name(), was.total, is.total) > 0 {
        comparison.events.push(BatchEvent::UsageChanged { total_tokens: is.total.unwrap_or(0) });
    }
}

fn metadata(comparison: &mut Comparison, before: &Snapshot<'_>, after: &Snapshot<'_>) {
    let was = before.metadata.as_deref().unwrap_or_default();
    let is = after.metadata.as_deref().unwrap_or_default();
    let mut keys: Vec<String> = Vec::new();
    for (some, others) in [(was, is), (is, was)] {
        for pair in some {
            if !others.contains(pair) && !keys.iter().any(|key| key == pair.0) {
                keys.push(pair.0.to_owned());
            }
        }
    }
    if keys.is_empty() {
        return;
    }
    match (was.is_empty(), is.is_empty()) {
        (true, _) => comparison.forward = true,
        (_, true) => comparison.backward = true,
        _ => comparison.undirected = true,
    }
    comparison.events.push(BatchEvent::MetadataChanged { keys });
}

//! Compares two snapshots of a batch: which is later, what happened between, what cannot have.
//!
//! Nothing tells the order in which two answers were made: polls overtake each other. So the order is
//! read from the snapshots: what only ever grows (the status along the lifecycle, counts, stamps, file
//! ids, errors, usage) points forward or backward; what never changes points nowhere. All forward:
//! advanced. All backward: stale. Both, or a change that has no direction: conflicting. That makes
//! `compare(a, b)` stale exactly when `compare(b, a)` is advanced.

use crate::model::{Batch, BatchStatus, Evidence, Member, Snapshot, Stamp};

use super::change::{AlarmCode, BatchAlarm, BatchChange, BatchEvent, ChangeRelation, ResultFile};
use super::path::way;

/// Compares two looks at a batch, in the order in which the caller got them.
#[must_use]
pub fn compare(before: &Batch, after: &Batch) -> BatchChange {
    compare_snapshots(&before.into(), &after.into())
}

/// Compares two snapshots; parts that one of them lacks count as not yet there.
#[must_use]
pub fn compare_snapshots(before: &Snapshot<'_>, after: &Snapshot<'_>) -> BatchChange {
    let mut scale = Scale::default();
    identity(&mut scale, before, after);
    let (passed, unusual) = status(&mut scale, before, after);
    counts(&mut scale, before, after);
    stamps(&mut scale, before, after);
    files(&mut scale, before, after);
    errors(&mut scale, before, after);
    growth(&mut scale, before, after);
    metadata(&mut scale, before, after);
    let relation = scale.relation();
    let conflicting = relation == ChangeRelation::Conflicting;
    let older = relation == ChangeRelation::Stale;
    BatchChange {
        relation,
        passed: if older { Vec::new() } else { passed },
        unusual: unusual && !older,
        events: if older { Vec::new() } else { scale.events },
        alarms: if conflicting { scale.alarms } else { Vec::new() },
    }
}

/// What a member holds, for what is weighed alike whatever it is.
#[derive(Clone, Copy, PartialEq)]
enum Part<'a> {
    Nothing,
    Number(u64),
    Text(&'a str),
}

impl From<Option<u64>> for Part<'_> {
    fn from(number: Option<u64>) -> Self {
        number.map_or(Self::Nothing, Self::Number)
    }
}

impl<'a> From<Option<&'a str>> for Part<'a> {
    fn from(text: Option<&'a str>) -> Self {
        text.map_or(Self::Nothing, Self::Text)
    }
}

impl Part<'_> {
    fn to_text(self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Number(number) => number.to_string(),
            Self::Text(text) => text.to_owned(),
        }
    }
}

/// Where the differences point.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent directions, each seen or not")]
struct Scale {
    forward: bool,
    backward: bool,
    nowhere: bool,
    /// Whether something differs that may change at any time: no direction, and no contradiction either.
    aside: bool,
    events: Vec<BatchEvent>,
    /// Raised where the two conflict; otherwise a backward difference only says that one is stale.
    alarms: Vec<BatchAlarm>,
}

impl Scale {
    const fn relation(&self) -> ChangeRelation {
        match (self.nowhere, self.forward, self.backward) {
            (true, _, _) | (_, true, true) => ChangeRelation::Conflicting,
            (_, true, _) => ChangeRelation::Advanced,
            (_, _, true) => ChangeRelation::Stale,
            // They differ, and nothing tells which is later.
            _ if self.aside => ChangeRelation::Conflicting,
            _ => ChangeRelation::Unchanged,
        }
    }

    fn alarm(&mut self, code: AlarmCode, member: &str, before: Part<'_>, after: Part<'_>) {
        let (before, after) = (before.to_text(), after.to_text());
        let (was, is) = (or_nothing(&before), or_nothing(&after));
        let message = format!("{member} was {was} and is {is}, which cannot be");
        self.alarms.push(BatchAlarm { code, member: member.to_owned(), before, after, message });
    }

    /// Weighs a number that only grows; gives how much it grew.
    fn grows(
        &mut self,
        code: Option<AlarmCode>,
        member: &str,
        before: Option<u64>,
        after: Option<u64>,
    ) -> u64 {
        if after > before {
            self.forward = true;
        } else if after < before {
            self.backward = true;
            if let Some(code) = code {
                self.alarm(code, member, before.into(), after.into());
            }
        }
        after.unwrap_or(0).saturating_sub(before.unwrap_or(0))
    }

    /// Weighs a value that is written once; gives whether it was written between the two.
    fn appears(&mut self, code: AlarmCode, member: &str, before: Part<'_>, after: Part<'_>) -> bool {
        if before == after {
            return false;
        }
        match (before, after) {
            (Part::Nothing, _) => {
                self.forward = true;
                return true;
            }
            (_, Part::Nothing) => self.backward = true,
            _ => self.nowhere = true,
        }
        self.alarm(code, member, before, after);
        false
    }
}

const fn or_nothing(text: &str) -> &str {
    if text.is_empty() { "absent" } else { text }
}

/// What one batch can never change.
fn identity(scale: &mut Scale, before: &Snapshot<'_>, after: &Snapshot<'_>) {
    let created = |snapshot: &Snapshot<'_>| Part::from(snapshot.stamps.get(Stamp::Created));
    for (code, member, was, is) in [
        (AlarmCode::IdChanged, Member::Id, Part::from(before.id), Part::from(after.id)),
        (AlarmCode::CreatedAtChanged, Member::CreatedAt, created(before), created(after)),
        (
            AlarmCode::InputFileChanged,
            Member::InputFileId,
            before.input_file_id.into(),
            after.input_file_id.into(),
        ),
    ] {
        if was != is && was != Part::Nothing && is != Part::Nothing {
            scale.nowhere = true;
            scale.alarm(code, member.name(), was, is);
        }
    }
}

fn status(scale: &mut Scale, before: &Snapshot<'_>, after: &Snapshot<'_>) -> (Vec<BatchStatus>, bool) {
    let none = (Vec::new(), false);
    let (from, to) = (before.status_text.unwrap_or_default(), after.status_text.unwrap_or_default());
    let same = if before.status.is_some() { before.status == after.status } else { from == to };
    if same {
        return none;
    }
    scale.events.push(BatchEvent::StatusChanged { from: from.to_owned(), to: to.to_owned() });
    let (Some(was), Some(is)) = (before.status, after.status) else {
        // A status outside the lifecycle has no place in time: other members must tell.
        scale.nowhere = true;
        return none;
    };
    if was.can_reach(is, Evidence::Unobserved) {
        scale.forward = true;
        let passed = way(was, is, &after.stamps).unwrap_or_default();
        return (passed, !was.can_reach(is, Evidence::Observed));
    }
    if is.can_reach(was, Evidence::Unobserved) {
        scale.backward = true;
    } else {
        scale.nowhere = true;
    }
    let code = if was.is_terminal() { AlarmCode::LeftTerminalState } else { AlarmCode::StatusWentBack };
    scale.alarm(code, Member::Status.name(), Part::Text(from), Part::Text(to));
    none
}

fn counts(scale: &mut Scale, before: &Snapshot<'_>, after: &Snapshot<'_>) {
    let (was, is) = (before.counts, after.counts);
    let back = Some(AlarmCode::CountsWentBack);
    let completed = scale.grows(back, "request_counts.completed", was.completed, is.completed);
    let failed = scale.grows(back, "request_counts.failed", was.failed, is.failed);
    // 0 means that the requests have not been counted yet.
    let known = |total: Option<u64>| Part::from(total.filter(|&total| total > 0));
    let appeared =
        scale.appears(AlarmCode::TotalChanged, "request_counts.total", known(was.total), known(is.total));
    if completed > 0 || failed > 0 || appeared {
        let total = is.total.unwrap_or(0);
        scale.events.push(BatchEvent::Progress { completed, failed, total });
    }
}

fn stamps(scale: &mut Scale, before: &Snapshot<'_>, after: &Snapshot<'_>) {
    for stamp in Stamp::ALL.into_iter().filter(|&stamp| stamp != Stamp::Created) {
        let (was, is) = (before.stamps.get(stamp), after.stamps.get(stamp));
        scale.appears(AlarmCode::StampRewritten, stamp.member().name(), was.into(), is.into());
    }
}

fn files(scale: &mut Scale, before: &Snapshot<'_>, after: &Snapshot<'_>) {
    for (file, member, was, is) in [
        (ResultFile::Output, Member::OutputFileId, before.output_file_id, after.output_file_id),
        (ResultFile::Error, Member::ErrorFileId, before.error_file_id, after.error_file_id),
    ] {
        if scale.appears(AlarmCode::FileGone, member.name(), was.into(), is.into()) {
            let id = is.unwrap_or_default().to_owned();
            scale.events.push(BatchEvent::FileAppeared { file, id });
        }
    }
}

fn errors(scale: &mut Scale, before: &Snapshot<'_>, after: &Snapshot<'_>) {
    let (was, is) = (before.errors.len() as u64, after.errors.len() as u64);
    if scale.grows(None, Member::Errors.name(), Some(was), Some(is)) > 0 {
        scale.events.push(BatchEvent::ErrorsAppeared { count: is });
    } else if was == is && before.errors != after.errors {
        scale.nowhere = true;
    }
}

/// The model, named once, and the tokens, which only grow.
fn growth(scale: &mut Scale, before: &Snapshot<'_>, after: &Snapshot<'_>) {
    match (before.model, after.model) {
        (None, Some(model)) => {
            scale.forward = true;
            scale.events.push(BatchEvent::ModelNamed { model: model.to_owned() });
        }
        (Some(_), None) => scale.backward = true,
        (was, is) => scale.nowhere |= was != is,
    }
    let (was, is) = (before.usage, after.usage);
    for (was, is) in [
        (was.input, is.input),
        (was.cached, is.cached),
        (was.output, is.output),
        (was.reasoning, is.reasoning),
    ] {
        scale.grows(None, Member::Usage.name(), was, is);
    }
    if scale.grows(None, Member::Usage.name(), was.total, is.total) > 0 {
        scale.events.push(BatchEvent::UsageChanged { total_tokens: is.total.unwrap_or(0) });
    }
}

fn metadata(scale: &mut Scale, before: &Snapshot<'_>, after: &Snapshot<'_>) {
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
        (true, _) => scale.forward = true,
        (_, true) => scale.backward = true,
        _ => scale.aside = true,
    }
    scale.events.push(BatchEvent::MetadataChanged { keys });
}

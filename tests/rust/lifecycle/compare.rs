//! Compares polls of a batch: which is newer, what happened in between, and what contradicts.

use std::collections::BTreeMap;

use crate::support::rows::rows;
use crate::support::samples::{CREATED, sample, sample_with, sample_without};
use batchlight::check::{RawBatch, Violations, interpret, read_json};
use batchlight::lifecycle::{AlarmCode, BatchChange, BatchEvent, ChangeRelation, compare_snapshots};
use batchlight::model::FileRole;
use batchlight::{Batch, BatchStatus, ProfileName, compare, parse_as};
use serde_json::{Value, json};

use BatchStatus::{Cancelled, Cancelling, Completed, Expired, Failed, Finalizing, InProgress, Validating};
use ChangeRelation::{Advanced, Conflicting, Stale, Unchanged};

fn typed(value: Value) -> Batch {
    serde_json::from_value(value).unwrap()
}

fn between(before: Value, after: Value) -> BatchChange {
    compare(&typed(before), &typed(after))
}

/// The recorded batches by id, in the order of their polls. The published examples are excluded, because they
/// share the placeholder `batch_abc123` without being polls of one batch.
fn recorded_polls() -> BTreeMap<String, Vec<Batch>> {
    let mut batches: BTreeMap<String, Vec<Batch>> = BTreeMap::new();
    for row in rows().into_iter().filter(|row| row.kind == "recorded") {
        let batch = parse_as(&row.json(), row.profile()).unwrap().batch;
        batches.entry(batch.id.clone()).or_default().push(batch);
    }
    // Lists and single polls were recorded separately, so that each batch is sorted by its latest timestamp.
    for polls in batches.values_mut() {
        polls.sort_by_key(|batch| batchlight::Snapshot::from(batch).timestamps.latest());
    }
    batches
}

#[test]
fn recorded_polls_advance() {
    let batches = recorded_polls();
    let polls: Vec<_> = batches.values().map(Vec::len).filter(|&polls| polls > 1).collect();
    assert_eq!(
        polls.iter().sum::<usize>(),
        28,
        "polls of batches that were polled more than once: {polls:?}"
    );
    for (id, polls) in &batches {
        for (index, before) in polls.iter().enumerate() {
            for after in &polls[index..] {
                let change = compare(before, after);
                let expected = if before == after { Unchanged } else { Advanced };
                assert_eq!(change.relation, expected, "{id}: {} -> {}", before.status, after.status);
                assert!(change.alarms.is_empty() && !change.unusual, "{id}: {change:?}");
                let expected = if before == after { Unchanged } else { Stale };
                assert_eq!(compare(after, before).relation, expected, "{id}, in reverse order");
            }
        }
    }
}

#[test]
fn skipped_statuses_are_listed() {
    // Observed: the poller saw validating and then completed.
    let change = between(sample(Validating), sample(Completed));
    assert_eq!(
        (change.relation, change.skipped, change.unusual),
        (Advanced, vec![InProgress, Finalizing], false)
    );
    let change = between(sample(Validating), sample(Cancelled));
    assert_eq!(change.skipped, [InProgress, Cancelling], "the timestamps show the path over in_progress");
    let early = sample_without(Cancelled, &["in_progress_at"]);
    assert_eq!(between(sample(Validating), early).skipped, [Cancelling]);
    assert_eq!(between(sample(Finalizing), sample(Completed)).skipped, []);
}

#[test]
fn every_event_is_reported() {
    let before = sample_without(InProgress, &["request_counts"]);
    let usage = |input: u64, output: u64| {
        json!({
            "input_tokens": input, "input_tokens_details": { "cached_tokens": 0 }, "output_tokens": output,
            "output_tokens_details": { "reasoning_tokens": 0 }, "total_tokens": input + output,
        })
    };
    let mut before = before;
    before["request_counts"] = json!({ "completed": 0, "failed": 0, "total": 0 });
    before["usage"] = usage(0, 0);
    let after = sample_with(
        Completed,
        &json!({ "model": "gpt-4o-mini-2024-07-18", "usage": usage(30, 12), "metadata": { "team": "blue" } }),
    );
    let change = between(before, after);
    assert_eq!(change.relation, Advanced, "{change:?}");
    let file = |file, id: &str| BatchEvent::FileAppeared { file, id: id.into() };
    let expected = vec![
        BatchEvent::StatusChanged { from: "in_progress".into(), to: "completed".into() },
        BatchEvent::Progress { completed: 98, failed: 2, total: 100 },
        file(FileRole::Output, "file-output"),
        file(FileRole::Error, "file-error"),
        BatchEvent::ModelNamed { model: "gpt-4o-mini-2024-07-18".into() },
        BatchEvent::UsageChanged { total_tokens: 42 },
        BatchEvent::MetadataChanged { keys: vec!["team".into()] },
    ];
    assert_eq!(change.events, expected);
    let change = between(sample(Validating), sample(Failed));
    let expected = vec![
        BatchEvent::StatusChanged { from: "validating".into(), to: "failed".into() },
        BatchEvent::ErrorsAppeared { count: 1 },
    ];
    assert_eq!(change.events, expected);
}

#[test]
fn events_have_a_type_in_json() {
    let change = between(sample(Validating), sample(Completed));
    let types: Vec<_> = serde_json::to_value(&change).unwrap()["events"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| event["type"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(types, ["status_changed", "progress", "file_appeared", "file_appeared"]);
}

#[test]
fn a_known_total_is_progress() {
    let uncounted = json!({ "request_counts": { "completed": 0, "failed": 0, "total": 0 } });
    let counted = json!({ "request_counts": { "completed": 0, "failed": 0, "total": 5 } });
    let change = between(sample_with(InProgress, &uncounted), sample_with(InProgress, &counted));
    assert_eq!(change.relation, Advanced);
    assert_eq!(change.events, [BatchEvent::Progress { completed: 0, failed: 0, total: 5 }]);
}

#[test]
fn every_alarm_is_reported() {
    let counts = |completed: u64, failed: u64, total: u64| {
        let counts = json!({ "completed": completed, "failed": failed, "total": total });
        json!({ "request_counts": counts })
    };
    for (code, member, before, after) in [
        (AlarmCode::IdChanged, "id", sample(Completed), sample_with(Completed, &json!({ "id": "batch_2" }))),
        (
            AlarmCode::CreatedAtChanged,
            "created_at",
            sample(Completed),
            sample_with(Completed, &json!({ "created_at": CREATED - 1 })),
        ),
        (
            AlarmCode::InputFileChanged,
            "input_file_id",
            sample(Completed),
            sample_with(Completed, &json!({ "input_file_id": "file-2" })),
        ),
        (AlarmCode::LeftTerminalStatus, "status", sample(Completed), sample(Expired)),
        (AlarmCode::LeftTerminalStatus, "status", sample(Failed), sample(InProgress)),
        // Doubleword's retry takes a cancellation back.
        (
            AlarmCode::LeftTerminalStatus,
            "status",
            sample(Cancelled),
            sample_with(InProgress, &counts(41, 2, 100)),
        ),
        (
            AlarmCode::StatusWentBack,
            "status",
            sample(Finalizing),
            sample_with(InProgress, &json!({ "output_file_id": "file-output" })),
        ),
        (
            AlarmCode::CountsWentBack,
            "request_counts.failed",
            sample(InProgress),
            sample_with(InProgress, &counts(50, 1, 100)),
        ),
        (
            AlarmCode::CountsWentBack,
            "request_counts.completed",
            sample(InProgress),
            sample_with(Finalizing, &counts(39, 2, 100)),
        ),
        (
            AlarmCode::TotalChanged,
            "request_counts.total",
            sample(InProgress),
            sample_with(InProgress, &counts(40, 2, 101)),
        ),
        (
            AlarmCode::TimestampRewritten,
            "in_progress_at",
            sample(InProgress),
            sample_with(InProgress, &json!({ "in_progress_at": CREATED + 61 })),
        ),
        (
            AlarmCode::TimestampRewritten,
            "in_progress_at",
            sample(InProgress),
            sample_without(Finalizing, &["in_progress_at"]),
        ),
        (
            AlarmCode::FileGone,
            "output_file_id",
            sample(Completed),
            sample_with(Completed, &json!({ "output_file_id": "file-2" })),
        ),
        (
            AlarmCode::FileGone,
            "error_file_id",
            sample_with(Finalizing, &json!({ "error_file_id": "file-error" })),
            sample_without(Completed, &["error_file_id"]),
        ),
    ] {
        let change = between(before, after);
        assert_eq!(change.relation, Conflicting, "{code:?} of {member}: {change:?}");
        let alarm = change.alarms.iter().find(|alarm| alarm.code == code && alarm.field == member);
        let alarm = alarm.unwrap_or_else(|| panic!("{code:?} of {member}: {:?}", change.alarms));
        assert!(alarm.before != alarm.after && alarm.message.starts_with(member), "{}", alarm.message);
        assert!(alarm.message.contains(" cannot change from "), "{}", alarm.message);
    }
}

#[test]
fn a_stale_poll_has_no_alarm() {
    let change = between(sample(Completed), sample(InProgress));
    assert_eq!(change.relation, Stale);
    assert_eq!((change.events, change.alarms, change.skipped), (vec![], vec![], vec![]));
}

#[test]
fn an_equal_poll_is_unchanged() {
    for status in BatchStatus::ALL {
        let change = between(sample(status), sample(status));
        assert_eq!(change.relation, Unchanged, "{status}");
        assert_eq!((change.events, change.alarms, change.skipped), (vec![], vec![], vec![]), "{status}");
    }
}

#[test]
fn null_and_spelling_are_no_change() {
    let read = |json: &Value| -> RawBatch {
        let mut draft = RawBatch::default();
        read_json(&serde_json::to_vec(json).unwrap(), &mut draft).unwrap();
        draft
    };
    let plain = read(&sample(InProgress));
    let null =
        sample_with(InProgress, &json!({ "status": "IN_PROGRESS", "errors": null, "error_file_id": "" }));
    let drifted = read(&null);
    let profile = ProfileName::Compatible.profile();
    let mut violations = Violations::default();
    let before = interpret(&plain, plain.string_bytes(), profile, &mut violations);
    let after = interpret(&drifted, drifted.string_bytes(), profile, &mut violations);
    assert_eq!(compare_snapshots(&before, &after).relation, Unchanged);
}

#[test]
fn an_unobserved_transition_is_unusual() {
    for (before, after, unusual) in [
        (Cancelling, Completed, true),
        (Cancelling, Cancelled, false),
        (Finalizing, Expired, false),
        (InProgress, Expired, false),
        (InProgress, Failed, true),
        (Validating, Failed, false),
        // The path over in_progress is observed, although the direct transition is not.
        (Validating, Expired, false),
    ] {
        let whole = json!({ "request_counts": { "completed": 0, "failed": 0, "total": 100 } });
        let (mut was, mut is) = (sample_with(before, &whole), sample(after));
        is["request_counts"] = json!({ "completed": 98, "failed": 2, "total": 100 });
        // Timestamps stay once they are written: take over those of the look before.
        for (name, value) in was.as_object_mut().unwrap() {
            if name.ends_with("_at") && is.get(name).is_none() {
                is[name] = value.clone();
            }
        }
        let change = between(was, is);
        assert_eq!((change.relation, change.unusual), (Advanced, unusual), "{before} -> {after}: {change:?}");
    }
}

#[test]
fn metadata_gives_no_direction() {
    let red = |status| sample_with(status, &json!({ "metadata": { "team": "red" } }));
    let blue = |status| sample_with(status, &json!({ "metadata": { "team": "blue" } }));
    assert_eq!(between(red(InProgress), blue(Finalizing)).relation, Advanced);
    assert_eq!(between(red(Finalizing), blue(InProgress)).relation, Stale);
    assert_eq!(between(red(InProgress), blue(InProgress)).relation, Conflicting);
}

#[test]
fn changed_metadata_lists_its_keys() {
    let with = |pairs: Value| sample_with(InProgress, &json!({ "metadata": pairs }));
    let change = between(with(json!({ "a": "1", "b": "2" })), with(json!({ "b": "3", "c": "4" })));
    let [BatchEvent::MetadataChanged { keys }] = &change.events[..] else { panic!("{change:?}") };
    let mut keys = keys.clone();
    keys.sort();
    assert_eq!((change.relation, keys), (Conflicting, vec!["a".into(), "b".into(), "c".into()]));
}

//! The rest of the view: files, errors, invalid values, and messages.

mod counts;
mod outcome;
mod pace;
mod poll;
mod progress;
mod summary;
mod timeline;

use crate::support::rows::rows;
use crate::support::samples::{CREATED, DAY, sample, sample_with};
use crate::support::views::{HOUR, view_at, view_of};
use batchlight::BatchStatus::{self, Completed, Failed, InProgress, Validating};
use batchlight::model::FileRole;
use batchlight::view::{
    BatchView, Catalog, DescribeOptions, Group, MESSAGES, ProgressSample, Tone, describe, describe_json,
};
use batchlight::{ProfileName, Snapshot};
use serde_json::json;

#[test]
fn a_batch_can_be_cancelled_until_results_are_written() {
    for status in BatchStatus::ALL {
        let view = view_at(&sample(status), CREATED);
        assert_eq!(view.cancellable, matches!(status, Validating | InProgress), "{status}");
    }
}

#[test]
fn files_and_errors_are_listed() {
    let view = view_at(&sample(Completed), CREATED);
    let files: Vec<_> =
        view.files.iter().map(|file| (file.role, file.id.as_str(), file.label.as_str())).collect();
    let expected = [
        (FileRole::Input, "file-input", "Input file"),
        (FileRole::Output, "file-output", "Output file"),
        (FileRole::Error, "file-error", "Error file"),
    ];
    assert_eq!(files, expected);
    let reasons = json!({ "errors": { "data": [
        {
            "code": "invalid_json_line", "line": 1234,
            "message": "This line is not parseable.", "param": "body"
        },
        { "code": "empty_file" },
        { "message": "m".repeat(600) },
        {},
    ] } });
    let view = view_at(&sample_with(Failed, &reasons), CREATED);
    let texts: Vec<_> = view.errors.iter().map(|error| error.text.as_str()).collect();
    assert_eq!(texts[..2], ["Line 1,234: This line is not parseable.", "empty_file"]);
    assert_eq!((texts[2].chars().count(), texts[3]), (501, "No reason given"));
    assert_eq!(view.errors[0].param.as_deref(), Some("body"));
    assert!(
        view.summary.ends_with("no request ran. Line 1,234: This line is not parseable."),
        "{}",
        view.summary
    );
    let many = json!({ "errors": { "data": vec![json!({ "code": "a" }); 250] } });
    let view = view_at(&sample_with(Failed, &many), CREATED);
    assert_eq!((view.errors.len(), view.error_count), (100, 250));
}

#[test]
fn an_invalid_value_has_a_view_that_says_so() {
    for (json, problem) in [
        ("<html>", "expected a value, found \"<\" at line 1, column 1"),
        ("[]", "expected a batch object, found an array of length 0"),
        ("{}", "expected a string, found nothing at status"),
        (r#"{"error":{"message":"no"}}"#, "expected a batch object, found an API error"),
    ] {
        let messages = Catalog::default();
        let look = DescribeOptions { now: CREATED, history: &[], seed: 0, messages: &messages };
        let view = describe_json(json.as_bytes(), ProfileName::Openai, look);
        assert_eq!(
            (view.label.as_str(), view.tone, view.group),
            ("Not a batch", Tone::Danger, Group::Attention)
        );
        assert_eq!(view.summary, format!("This is not a batch: {problem}."), "{json}");
        assert!(!view.valid && view.known_status.is_none() && !view.terminal, "{json}");
    }
}

/// Every string of the view that comes from the catalogue.
fn texts(view: &BatchView) -> Vec<&str> {
    let timing = &view.timing;
    let mut texts = vec![view.label.as_str(), &view.summary, &view.progress.text, view.poll.text()];
    texts.extend(view.advice.as_deref());
    texts.extend(view.timeline.iter().map(|step| step.label.as_str()));
    texts.extend(view.timeline.iter().filter_map(|step| step.duration.as_deref()));
    texts.extend(view.files.iter().map(|file| file.label.as_str()));
    texts.extend(view.errors.iter().map(|error| error.text.as_str()));
    texts.extend(timing.elapsed.as_deref());
    texts.extend(timing.deadline.as_ref().map(|deadline| deadline.text.as_str()));
    texts.extend(timing.eta.as_ref().map(|eta| eta.text.as_str()));
    texts.extend(timing.stall.as_ref().map(|stall| stall.text.as_str()));
    texts
}

#[test]
fn another_catalogue_replaces_every_message() {
    let marked: Vec<_> = MESSAGES.iter().map(|(id, _)| ((*id).to_owned(), format!("<{id}>"))).collect();
    let messages = Catalog::with_replacements(marked);
    let mut seen = std::collections::BTreeSet::new();
    let mut objects: Vec<_> = BatchStatus::ALL.into_iter().map(sample).collect();
    objects.push(sample_with(InProgress, &json!({ "status": "paused" })));
    for object in &objects {
        for now in [CREATED + 900, CREATED + 3 * HOUR, CREATED + 3 * DAY] {
            let view = view_of(object, now, &[], &messages);
            for text in texts(&view) {
                let marked = text.starts_with('<') && text.ends_with('>') && !text.contains(' ');
                assert!(marked, "{text:?} is not from the catalogue");
                seen.insert(text.to_owned());
            }
        }
    }
    assert!(seen.len() > 50, "{seen:?}");
}

#[test]
fn replacements_contain_values_and_keep_other_messages() {
    let messages = Catalog::with_replacements(vec![
        ("summary.in_progress_failed".into(), "{failed} von {total} gescheitert".into()),
        ("label.in_progress".into(), "Läuft".into()),
        ("label.in_progress".into(), "Unterwegs".into()),
        ("no.such.id".into(), "nothing".into()),
    ]);
    let view = view_of(&sample(InProgress), CREATED + HOUR, &[], &messages);
    assert_eq!(view.summary, "2 von 100 gescheitert");
    assert_eq!(view.label, "Unterwegs", "the last one counts");
    assert_eq!(view.progress.text, "42 of 100 requests finished, 2 failed");
}

#[test]
fn every_placeholder_is_filled() {
    let mut objects: Vec<_> = BatchStatus::ALL.into_iter().map(sample).collect();
    objects.extend(rows().into_iter().map(|row| row.batch));
    for object in objects {
        for now in [CREATED, CREATED + HOUR, CREATED + 3 * DAY] {
            let view = view_at(&object, now);
            for text in texts(&view) {
                assert!(!text.contains(['{', '}']) && !text.is_empty(), "{text:?} of {object}");
            }
        }
    }
}

#[test]
fn every_message_is_used() {
    // Each message is enclosed in its own marks, so that a message inside another one is found, too.
    let marked = |(id, text): &(&str, &str)| ((*id).to_owned(), format!("<{id}>{text}"));
    let messages = Catalog::with_replacements(MESSAGES.iter().map(marked).collect());
    let count = |completed: u64, failed: u64, total: u64| {
        let counts = json!({ "completed": completed, "failed": failed, "total": total });
        json!({ "request_counts": counts })
    };
    let mut objects: Vec<_> = rows().into_iter().map(|row| row.batch).collect();
    objects.extend([json!([]), sample_with(InProgress, &json!({ "status": "paused" }))]);
    objects.push(json!({ "created_at": CREATED }));
    for status in BatchStatus::ALL {
        objects.push(sample(status));
        for (completed, failed, total) in [
            (0, 0, 0),
            (0, 0, 9),
            (1, 0, 1),
            (0, 1, 1),
            (0, 9, 9),
            (9, 0, 9),
            (4, 2, 9),
            (6, 3, 9),
            (9998, 0, 9999),
            (15, 0, 10),
            (5, 0, 0),
        ] {
            objects.push(sample_with(status, &count(completed, failed, total)));
        }
        let unsaid = json!({ "request_counts": null, "errors": null, "output_file_id": null });
        objects.push(sample_with(status, &unsaid));
        let nothing = json!({ "output_file_id": null, "error_file_id": null });
        let counted = json!({ "completed": 0, "failed": 0, "total": 0 });
        let mut empty = sample_with(status, &nothing);
        empty["request_counts"] = counted;
        objects.push(empty);
        let mut ran = unsaid;
        ran["request_counts"] = json!({ "completed": 4, "failed": 2, "total": 9 });
        objects.push(sample_with(status, &ran));
        objects.push(sample_with(status, &json!({ "request_counts": null, "errors": { "data": [{}] } })));
    }
    let history = [ProgressSample { at: CREATED + 61, completed: 40, failed: 2 }];
    // A parsed value without a status always has an error, so that only a snapshot can lack one without
    // errors.
    let look = DescribeOptions { now: CREATED, history: &[], seed: 0, messages: &messages };
    let mut seen = texts(&describe(&Snapshot::default(), Vec::new(), look)).concat();
    for object in &objects {
        for now in [CREATED, CREATED + 1, CREATED + 3661, CREATED + 3 * HOUR, CREATED + 2 * DAY + 3600] {
            for history in [&history[..], &[]] {
                seen.extend(texts(&view_of(object, now, history, &messages)));
            }
        }
    }
    let idle: Vec<_> =
        MESSAGES.iter().map(|(id, _)| *id).filter(|id| !seen.contains(&format!("<{id}>"))).collect();
    assert_eq!(idle, [] as [&str; 0]);
}

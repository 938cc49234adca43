//! The view: progress that never lies, the timeline, time, and the words for it all.

#[path = "fixtures/rows.rs"]
mod rows;
#[path = "fixtures/samples.rs"]
mod samples;

use batchlight::model::Stamp;
use batchlight::view::{
    BatchView, Eta, FileKind, Group, Look, MESSAGES, ProgressSample, StallKind, StepState, Tone, Words,
    describe_json,
};
use batchlight::{BatchStatus, ProfileName, Snapshot, parse_as};
use rows::rows;
use samples::{CREATED, DAY, sample, sample_with, sample_without};
use serde_json::{Value, json};

use BatchStatus::{Cancelled, Cancelling, Completed, Expired, Failed, Finalizing, InProgress, Validating};
use StepState::{Current, Done, Upcoming};

const HOUR: u64 = 3600;

fn view_of(object: &Value, now: u64, history: &[ProgressSample], words: &Words) -> BatchView {
    let json = serde_json::to_vec(object).unwrap();
    describe_json(&json, ProfileName::Compatible, Look { now, history, seed: 0, words })
}

fn view_at(object: &Value, now: u64) -> BatchView {
    view_of(object, now, &[], &Words::default())
}

fn counts(completed: impl Into<Value>, failed: impl Into<Value>, total: impl Into<Value>) -> Value {
    let (completed, failed, total) = (completed.into(), failed.into(), total.into());
    json!({ "request_counts": { "completed": completed, "failed": failed, "total": total } })
}

#[test]
fn progress_is_a_fraction_only_where_there_is_one() {
    let null = Value::Null;
    for (status, counts, fraction, succeeded, text) in [
        (Validating, counts(0, 0, 0), None, None, "Number of requests not known yet"),
        (InProgress, counts(0, 0, 0), None, None, "Number of requests not known yet"),
        (
            InProgress,
            counts(null.clone(), null.clone(), null.clone()),
            None,
            None,
            "Number of requests not known yet",
        ),
        (InProgress, counts(null.clone(), null.clone(), 3), None, None, "Number of requests not known yet"),
        (InProgress, counts(1, null.clone(), 4), Some(0.25), Some(0.25), "1 of 4 requests finished"),
        (InProgress, counts(1, 0, null), None, None, "Number of requests not known yet"),
        (InProgress, counts(0, 0, 4), Some(0.0), Some(0.0), "0 of 4 requests finished"),
        (InProgress, counts(2, 1, 4), Some(0.75), Some(0.5), "3 of 4 requests finished, 1 failed"),
        (InProgress, counts(4, 0, 4), Some(0.99), Some(0.99), "4 of 4 requests finished"),
        (InProgress, counts(3, 3, 4), Some(0.99), Some(0.75), "6 of 4 requests finished, 3 failed"),
        (Finalizing, counts(4, 0, 4), Some(0.99), Some(0.99), "4 of 4 requests finished"),
        (Cancelling, counts(0, 4, 4), Some(0.99), Some(0.0), "4 of 4 requests finished, 4 failed"),
        (Completed, counts(4, 0, 4), Some(1.0), Some(1.0), "4 of 4 requests finished"),
        (Completed, counts(1, 3, 4), Some(1.0), Some(0.25), "4 of 4 requests finished, 3 failed"),
        (Completed, counts(9, 0, 4), Some(1.0), Some(1.0), "9 of 4 requests finished"),
        (Cancelled, counts(1, 0, 4), Some(0.25), Some(0.25), "1 of 4 requests finished"),
        (Expired, counts(1000, 0, 4000), Some(0.25), Some(0.25), "1,000 of 4,000 requests finished"),
    ] {
        let progress = view_at(&sample_with(status, &counts), CREATED + HOUR).progress;
        assert_eq!(
            (progress.fraction, progress.succeeded_fraction),
            (fraction, succeeded),
            "{status} {counts}"
        );
        assert_eq!(progress.text, text, "{status} {counts}");
    }
}

#[test]
fn progress_without_counts_is_unknown() {
    let progress = view_at(&sample_without(InProgress, &["request_counts"]), CREATED).progress;
    assert_eq!(
        (progress.completed, progress.failed, progress.total, progress.fraction),
        (None, None, None, None)
    );
}

#[test]
fn the_timeline_tells_what_was_and_what_is_ahead() {
    let created = (Validating, Done, Some(CREATED), None);
    let started = (InProgress, Done, Some(CREATED + 60), Some(60));
    let wrote = (Finalizing, Done, Some(CREATED + 3600), Some(3540));
    let ahead = |status| (status, Upcoming, None, None);
    for (object, expected) in [
        (
            sample(Validating),
            vec![
                (Validating, Current, Some(CREATED), None),
                ahead(InProgress),
                ahead(Finalizing),
                ahead(Completed),
            ],
        ),
        (
            sample(InProgress),
            vec![
                created,
                (InProgress, Current, Some(CREATED + 60), Some(60)),
                ahead(Finalizing),
                ahead(Completed),
            ],
        ),
        (
            sample(Finalizing),
            vec![created, started, (Finalizing, Current, Some(CREATED + 3600), Some(3540)), ahead(Completed)],
        ),
        (sample(Completed), vec![created, started, wrote, (Completed, Done, Some(CREATED + 3660), Some(60))]),
        (sample(Failed), vec![created, (Failed, Done, Some(CREATED + 30), Some(30))]),
        (sample(Expired), vec![created, started, (Expired, Done, Some(CREATED + DAY), Some(DAY - 60))]),
        (
            sample(Cancelling),
            vec![created, started, (Cancelling, Current, Some(CREATED + 600), Some(540)), ahead(Cancelled)],
        ),
        (
            sample(Cancelled),
            vec![
                created,
                started,
                (Cancelling, Done, Some(CREATED + 600), Some(540)),
                (Cancelled, Done, Some(CREATED + 1200), Some(600)),
            ],
        ),
        // Cancelled before it ran.
        (
            sample_without(Cancelled, &["in_progress_at"]),
            vec![
                created,
                (Cancelling, Done, Some(CREATED + 600), Some(600)),
                (Cancelled, Done, Some(CREATED + 1200), Some(600)),
            ],
        ),
        // Azure skips stamps, and writes none for failed: the step is there, its time is not.
        (
            sample_without(Completed, &["in_progress_at", "finalizing_at"]),
            vec![created, (Completed, Done, Some(CREATED + 3660), Some(3660))],
        ),
        (sample_without(Failed, &["failed_at"]), vec![created, (Failed, Done, None, None)]),
        // Stamps out of order have no duration between them.
        (
            sample_with(InProgress, &json!({ "in_progress_at": CREATED - 1 })),
            vec![
                created,
                (InProgress, Current, Some(CREATED - 1), None),
                ahead(Finalizing),
                ahead(Completed),
            ],
        ),
    ] {
        let timeline = view_at(&object, CREATED + HOUR).timeline;
        let steps: Vec<_> =
            timeline.iter().map(|step| (step.status, step.state, step.at, step.seconds)).collect();
        assert_eq!(steps, expected, "{object}");
        for step in timeline {
            assert_eq!(step.duration.is_some(), step.seconds.is_some(), "{object}");
            assert!(!step.label.is_empty(), "{object}");
        }
    }
    assert_eq!(view_at(&sample_with(InProgress, &json!({ "status": "queued" })), CREATED).timeline, []);
}

#[test]
fn the_deadline_counts_down_until_the_end() {
    let deadline = |status, now| view_at(&sample(status), now).timing.deadline;
    let ahead = deadline(InProgress, CREATED + DAY - 2 * HOUR - 300).unwrap();
    assert_eq!((ahead.at, ahead.seconds_left), (CREATED + DAY, 7500));
    assert_eq!(ahead.text, "2 hours 5 minutes until the deadline");
    let passed = deadline(InProgress, CREATED + DAY + 60).unwrap();
    assert_eq!((passed.seconds_left, passed.text.as_str()), (-60, "The deadline passed 1 minute ago"));
    for status in BatchStatus::ALL {
        assert_eq!(deadline(status, CREATED).is_none(), status.is_terminal(), "{status}");
    }
    let unset = view_at(&sample_without(InProgress, &["expires_at"]), CREATED);
    assert_eq!(unset.timing.deadline, None);
}

#[test]
fn elapsed_time_stops_at_the_end() {
    for (status, elapsed) in
        [(InProgress, 10 * DAY), (Completed, 3660), (Failed, 30), (Expired, DAY), (Cancelled, 1200)]
    {
        let timing = view_at(&sample(status), CREATED + 10 * DAY).timing;
        assert_eq!(timing.elapsed_seconds, Some(elapsed), "{status}");
    }
    let forgotten = view_at(&sample_without(Completed, &["completed_at"]), CREATED + 10 * DAY).timing;
    assert_eq!(forgotten.elapsed_seconds, Some(3600), "the latest stamp there is");
    assert_eq!(
        view_at(&sample(InProgress), CREATED - 5).timing.elapsed_seconds,
        Some(0),
        "a clock that is behind"
    );
}

fn finished(at: u64, completed: u64) -> ProgressSample {
    ProgressSample { at, completed, failed: 0 }
}

/// The time left of a run of 1000 requests, started at `CREATED`, of which so many have finished.
fn eta(finished: u64, seconds: u64, history: &[ProgressSample]) -> Option<Eta> {
    let running = json!({
        "in_progress_at": CREATED,
        "request_counts": { "completed": finished, "failed": 0, "total": 1000 },
    });
    let object = sample_with(InProgress, &running);
    view_of(&object, CREATED + seconds, history, &Words::default()).timing.eta
}

#[test]
fn the_time_left_is_a_range_around_the_rate() {
    for done in [50, 100, 300, 500, 900, 999] {
        let eta = eta(done, 2 * done, &[]).unwrap_or_else(|| panic!("{done} finished"));
        let exact = 2 * (1000 - done);
        assert!(eta.earliest_seconds <= exact && exact <= eta.latest_seconds, "{done}: {eta:?}");
        assert!(eta.latest_seconds <= (6 * eta.earliest_seconds).max(120), "{done}: {eta:?}");
    }
    assert_eq!(eta(900, 1800, &[]).unwrap().text, "About 3 minutes to 4 minutes left");
    assert_eq!(eta(999, 1998, &[]).unwrap().text, "Less than 1 minute left");
}

#[test]
fn no_time_left_is_said_where_the_rate_supports_none() {
    for (what, none) in [
        ("nothing finished", eta(0, HOUR, &[])),
        ("too little finished", eta(19, HOUR, &[])),
        ("too little time", eta(500, 59, &[])),
        ("all finished", eta(1000, HOUR, &[])),
        ("more finished than there are", eta(1001, HOUR, &[])),
        // A quick start, and next to nothing since.
        ("a slow end", eta(900, 10 * HOUR, &[finished(CREATED + 600, 890)])),
        // Two rates that are far apart.
        ("a rate that changed", eta(900, 2 * HOUR, &[finished(CREATED + 300, 800)])),
    ] {
        assert_eq!(none, None, "{what}");
    }
    assert!(eta(20, 60, &[finished(CREATED + 120, 0)]).is_some(), "a sample from the future is no sample");
    for status in [Validating, Finalizing, Cancelling, Completed] {
        assert_eq!(view_at(&sample(status), CREATED + HOUR).timing.eta, None, "{status}");
    }
    let unstamped = view_at(&sample_without(InProgress, &["in_progress_at"]), CREATED + HOUR);
    assert_eq!(unstamped.timing.eta, None);
}

fn stall(object: &Value, now: u64, history: &[ProgressSample]) -> Option<(StallKind, u64)> {
    let stall = view_of(object, now, history, &Words::default()).timing.stall?;
    assert!(stall.text.contains(|c: char| c.is_ascii_digit()), "{}", stall.text);
    Some((stall.kind, stall.seconds))
}

#[test]
fn nothing_that_was_recorded_is_called_a_stall() {
    for (status, seconds) in [
        // Cassettes: 0 to 63 seconds. Reported: 20 seconds to 15 minutes.
        (Validating, 0),
        (Validating, 63),
        (Validating, 15 * 60),
        // Cassettes: 0 to 4 seconds; Azure's examples take 4 minutes.
        (Finalizing, 4),
        (Finalizing, 252),
        // Documented: up to 10 minutes; others saw 11; DashScope took 3111 seconds.
        (Cancelling, 10 * 60),
        (Cancelling, 11 * 60),
        (Cancelling, 3111),
        // A window of 24 hours; one batch expired half an hour late.
        (InProgress, DAY - 60),
        (InProgress, DAY + 30 * 60 - 60),
    ] {
        let object = sample(status);
        let entered = object[status.stamp().member().name()].as_u64().unwrap();
        assert_eq!(stall(&object, entered + seconds, &[]), None, "{status} for {seconds} s");
    }
}

#[test]
fn no_fixture_stalled_on_its_way() {
    let mut steps = 0;
    for row in rows().into_iter().filter(|row| !row.partial && row.kind != "synthetic") {
        let batch = parse_as(&row.json(), row.profile()).unwrap().batch;
        let stamps = Snapshot::from(&batch).stamps;
        let mut entered: Vec<_> = BatchStatus::ALL
            .into_iter()
            .filter_map(|status| stamps.get(status.stamp()).map(|at| (at, status)))
            .filter(|&(_, status)| {
                status == Validating || status.can_reach(batch.status, batchlight::Evidence::Recorded)
            })
            .collect();
        entered.sort_by_key(|&(at, status)| (at, status.is_terminal(), status != Validating));
        for pair in entered.windows(2).filter(|pair| !pair[0].1.is_terminal()) {
            // The object as it stood the moment before the next step.
            let ((_, status), (next, _)) = (pair[0], pair[1]);
            // Without the stamp of running, validation seems to last until the end.
            if status == Validating && stamps.get(Stamp::InProgress).is_none() {
                continue;
            }
            let mut before = row.batch.clone();
            before["status"] = json!(status);
            assert_eq!(stall(&before, next, &[]), None, "{}, {status}", row.name());
            steps += 1;
        }
    }
    assert!(steps > 60, "{steps} steps were looked at");
}

#[test]
fn what_takes_longer_than_any_record_is_said() {
    let long = StallKind::LongState;
    for (status, limit) in [(Validating, 30 * 60), (Finalizing, 30 * 60), (Cancelling, 2 * HOUR)] {
        let object = sample(status);
        let entered = object[status.stamp().member().name()].as_u64().unwrap();
        assert_eq!(stall(&object, entered + limit, &[]), None, "{status}");
        assert_eq!(stall(&object, entered + limit + 1, &[]), Some((long, limit + 1)), "{status}");
    }
    let deadline = CREATED + DAY;
    assert_eq!(stall(&sample(InProgress), deadline + HOUR, &[]), None);
    let overdue = Some((StallKind::Overdue, HOUR + 1));
    assert_eq!(stall(&sample(InProgress), deadline + HOUR + 1, &[]), overdue);
    // Azure's batches run on past the deadline.
    assert_eq!(stall(&sample(Finalizing), deadline + HOUR + 1, &[]), overdue);
}

#[test]
fn standing_still_is_said_when_samples_show_it() {
    let object = sample(InProgress);
    let same = |at| ProgressSample { at, completed: 40, failed: 2 };
    let now = CREATED + 5 * HOUR;
    assert_eq!(stall(&object, now, &[]), None, "without samples nobody knows");
    assert_eq!(stall(&object, now, &[same(now - 2 * HOUR)]), None);
    let still = Some((StallKind::NoProgress, 2 * HOUR + 1));
    assert_eq!(stall(&object, now, &[same(now - 60), same(now - 2 * HOUR - 1)]), still);
    assert_eq!(stall(&object, now, &[finished(now - 3 * HOUR, 39)]), None, "one more finished since");
    assert_eq!(stall(&sample(Finalizing), CREATED + 3660, &[same(CREATED)]), None);
}

#[test]
fn an_ended_batch_never_stalls() {
    for status in BatchStatus::ALL.into_iter().filter(|status| status.is_terminal()) {
        assert_eq!(stall(&sample(status), CREATED + 100 * DAY, &[finished(CREATED, 40)]), None, "{status}");
    }
}

#[test]
fn a_batch_can_be_cancelled_until_results_are_written() {
    for status in BatchStatus::ALL {
        let view = view_at(&sample(status), CREATED);
        assert_eq!(view.cancellable, matches!(status, Validating | InProgress), "{status}");
    }
}

#[test]
fn files_and_reasons_are_listed() {
    let view = view_at(&sample(Completed), CREATED);
    let files: Vec<_> =
        view.files.iter().map(|file| (file.kind, file.id.as_str(), file.label.as_str())).collect();
    let expected = [
        (FileKind::Input, "file-input", "Input file"),
        (FileKind::Output, "file-output", "Output file"),
        (FileKind::Error, "file-error", "Error file"),
    ];
    assert_eq!(files, expected);
    let reasons = json!({ "errors": { "data": [
        { "code": "invalid_json_line", "line": 1234, "message": "This line is not parseable.", "param": "body" },
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
fn what_is_no_batch_says_so() {
    for (json, problem) in [
        ("<html>", "expected a value, found \"<\" at line 1, column 1"),
        ("[]", "expected a batch object, found an array of 0"),
        ("{}", "expected a string, found nothing at status"),
        (r#"{"error":{"message":"no"}}"#, "expected a batch object, found an API error"),
    ] {
        let words = Words::default();
        let look = Look { now: CREATED, history: &[], seed: 0, words: &words };
        let view = describe_json(json.as_bytes(), ProfileName::Openai, look);
        assert_eq!(
            (view.label.as_str(), view.tone, view.group),
            ("Not a batch", Tone::Danger, Group::Attention)
        );
        assert_eq!(view.summary, format!("This is not a batch: {problem}."), "{json}");
        assert!(!view.valid && view.known_status.is_none() && !view.terminal, "{json}");
    }
}

/// Every text of the view that comes from the catalogue.
fn texts(view: &BatchView) -> Vec<&str> {
    let timing = &view.timing;
    let mut texts = vec![view.label.as_str(), &view.summary, &view.progress.text, &view.poll.text];
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
fn another_catalogue_replaces_every_text() {
    let marked: Vec<_> = MESSAGES.iter().map(|(id, _)| ((*id).to_owned(), format!("<{id}>"))).collect();
    let words = Words::replacing(marked);
    let mut seen = std::collections::BTreeSet::new();
    let mut objects: Vec<_> = BatchStatus::ALL.into_iter().map(sample).collect();
    objects.push(sample_with(InProgress, &json!({ "status": "queued" })));
    for object in &objects {
        for now in [CREATED + 900, CREATED + 3 * HOUR, CREATED + 3 * DAY] {
            let view = view_of(object, now, &[], &words);
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
fn replaced_words_fill_in_values_and_leave_the_rest() {
    let words = Words::replacing(vec![
        ("summary.in_progress_failed".into(), "{failed} von {total} gescheitert".into()),
        ("label.in_progress".into(), "Läuft".into()),
        ("label.in_progress".into(), "Unterwegs".into()),
        ("no.such.id".into(), "nothing".into()),
    ]);
    let view = view_of(&sample(InProgress), CREATED + HOUR, &[], &words);
    assert_eq!(view.summary, "2 von 100 gescheitert");
    assert_eq!(view.label, "Unterwegs", "the last one counts");
    assert_eq!(view.progress.text, "42 of 100 requests finished, 2 failed");
}

#[test]
fn every_message_is_filled_by_what_it_names() {
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

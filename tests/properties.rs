//! What holds for every batch, whatever its life, and for every value, whatever it is.

#[path = "fixtures/lives.rs"]
mod lives;
#[path = "fixtures/samples.rs"]
mod samples;

use batchlight::check::{Draft, read_json};
use batchlight::json::{Scanner, Token};
use batchlight::lifecycle::ChangeRelation::{Advanced, Conflicting, Stale, Unchanged};
use batchlight::model::{
    BatchError, BatchErrors, BatchRequestCounts, BatchUsage, InputTokensDetails, MEMBERS,
    OutputTokensDetails, Profile,
};
use batchlight::view::{BatchView, Look, ProgressSample, Tone, Words, describe_json};
use batchlight::{Batch, BatchStatus, Level, ProfileName, compare, issues, parse_as};
use lives::{Habit, chances, has_deadline, live};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::FileFailurePersistence;
use samples::sample;
use serde::de::IgnoredAny;
use serde_json::{Value, json};

fn config() -> ProptestConfig {
    let default = ProptestConfig::default();
    ProptestConfig {
        // PROPTEST_CASES asks for more.
        cases: default.cases.max(512),
        failure_persistence: Some(Box::new(FileFailurePersistence::WithSource("regressions"))),
        ..default
    }
}

fn statuses() -> impl Strategy<Value = BatchStatus> {
    select(&BatchStatus::ALL[..])
}

fn profiles() -> impl Strategy<Value = ProfileName> {
    select(Profile::ALL.map(|profile| profile.name).to_vec())
}

/// Batches of so few values that two of them have much in common, and many are no later than the other.
fn close_batches() -> impl Strategy<Value = Batch> {
    let stamps = vec(option::of(1..3_u64), 7);
    let file = || option::weighted(0.3, select(&["file-1", "file-2"][..]).prop_map(str::to_owned));
    let counts = option::of((0..3_u64, 0..2_u64, 0..3_u64));
    let texts = (file(), file(), file(), option::weighted(0.1, Just("batch_2".to_owned())));
    let rest = (option::weighted(0.2, 0..3_u64), option::weighted(0.3, 0..3_usize), 0..3_u8);
    (statuses(), stamps, counts, texts, rest).prop_map(|(status, stamps, counts, texts, rest)| {
        let (output, error, model, id) = texts;
        let (tokens, reasons, labels) = rest;
        let reason = BatchError { code: Some("c".into()), ..BatchError::default() };
        Batch {
            id: id.unwrap_or_else(|| "batch_1".into()),
            object: "batch".into(),
            endpoint: "/v1/embeddings".into(),
            model,
            errors: reasons
                .map(|count| BatchErrors { data: Some(vec![reason; count]), object: Some("list".into()) }),
            input_file_id: "file-input".into(),
            completion_window: "24h".into(),
            status,
            output_file_id: output,
            error_file_id: error,
            created_at: 1,
            in_progress_at: stamps[0],
            expires_at: None,
            finalizing_at: stamps[1],
            completed_at: stamps[2],
            failed_at: stamps[3],
            expired_at: stamps[4],
            cancelling_at: stamps[5],
            cancelled_at: stamps[6],
            request_counts: counts.map(|(completed, failed, total)| BatchRequestCounts {
                completed,
                failed,
                total,
            }),
            usage: tokens.map(|tokens| BatchUsage {
                input_tokens: tokens,
                input_tokens_details: InputTokensDetails::default(),
                output_tokens: 0,
                output_tokens_details: OutputTokensDetails::default(),
                total_tokens: tokens,
            }),
            metadata: (labels > 0).then(|| json!({ "label": labels.to_string() })),
        }
    })
}

/// A batch and one that differs from it in few things, so that every relation comes up.
fn pairs() -> impl Strategy<Value = (Batch, Batch)> {
    let copied = vec(any::<bool>(), 12);
    (close_batches(), close_batches(), copied).prop_map(|(before, other, own)| {
        let mut after = before.clone();
        if own[0] && own[1] {
            after = other;
        } else {
            if own[2] {
                after.status = other.status;
            }
            if own[3] {
                after.request_counts = other.request_counts;
            }
            if own[4] {
                after.completed_at = other.completed_at;
            }
            if own[5] {
                after.output_file_id = other.output_file_id;
            }
            if own[6] {
                after.errors = other.errors;
            }
            if own[7] {
                after.usage = other.usage;
            }
            if own[8] {
                after.metadata = other.metadata;
            }
            if own[9] {
                after.model = other.model;
            }
        }
        (before, after)
    })
}

/// Any JSON value, its keys those of a batch as often as not.
fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        (0..5_u64).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        words().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 48, 8, |inside| {
        prop_oneof![
            vec(inside.clone(), 0..6).prop_map(Value::from),
            btree_map(keys(), inside, 0..8).prop_map(|map| map.into_iter().collect()),
        ]
    })
}

fn keys() -> impl Strategy<Value = String> {
    let known = select(MEMBERS.iter().map(|info| info.name.to_owned()).collect::<Vec<_>>());
    prop_oneof![4 => known, 1 => any::<String>()]
}

/// Texts that servers send where a batch has texts.
fn words() -> impl Strategy<Value = String> {
    let known = [
        "",
        "batch",
        "list",
        "24h",
        "7d",
        "completed",
        "CANCELED",
        "in-progress",
        "queued",
        "1736489775",
        "2025-01-10T06:16:15Z",
        "2000-01-01T00:00:00+08:00",
        "/v1/embeddings",
        "file-1",
    ];
    select(known.map(str::to_owned).to_vec())
}

/// Batches in which some members hold anything.
fn mutants() -> impl Strategy<Value = Value> {
    (statuses(), btree_map(keys(), option::weighted(0.8, values()), 0..4)).prop_map(|(status, members)| {
        let mut batch = sample(status);
        for (name, value) in members {
            match value {
                Some(value) => batch[&name] = value,
                None => drop(batch.as_object_mut().unwrap().remove(&name)),
            }
        }
        batch
    })
}

/// JSON text in which keys stand more than once.
fn texts() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        values().prop_map(|value| value.to_string()),
        statuses().prop_map(|status| sample(status).to_string()),
    ];
    leaf.prop_recursive(3, 32, 6, |inside| {
        let member = (keys(), inside.clone()).prop_map(|(key, value)| format!("{} : {value}", json!(key)));
        prop_oneof![
            vec(inside, 0..4).prop_map(|values| format!("[{}]", values.join(" ,\n"))),
            vec(member, 0..10).prop_map(|members| format!("{{{}}}", members.join(" , "))),
        ]
    })
}

/// A batch some of whose members stand once more, some of them with members that do.
fn doubled() -> impl Strategy<Value = String> {
    let member = prop_oneof![
        3 => (keys(), values().prop_map(|value| value.to_string())),
        1 => (select(["errors", "request_counts", "usage", "metadata"].map(str::to_owned).to_vec()), texts()),
    ];
    (mutants(), vec(member, 1..5)).prop_map(|(batch, members)| {
        let batch = batch.to_string();
        let body = batch.strip_suffix('}').unwrap().to_owned();
        members.iter().fold(body, |text, (key, value)| format!("{text},{}:{value}", json!(key))) + "}"
    })
}

/// Text that was JSON before a few of its bytes were changed.
fn damaged() -> impl Strategy<Value = Vec<u8>> {
    let byte = prop_oneof![any::<u8>(), select(b"{}[]\",:\\ue0-+.1 \n\t".to_vec())];
    (texts(), vec((any::<prop::sample::Index>(), 0..3_u8, byte), 0..4)).prop_map(|(text, changes)| {
        let mut bytes = text.into_bytes();
        for (at, how, byte) in changes {
            let at = at.index(bytes.len() + 1);
            match how {
                0 => bytes.insert(at, byte),
                1 if at < bytes.len() => bytes[at] = byte,
                _ => bytes.truncate(at.max(1)),
            }
        }
        bytes
    })
}

fn samples_of_progress() -> impl Strategy<Value = Vec<ProgressSample>> {
    let sample = (any::<u64>(), any::<u64>(), 0..100_u64);
    vec(sample.prop_map(|(at, completed, failed)| ProgressSample { at, completed, failed }), 0..3)
}

/// What every view keeps to.
fn assert_honest(view: &BatchView) -> Result<(), TestCaseError> {
    let progress = &view.progress;
    let completed = view.known_status == Some(BatchStatus::Completed);
    if let Some(fraction) = progress.fraction {
        prop_assert!((0.0..=1.0).contains(&fraction), "{fraction}");
        prop_assert!(fraction < 1.0 || view.terminal, "full before the end");
        prop_assert!(progress.succeeded_fraction.is_some_and(|part| (0.0..=fraction).contains(&part)));
    }
    if view.tone == Tone::Success {
        prop_assert!(completed && progress.failed == Some(0), "green with failures");
        prop_assert!(progress.completed >= progress.total && progress.total.is_some());
    }
    prop_assert_eq!(view.outcome.is_some(), view.terminal);
    prop_assert_eq!(view.poll.seconds.is_none(), view.terminal);
    prop_assert!(view.poll.seconds.is_none_or(|seconds| seconds.is_finite() && seconds > 0.0));
    prop_assert!(!view.summary.is_empty());
    let invalid = view.issues.iter().any(|issue| issue.level == Level::Error);
    prop_assert_eq!(view.valid, !invalid);
    Ok(())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn no_life_leads_to_an_error(chances in chances(), profile in profiles()) {
        for look in live(&chances, Habit::Any) {
            prop_assert!(has_deadline(&look));
            let errors: Vec<_> =
                issues(&look, profile).into_iter().filter(|issue| issue.level == Level::Error).collect();
            prop_assert_eq!(errors, []);
        }
    }

    #[test]
    fn a_life_as_openai_has_it_breaks_no_rule(chances in chances()) {
        for look in live(&chances, Habit::Openai) {
            prop_assert_eq!(issues(&look, ProfileName::Openai), []);
        }
    }

    #[test]
    fn looks_at_a_life_are_in_order(chances in chances(), any in any::<bool>()) {
        let looks = live(&chances, if any { Habit::Any } else { Habit::Openai });
        for (index, before) in looks.iter().enumerate() {
            for after in &looks[index + 1..] {
                let change = compare(before, after);
                prop_assert_eq!(change.relation, Advanced, "{:?}", change);
                prop_assert!(any || !change.unusual);
                prop_assert_eq!(compare(after, before).relation, Stale);
            }
        }
    }

    #[test]
    fn comparing_the_other_way_round_turns_the_answer((a, b) in pairs()) {
        let (there, back) = (compare(&a, &b), compare(&b, &a));
        let turned = match there.relation {
            Unchanged => Unchanged,
            Advanced => Stale,
            Stale => Advanced,
            Conflicting => Conflicting,
        };
        prop_assert_eq!(back.relation, turned, "{:?}\n{:?}", there, back);
        prop_assert!(a != b || there.relation == Unchanged);
        prop_assert!(there.relation != Unchanged || there.events.is_empty(), "{:?}", there);
        prop_assert!(there.relation == Conflicting || there.alarms.is_empty(), "{:?}", there);
    }

    #[test]
    fn what_was_parsed_parses_to_the_same(value in mutants(), profile in profiles()) {
        if let Ok(parsed) = parse_as(value.to_string().as_bytes(), profile) {
            let json = serde_json::to_string(&parsed.batch).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Batch>(&json).unwrap(), &parsed.batch);
            let again = parse_as(json.as_bytes(), profile);
            prop_assert_eq!(&again.map(|again| again.batch), &Ok(parsed.batch));
        }
    }

    #[test]
    fn anything_is_described_honestly(
        value in prop_oneof![values(), mutants()],
        profile in profiles(),
        now in prop_oneof![any::<u64>(), 1_736_489_000..1_736_580_000_u64],
        history in samples_of_progress(),
        seed in any::<u64>(),
    ) {
        let words = Words::default();
        let look = Look { now, history: &history, seed, words: &words };
        assert_honest(&describe_json(value.to_string().as_bytes(), profile, look))?;
    }

    #[test]
    fn any_bytes_are_described_honestly(bytes in prop_oneof![vec(any::<u8>(), 0..64), damaged()]) {
        let words = Words::default();
        let look = Look { now: 0, history: &[], seed: 0, words: &words };
        assert_honest(&describe_json(&bytes, ProfileName::Compatible, look))?;
    }

    #[test]
    fn json_is_what_serde_takes_for_json(bytes in prop_oneof![vec(any::<u8>(), 0..16), damaged()]) {
        // serde_json skips text without looking at its UTF-8, so that is asked for apart.
        let json = std::str::from_utf8(&bytes).is_ok() && serde_json::from_slice::<IgnoredAny>(&bytes).is_ok();
        let read = read_json(&bytes, &mut Draft::default());
        prop_assert_eq!(read.is_ok(), json, "{:?}: {:?}", String::from_utf8_lossy(&bytes), read);
    }

    #[test]
    fn strings_spell_what_serde_says(raw in r#"([ -~éß🕯\u{202e}]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4}|\\ud8[0-9a-f]{2}\\udc[0-9a-f]{2}){0,12}"#) {
        let json = format!("\"{raw}\"");
        let mut scanner = Scanner::new(json.as_bytes()).unwrap();
        let token = scanner.next();
        // Half a surrogate pair is an error to serde_json; here it is read as U+FFFD.
        if let Ok(text) = serde_json::from_str::<String>(&json) {
            let Ok(Some(Token::Text(ours))) = token else { panic!("{json}: {token:?}") };
            prop_assert_eq!(ours.decode(), text);
            prop_assert_eq!(ours.raw(), raw);
        }
    }

    #[test]
    fn of_keys_that_stand_twice_the_last_counts(text in prop_oneof![texts(), doubled()], profile in profiles()) {
        // serde_json keeps the last of them, too.
        let plain = serde_json::from_str::<Value>(&text).unwrap().to_string();
        let what = |json: &str| match parse_as(json.as_bytes(), profile) {
            Ok(parsed) => (Some(parsed.batch), parsed.issues),
            Err(invalid) => (None, invalid.issues),
        };
        let ((batch, twice), (plain_batch, once)) = (what(&text), what(&plain));
        prop_assert_eq!(batch, plain_batch);
        let sorted = |issues: Vec<batchlight::BatchIssue>| {
            let mut all: Vec<_> =
                issues.into_iter().map(|issue| (issue.code, issue.level, format!("{:?}", issue.path))).collect();
            all.sort();
            all
        };
        prop_assert_eq!(sorted(twice), sorted(once));
    }
}

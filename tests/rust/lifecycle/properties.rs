//! Properties of every history of a batch, and of every input value.

use crate::support::generators::{
    damaged, doubled, mutants, pairs, profiles, samples_of_progress, texts, values,
};
use crate::support::histories::{HistoryKind, has_deadline, history, random_steps};
use batchlight::check::{RawBatch, Rule, read_json};
use batchlight::json::{Scanner, Token};
use batchlight::lifecycle::ChangeRelation::{Advanced, Conflicting, Stale, Unchanged};
use batchlight::view::{BatchView, Catalog, DescribeOptions, Tone, describe_json};
use batchlight::{Batch, BatchStatus, Level, ProfileName, compare, issues, parse_as};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;
use serde::de::IgnoredAny;
use serde_json::Value;

fn config() -> ProptestConfig {
    let default = ProptestConfig::default();
    ProptestConfig {
        // 512 cases, twice the default: histories are long and differ in many fields.
        // Set PROPTEST_CASES to run more.
        cases: default.cases.max(512),
        failure_persistence: Some(Box::new(FileFailurePersistence::WithSource("regressions"))),
        ..default
    }
}

/// Checks the invariants of a view.
fn assert_consistent(view: &BatchView) -> Result<(), TestCaseError> {
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
    prop_assert_eq!(view.poll.seconds().is_none(), view.terminal);
    prop_assert!(view.poll.seconds().is_none_or(|seconds| seconds.is_finite() && seconds > 0.0));
    prop_assert!(!view.summary.is_empty());
    let invalid = view.issues.iter().any(|issue| issue.level == Level::Error);
    prop_assert_eq!(view.valid, !invalid);
    Ok(())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_history_only_breaks_rules_about_files_and_skips(steps in random_steps(), profile in profiles()) {
        // Result files and errors are random, and unobserved transitions skip statuses.
        let random = [
            Rule::OutputFileMissing, Rule::OutputFileUnexpected, Rule::ErrorFileMissing,
            Rule::ErrorFileUnexpected, Rule::ErrorsMissing, Rule::TimestampSkipped,
        ];
        for poll in history(&steps, HistoryKind::All) {
            prop_assert!(has_deadline(&poll));
            for issue in issues(&poll, profile) {
                prop_assert!(issue.level != Level::Error, "{:?}", issue);
                prop_assert!(random.iter().any(|rule| rule.info().code == issue.code), "{:?}", issue);
            }
        }
    }

    #[test]
    fn an_observed_history_breaks_no_rule(steps in random_steps()) {
        for poll in history(&steps, HistoryKind::Observed) {
            prop_assert_eq!(issues(&poll, ProfileName::Openai), []);
        }
    }

    #[test]
    fn polls_of_a_history_are_in_order(steps in random_steps(), any in any::<bool>()) {
        let polls = history(&steps, if any { HistoryKind::All } else { HistoryKind::Observed });
        for (index, before) in polls.iter().enumerate() {
            for after in &polls[index + 1..] {
                let change = compare(before, after);
                prop_assert_eq!(change.relation, Advanced, "{:?}", change);
                prop_assert!(any || !change.unusual);
                prop_assert_eq!(compare(after, before).relation, Stale);
            }
        }
    }

    #[test]
    fn swapping_the_polls_reverses_the_result((a, b) in pairs()) {
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
    fn a_parsed_batch_parses_to_itself(value in mutants(), profile in profiles()) {
        if let Ok(parsed) = parse_as(value.to_string().as_bytes(), profile) {
            let json = serde_json::to_string(&parsed.batch).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Batch>(&json).unwrap(), &parsed.batch);
            let again = parse_as(json.as_bytes(), profile);
            prop_assert_eq!(&again.map(|again| again.batch), &Ok(parsed.batch));
        }
    }

    #[test]
    fn the_view_of_any_value_is_consistent(
        value in prop_oneof![values(), mutants()],
        profile in profiles(),
        now in prop_oneof![any::<u64>(), 1_736_489_000..1_736_580_000_u64],
        history in samples_of_progress(),
        seed in any::<u64>(),
    ) {
        let messages = Catalog::default();
        let poll = DescribeOptions { now, history: &history, seed, messages: &messages };
        assert_consistent(&describe_json(value.to_string().as_bytes(), profile, poll))?;
    }

    #[test]
    fn the_view_of_any_bytes_is_consistent(bytes in prop_oneof![vec(any::<u8>(), 0..64), damaged()]) {
        let messages = Catalog::default();
        let poll = DescribeOptions { now: 0, history: &[], seed: 0, messages: &messages };
        assert_consistent(&describe_json(&bytes, ProfileName::Compatible, poll))?;
    }

    #[test]
    fn accepts_the_same_json_as_serde(bytes in prop_oneof![vec(any::<u8>(), 0..16), damaged()]) {
        // serde_json skips strings without checking UTF-8, so that UTF-8 is checked separately.
        let utf8 = std::str::from_utf8(&bytes).is_ok();
        let json = utf8 && serde_json::from_slice::<IgnoredAny>(&bytes).is_ok();
        let read = read_json(&bytes, &mut RawBatch::default());
        prop_assert_eq!(read.is_ok(), json, "{:?}: {:?}", String::from_utf8_lossy(&bytes), read);
    }

    #[test]
    fn decodes_strings_as_serde_does(
        raw in r#"([ -~éß🕯\u{202e}]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4}|\\ud8[0-9a-f]{2}\\udc[0-9a-f]{2}){0,12}"#
    ) {
        let json = format!("\"{raw}\"");
        let mut scanner = Scanner::new(json.as_bytes()).unwrap();
        let token = scanner.next();
        // A lone surrogate is an error of serde_json; here it is read as U+FFFD.
        if let Ok(text) = serde_json::from_str::<String>(&json) {
            let Ok(Some(Token::Text(ours))) = token else { panic!("{json}: {token:?}") };
            prop_assert_eq!(ours.decode(), text);
            prop_assert_eq!(ours.raw(), raw);
        }
    }

    #[test]
    fn the_last_of_duplicate_keys_counts(
        text in prop_oneof![texts(), doubled()], profile in profiles()
    ) {
        // serde_json also keeps the last one.
        let plain = serde_json::from_str::<Value>(&text).unwrap().to_string();
        let what = |json: &str| match parse_as(json.as_bytes(), profile) {
            Ok(parsed) => (Some(parsed.batch), parsed.issues),
            Err(invalid) => (None, invalid.issues),
        };
        let ((batch, twice), (plain_batch, once)) = (what(&text), what(&plain));
        prop_assert_eq!(batch, plain_batch);
        let sorted = |issues: Vec<batchlight::BatchIssue>| {
            let mut all: Vec<_> =
                issues
                    .into_iter()
                    .map(|issue| (issue.code, issue.level, format!("{:?}", issue.path)))
                    .collect();
            all.sort();
            all
        };
        prop_assert_eq!(sorted(twice), sorted(once));
    }
}

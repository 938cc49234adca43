//! Splits of input files.

use batchlight::model::EXAMPLE_MODEL;
use std::fmt::Write;

use crate::support::inputs::{chat, check, embed};
use batchlight::ProfileName;
use batchlight::jsonl::{CheckOptions, SplitOptions, SplitPlan, hash_lines, split_reader};
use proptest::prelude::*;

fn split(file: &str, options: &SplitOptions) -> SplitPlan {
    split_reader(file.as_bytes(), options).unwrap()
}

/// The bytes of each shard.
fn shards(file: &str, plan: &SplitPlan) -> Vec<String> {
    let bytes = |range: &batchlight::jsonl::ByteRange| {
        &file[usize::try_from(range.start).unwrap()..usize::try_from(range.end).unwrap()]
    };
    for range in plan.shards.iter().flat_map(|shard| &shard.ranges) {
        assert_eq!(range.hash, hash_lines(bytes(range).as_bytes()), "a second pass detects changes");
    }
    plan.shards.iter().map(|shard| shard.ranges.iter().map(bytes).collect()).collect()
}

fn skipped(plan: &SplitPlan) -> Vec<(u64, u64, &'static str)> {
    plan.skipped.iter().map(|row| (row.line, row.until, row.code)).collect()
}

#[test]
fn the_ranges_of_a_long_shard_are_bounded() {
    let long = |at: usize| embed(&format!("id-{at}"), &format!("\"{}\"", "x".repeat(300_000)));
    let file = (0..8).map(long).collect::<String>() + &embed("last", &format!("\"{}\"", "y".repeat(2 << 20)));
    let plan = split(&file, &SplitOptions::default());
    assert_eq!(shards(&file, &plan), [file.as_str()]);
    let lengths: Vec<_> = plan.shards[0].ranges.iter().map(|range| range.end - range.start).collect();
    assert_eq!(lengths.len(), 4, "three lines, three, two, and one long line");
    assert!(lengths[..3].iter().all(|&length| length <= 1 << 20), "{lengths:?}");
}

#[test]
fn tokens_are_estimated_as_a_check_does() {
    // Escapes that only some lines have, so that the sample of a file and that of each line differ.
    let text = |at: usize| {
        if at % 7 == 3 { "\\u4f60\\u597d, \\u4e16\\u754c".repeat(at) } else { "Hello ".repeat(at) }
    };
    let file: String = (0..600).map(|at| chat(&at.to_string()).replace("Hello", &text(at))).collect();
    let checked = check(&file, CheckOptions::default()).input_tokens;
    let plan = split(&file, &SplitOptions::default());
    assert_eq!(plan.shards.iter().map(|shard| shard.input_tokens).collect::<Vec<_>>(), [checked]);
    let plan = split(&file, &SplitOptions { requests: Some(100), ..SplitOptions::default() });
    let sum: u64 = plan.shards.iter().map(|shard| shard.input_tokens.estimate).sum();
    assert_eq!(plan.shards.len(), 6);
    assert!(sum.abs_diff(checked.estimate) <= checked.estimate / 1000, "{sum} {checked:?}");
}

#[test]
fn shards_respect_each_limit_and_keep_the_order() {
    let file: String = (0..5).map(|at| embed(&format!("id-{at}"), "[\"x\", \"y\"]")).collect();
    let line = embed("id-0", "[\"x\", \"y\"]").len() as u64;
    let none = SplitOptions::default();
    for options in [
        SplitOptions { requests: Some(2), ..none.clone() },
        SplitOptions { bytes: Some(2 * line + 3), ..none.clone() },
        SplitOptions { embedding_inputs: Some(5), ..none.clone() },
    ] {
        let plan = split(&file, &options);
        let ids: Vec<_> = plan.shards.iter().map(|shard| shard.custom_ids.as_slice()).collect();
        assert_eq!(ids, [&["id-0", "id-1"][..], &["id-2", "id-3"], &["id-4"]], "{options:?}");
        let first = &plan.shards[0];
        assert_eq!((first.requests, first.bytes, first.embedding_inputs), (2, 2 * line, 4));
        assert_eq!((first.ranges.len(), first.model.as_deref()), (1, Some("text-embedding-3-small")));
        assert_eq!(first.endpoint.as_deref(), Some("/v1/embeddings"));
        assert_eq!(shards(&file, &plan).concat(), file);
    }
    let tokens = split(&file, &none).shards[0].input_tokens.high;
    let plan = split(&file, &SplitOptions { tokens: Some(tokens.div_ceil(2)), ..none });
    assert!(plan.shards.len() >= 2);
    assert!(plan.shards.iter().all(|shard| shard.input_tokens.high <= tokens.div_ceil(2)));
}

#[test]
fn models_and_endpoints_are_in_different_shards() {
    let other = |id: &str| chat(id).replace(EXAMPLE_MODEL, "gpt-5.4");
    let file = [chat("a"), embed("b", "\"x\""), other("c"), chat("d"), embed("e", "\"y\"")].concat();
    let plan = split(&file, &SplitOptions { name: Some("work.jsonl".to_owned()), ..SplitOptions::default() });
    let ids: Vec<_> = plan.shards.iter().map(|shard| shard.custom_ids.join(" ")).collect();
    assert_eq!(ids, ["a d", "b e", "c"]);
    let names: Vec<_> = plan.shards.iter().map(|shard| shard.name.as_str()).collect();
    assert_eq!(names, ["work-1.jsonl", "work-2.jsonl", "work-3.jsonl"]);
    for shard in shards(&file, &plan) {
        let report = check(&shard, CheckOptions::default());
        assert!(report.ok && report.issues.is_empty(), "{:?}", report.issues);
    }
}

#[test]
fn a_request_after_too_many_models_does_not_confuse_the_endpoints() {
    let request = |id: &str, url: &str, model: &str| {
        chat(id).replace("/v1/chat/completions", url).replace(EXAMPLE_MODEL, model)
    };
    let mut file = String::new();
    for index in 0..256 {
        file.push_str(&request(&format!("r{index}"), "/v1/chat/completions", &format!("model-{index}")));
    }
    // Skipped because of its model, after its url was counted; the url after it is new, too.
    file.push_str(&request("skipped", "/v1/responses", "one-too-many"));
    file.push_str(&request("kept", "/v1/completions", "model-0"));
    let plan = split(&file, &SplitOptions::default());
    assert_eq!(skipped(&plan), [(257, 257, "mismatched_model")]);
    let kept = plan.shards.iter().find(|shard| shard.custom_ids == ["kept"]).unwrap();
    assert_eq!(kept.endpoint.as_deref(), Some("/v1/completions"));
}

#[test]
fn lines_that_would_fail_a_batch_are_skipped_with_a_reason() {
    let long = chat("long").replace("Hello", &"x".repeat(2000));
    let file = [chat("a").as_str(), "{oops\n{again\n[]\n\n", &chat("a"), "{}\n", &long, &chat("b")].concat();
    let plan = split(&file, &SplitOptions { bytes: Some(1000), ..SplitOptions::default() });
    assert_eq!(
        skipped(&plan),
        [
            (2, 3, "invalid_json_line"),
            (4, 4, "not_an_object"),
            (6, 6, "duplicate_custom_id"),
            (7, 7, "missing_required_parameter"),
            (8, 8, "too_many_bytes"),
        ]
    );
    assert_eq!(plan.skipped_count, 6);
    assert_eq!(plan.shards.iter().flat_map(|shard| &shard.custom_ids).collect::<Vec<_>>(), ["a", "b"]);
}

#[test]
fn the_limits_of_the_profile_are_the_defaults() {
    let mut file = String::new();
    for at in 0..50_001 {
        writeln!(file, "{{\"custom_id\":\"{at}\"}}").unwrap();
    }
    assert_eq!(split(&file, &SplitOptions::default()).shards.len(), 2);
    let azure = SplitOptions { profile: ProfileName::Azure, ..SplitOptions::default() };
    assert_eq!(split(&file, &azure).shards.len(), 1);
}

fn lines() -> impl Strategy<Value = Vec<String>> {
    let line = (0..40u32, 0..7).prop_map(|(id, kind)| match kind {
        0 | 1 => chat(&id.to_string()),
        2 => embed(&id.to_string(), "[[1, 2], [3]]"),
        3 => chat(&id.to_string()).replace(EXAMPLE_MODEL, "m\\u0032").replace('\n', "\r\n"),
        4 => "\n".to_owned(),
        5 => "{\"custom_id\": 1}\n".to_owned(),
        _ => format!("{{\"custom_id\": \"{id}\"}}\n"),
    });
    prop::collection::vec(line, 0..40)
}

// 500 cases: each splits one file of up to 40 lines.
proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]

    #[test]
    fn every_line_is_in_one_shard_or_skipped(
        lines in lines(), requests in 1u64..6, bytes in 20u64..900,
        last in any::<bool>(), mark in any::<bool>()
    ) {
        let mut file = lines.concat();
        if last && file.ends_with('\n') {
            file.pop();
        }
        if mark {
            file.insert(0, '\u{feff}');
        }
        let options =
            SplitOptions { requests: Some(requests), bytes: Some(bytes), ..SplitOptions::default() };
        let plan = split(&file, &options);
        let shards = shards(&file, &plan);
        for (shard, text) in plan.shards.iter().zip(&shards) {
            prop_assert!(shard.requests <= requests && shard.bytes <= bytes);
            prop_assert_eq!(shard.bytes, text.len() as u64);
            let values = text.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
            let ids: Vec<_> = values.map(|value| value["custom_id"].as_str().unwrap().to_owned()).collect();
            prop_assert_eq!(&ids, &shard.custom_ids);
            prop_assert_eq!(ids.len() as u64, shard.requests);
        }
        let source = file.trim_start_matches('\u{feff}');
        let of_source = source.lines().filter(|line| !line.is_empty()).count() as u64;
        let in_shards: u64 = plan.shards.iter().map(|shard| shard.requests).sum();
        prop_assert_eq!(in_shards + plan.skipped_count, of_source);
        let mut out: Vec<_> = shards.iter().flat_map(|shard| shard.lines()).collect();
        let left = |number: u64| plan.skipped.iter().any(|row| (row.line..=row.until).contains(&number));
        let kept = |(at, line): &(usize, &str)| !line.is_empty() && !left(*at as u64 + 1);
        let numbered = source.lines().enumerate().filter(kept);
        let mut kept: Vec<_> = numbered.map(|(_, line)| line).collect();
        out.sort_unstable();
        kept.sort_unstable();
        prop_assert_eq!(out, kept);
    }
}

#[test]
fn duplicates_are_skipped_in_files_of_any_length() {
    let line = |id: usize| format!("{{\"custom_id\": \"{id}\"}}\n");
    let file: String = (0..200_000).chain([199_999]).map(line).collect();
    let plan = split(&file, &SplitOptions::default());
    assert_eq!(skipped(&plan), [(200_001, 200_001, "duplicate_custom_id")]);
}

#[test]
fn requests_of_a_long_model_share_a_shard() {
    // The name is cut within a code point.
    let model = format!("{}ä", "x".repeat(511)).repeat(2);
    let line = |id: usize| chat(&id.to_string()).replace(EXAMPLE_MODEL, &model);
    let file: String = (0..300).map(line).collect();
    assert_eq!(split(&file, &SplitOptions::default()).shards.len(), 1);
    let report = check(&file, CheckOptions::default());
    assert_eq!((report.models.len(), report.models[0].requests), (1, 300));
}

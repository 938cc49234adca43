//! A plain batch, handed over as a row of numbers, is judged as its draft is.

#[path = "fixtures/samples.rs"]
mod samples;

use batchlight::BatchStatus;
use batchlight::check::{Draft, Findings, PLAIN_TEXT, PlainBatch, Rule, examine, read_json};
use batchlight::model::{ATOMS, Kind, MEMBERS, Member, MemberInfo, Profile, Stamp};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

/// What stands at a member's place; null where it cannot stand.
fn value_at<'a>(batch: &'a Value, info: &MemberInfo) -> &'a Value {
    match info.parent {
        None => &batch[info.name],
        Some(parent) => &value_at(batch, parent.info())[info.name],
    }
}

/// Writes a batch as a reader does; gives the bytes of its texts.
fn written(batch: &Value) -> (PlainBatch, usize) {
    let mut plain = PlainBatch::default();
    let mut bytes = 0;
    for info in MEMBERS {
        let value = value_at(batch, info);
        let number = &mut plain.numbers[info.member as usize];
        if let Some(whole) = value.as_f64() {
            *number = whole;
        }
        let Some(text) = value.as_str() else { continue };
        let atom = ATOMS.iter().position(|&atom| atom == text).filter(|_| info.kind == Kind::Atom);
        let length = if info.kind == Kind::Atom { ATOMS.len() + text.len() } else { text.len() };
        *number = f64::from(u32::try_from(atom.unwrap_or(length)).unwrap());
        if atom.is_none() {
            plain.text[bytes..bytes + text.len()].copy_from_slice(text.as_bytes());
            bytes += text.len();
        }
    }
    (plain, bytes)
}

/// Whether a draft of the batch has nothing to report but members without a value.
fn is_silent(batch: &Value, profile: &Profile) -> bool {
    let mut draft = Draft::default();
    read_json(batch.to_string().as_bytes(), &mut draft).unwrap();
    let mut findings = Findings::default();
    examine(&draft, draft.text_len(), profile, &mut findings);
    findings.as_slice().iter().all(|finding| finding.rule == Rule::NullMember)
}

fn agree(batch: &Value, profile: &Profile) -> bool {
    let (plain, bytes) = written(batch);
    let flawless = plain.is_flawless(bytes, profile, &mut Findings::default());
    assert_eq!(flawless, is_silent(batch, profile), "{batch}");
    flawless
}

fn recorded() -> Vec<Value> {
    let rows = include_str!("fixtures/batches.jsonl").lines().map(|line| serde_json::from_str(line).unwrap());
    let recorded = rows.filter(|row: &Value| row["kind"] == "recorded" && row["provider"] == "openai");
    recorded.map(|row| row["batch"].clone()).filter(|batch| batch["errors"].is_null()).collect()
}

proptest! {
    #[test]
    fn a_row_is_judged_as_a_draft_is(
        mut batch in select(recorded()),
        profile in select(&Profile::ALL[..]),
        stamps in vec((select(&Stamp::ALL[..]), 0..3_u64), 0..3),
        counts in (0..4_u64, 0..4_u64, 0..4_u64),
        status in select(&BatchStatus::ALL[..]),
        texts in vec((select(&["id", "output_file_id", "error_file_id", "endpoint", "completion_window"][..]), "[ -~é]{0,9}"), 0..2),
    ) {
        let created = batch["created_at"].as_u64().unwrap();
        for (stamp, later) in stamps {
            batch[stamp.member().name()] = json!(created + later);
        }
        for (name, text) in texts.iter().filter(|(_, text)| !text.is_empty()) {
            batch[name] = json!(text);
        }
        if status != BatchStatus::Completed {
            batch["status"] = json!(status);
        }
        let (completed, failed, total) = counts;
        if completed + failed <= total {
            batch["request_counts"] = json!({ "completed": completed, "failed": failed, "total": total });
        }
        agree(&batch, profile);
    }
}

#[test]
fn recorded_batches_are_flawless() {
    let flawless = recorded().iter().filter(|batch| agree(batch, Profile::ALL[0])).count();
    assert!(flawless > 20, "only {flawless}");
}

#[test]
fn texts_that_are_not_as_long_as_they_are_said_to_be_are_no_plain_batch() {
    let batch = samples::sample(BatchStatus::Validating);
    let (plain, bytes) = written(&batch);
    let mut findings = Findings::default();
    let mut is_flawless =
        |plain: &PlainBatch, bytes| plain.is_flawless(bytes, Profile::ALL[0], &mut findings);
    assert!(is_flawless(&plain, bytes));
    assert!(!is_flawless(&plain, bytes - 1));
    assert!(!is_flawless(&plain, bytes + 1));
    assert!(!is_flawless(&plain, PLAIN_TEXT + 1));
    let mut broken = plain.clone();
    broken.text[3] = 0xff;
    assert!(!is_flawless(&broken, bytes));
    let mut cut = plain;
    cut.numbers[Member::Id as usize] = 1e9;
    assert!(!is_flawless(&cut, bytes));
}

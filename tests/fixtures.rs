//! What servers really send: every fixture parses under its server's profile, and what it deviates in is
//! named without being refused.

#[path = "fixtures/rows.rs"]
mod rows;
#[path = "fixtures/samples.rs"]
mod samples;

use batchlight::check::{BatchIssue, RULES};
use batchlight::model::{MEMBERS, MemberInfo};
use batchlight::view::{Look, Words, describe_json};
use batchlight::{Batch, BatchStatus, Level, ProfileName, parse_as};
use rows::{row, rows};
use samples::{CREATED, sample_with, sample_without};
use serde_json::{Value, json};

fn issues_under(json: &Value, profile: ProfileName) -> Vec<BatchIssue> {
    match parse_as(&serde_json::to_vec(json).unwrap(), profile) {
        Ok(parsed) => parsed.issues,
        Err(invalid) => invalid.issues,
    }
}

#[test]
fn recorded_objects_have_no_error() {
    let recorded: Vec<_> = rows().into_iter().filter(|row| row.kind == "recorded").collect();
    assert_eq!(recorded.len(), 30);
    for row in recorded {
        let issues = issues_under(&row.batch, row.profile());
        assert!(issues.iter().all(|issue| issue.level != Level::Error), "{}: {issues:?}", row.name());
    }
}

#[test]
fn complete_objects_parse_under_their_profile() {
    let complete: Vec<_> = rows().into_iter().filter(|row| !row.partial).collect();
    assert_eq!(complete.len(), 62);
    for row in complete {
        let parsed = parse_as(&row.json(), row.profile());
        let parsed = parsed.unwrap_or_else(|invalid| panic!("{}: {invalid}", row.name()));
        assert_eq!(parsed.batch.id, row.batch["id"], "{}", row.name());
    }
}

#[test]
fn openai_recordings_are_clean_but_for_nulls() {
    // Line 18 is hand-edited, as its note says: one failed request and no error file.
    for row in rows().into_iter().filter(|row| row.kind == "recorded" && row.provider == "openai") {
        let codes: Vec<_> =
            issues_under(&row.batch, ProfileName::Openai).iter().map(|issue| issue.code).collect();
        let expected: &[_] =
            if row.line == 18 { &["null_member", "error_file_missing"] } else { &["null_member"] };
        assert!(expected.iter().all(|code| codes.contains(code)), "{}: {codes:?}", row.name());
        assert_eq!(codes.len(), expected.len(), "{}: {codes:?}", row.name());
    }
}

#[test]
fn abridged_objects_are_described_all_the_same() {
    let words = Words::default();
    let look = Look { now: CREATED, history: &[], seed: 0, words: &words };
    for row in rows().into_iter().filter(|row| row.partial) {
        let view = describe_json(&row.json(), row.profile(), look);
        assert_eq!(view.status, row.batch["status"].as_str().unwrap(), "{}", row.name());
        assert!(view.known_status.is_some() && !view.label.is_empty(), "{}", row.name());
    }
}

/// A way in which servers break the published interface or its habits.
struct Deviation {
    /// The property, and who breaks it.
    what: &'static str,
    /// The object that breaks it.
    object: Value,
    /// The server's profile, under which it is no error.
    profile: ProfileName,
    /// The rule that says so, and where.
    code: &'static str,
    at: &'static str,
    /// Its level there, and under `openai`; none: nothing to report.
    there: Option<Level>,
    at_openai: Option<Level>,
}

fn deviation(
    what: &'static str,
    object: Value,
    profile: ProfileName,
    (code, at): (&'static str, &'static str),
    (there, at_openai): (impl Into<Option<Level>>, impl Into<Option<Level>>),
) -> Deviation {
    Deviation { what, object, profile, code, at, there: there.into(), at_openai: at_openai.into() }
}

/// What was measured on real objects, row by row. Where a row of the measurement names a server whose
/// objects are not among the fixtures, its deviation is put into a sample.
fn deviations() -> Vec<Deviation> {
    use BatchStatus::{Cancelled, Completed, Expired, InProgress, Validating};
    use Level::{Error, Note, Warning};
    use ProfileName::{Azure, Compatible, Dashscope, Groq, Openai, Together};
    let from = |line| row(line).batch;
    let milliseconds = json!({
        "created_at": CREATED * 1000, "in_progress_at": CREATED * 1000 + 60_000,
        "expires_at": 946_656_000_000_u64, "cancelled_at": 946_656_000_000_u64,
        "expired_at": (CREATED + 3000) * 1000, "finalizing_at": (CREATED + 3270) * 1000,
    });
    let iso = json!({ "created_at": "2025-01-10T06:16:15Z" });
    vec![
        deviation("null for absent, OpenAI", from(1), Openai, ("null_member", ""), (Note, Note)),
        deviation("null for absent, Azure", from(43), Azure, ("null_member", ""), (Note, Note)),
        deviation("endpoint null, Azure", from(43), Azure, ("missing_member", "endpoint"), (Note, Error)),
        deviation("endpoint absent, Azure", from(45), Azure, ("missing_member", "endpoint"), (Note, Error)),
        deviation(
            "input file null, Azure",
            from(49),
            Azure,
            ("missing_member", "input_file_id"),
            (Note, Error),
        ),
        deviation(
            "object absent, Together",
            sample_without(InProgress, &["object"]),
            Together,
            ("missing_member", "object"),
            (Note, Error),
        ),
        deviation(
            "window absent, Qoder",
            sample_without(InProgress, &["completion_window"]),
            Compatible,
            ("missing_member", "completion_window"),
            (Note, Error),
        ),
        deviation("status capitalised, Azure", from(45), Azure, ("status_spelling", "status"), (Note, Error)),
        deviation(
            "status capitalised, kluster",
            from(52),
            Compatible,
            ("status_spelling", "status"),
            (Note, Error),
        ),
        deviation(
            "status in upper case, Together",
            sample_with(InProgress, &json!({ "status": "IN_PROGRESS" })),
            Together,
            ("status_spelling", "status"),
            (Note, Error),
        ),
        deviation(
            "status with one l, Azure",
            sample_with(Cancelled, &json!({ "status": "canceled" })),
            Azure,
            ("status_spelling", "status"),
            (Note, Error),
        ),
        deviation("stamps as text, Azure", from(45), Azure, ("stamp_text", "created_at"), (Note, Error)),
        deviation(
            "stamps as text, kluster",
            from(55),
            Compatible,
            ("stamp_text", "cancelling_at"),
            (Note, Error),
        ),
        deviation(
            "stamps as text, Qoder",
            sample_with(Validating, &iso),
            Compatible,
            ("stamp_text", "created_at"),
            (Note, Error),
        ),
        deviation(
            "stamps as text, Together",
            sample_with(Validating, &iso),
            Together,
            ("stamp_text", "created_at"),
            (Note, Error),
        ),
        deviation(
            "milliseconds, a gateway and Zhipu",
            sample_with(Expired, &milliseconds),
            Compatible,
            ("stamp_milliseconds", "in_progress_at"),
            (Note, Error),
        ),
        deviation(
            "the year 2000 for not set, a gateway",
            sample_with(Expired, &milliseconds),
            Compatible,
            ("stamp_sentinel", "cancelled_at"),
            (Note, None),
        ),
        deviation(
            "empty endpoint, Azure",
            sample_with(Completed, &json!({ "endpoint": "" })),
            Azure,
            ("missing_member", "endpoint"),
            (Note, Error),
        ),
        deviation("empty error file id, Zhipu", from(57), Compatible, ("null_member", ""), (Note, Note)),
        deviation(
            "empty error file id, OpenAI",
            sample_with(InProgress, &json!({ "error_file_id": "" })),
            Openai,
            ("null_member", ""),
            (Note, Note),
        ),
        deviation(
            "counts of null, Azure",
            from(45),
            Azure,
            ("missing_member", "request_counts.total"),
            (Note, Error),
        ),
        deviation(
            "counts of null, Zhipu",
            sample_with(
                InProgress,
                &json!({ "request_counts": { "completed": null, "failed": null, "total": 3 } }),
            ),
            Compatible,
            ("missing_member", "request_counts.completed"),
            (Note, Error),
        ),
        deviation(
            "counts absent, Together",
            sample_without(InProgress, &["request_counts"]),
            Together,
            ("counts_missing", "request_counts"),
            (Note, Note),
        ),
        deviation("members of their own, Azure", from(49), Azure, ("unknown_member", ""), (Note, Note)),
        deviation(
            "members of their own, Together",
            sample_with(InProgress, &json!({ "progress": 40, "job_deadline": "2025-01-11T06:16:15Z" })),
            Together,
            ("unknown_member", ""),
            (Note, Note),
        ),
        deviation(
            "finalizing after expiry, a gateway",
            sample_with(Expired, &milliseconds),
            Compatible,
            ("stamp_order", "expired_at"),
            (Warning, Warning),
        ),
        deviation(
            "failures without error file, OpenAI, hand-edited",
            from(18),
            Openai,
            ("error_file_missing", "error_file_id"),
            (Warning, Warning),
        ),
        deviation(
            "failures without error file, DashScope",
            sample_without(Completed, &["error_file_id"]),
            Dashscope,
            ("error_file_missing", "error_file_id"),
            (Warning, Warning),
        ),
        deviation(
            "failures without error file, Doubleword",
            from(68),
            Compatible,
            ("error_file_missing", "error_file_id"),
            (Warning, Warning),
        ),
        deviation(
            "error file without failures, Azure",
            from(44),
            Azure,
            ("error_file_unexpected", "error_file_id"),
            (Note, Note),
        ),
        deviation(
            "error file without failures, DashScope",
            sample_with(Completed, &json!({ "request_counts": { "completed": 2, "failed": 0, "total": 2 } })),
            Dashscope,
            ("error_file_unexpected", "error_file_id"),
            (Note, Note),
        ),
        deviation(
            "failed_at forgotten, Azure",
            from(51),
            Azure,
            ("stamp_missing", "failed_at"),
            (Warning, Warning),
        ),
        deviation(
            "completed_at on a failed batch, Azure",
            from(51),
            Azure,
            ("stamp_unreached", "completed_at"),
            (Warning, Warning),
        ),
        deviation(
            "cancelling_at late, DashScope",
            from(26),
            Dashscope,
            ("stamp_missing", "cancelling_at"),
            (Warning, Warning),
        ),
        deviation(
            "completed_at forgotten, kluster",
            from(53),
            Compatible,
            ("stamp_missing", "completed_at"),
            (Warning, Warning),
        ),
        deviation(
            "completed_at forgotten, Qoder",
            sample_without(Completed, &["completed_at"]),
            Compatible,
            ("stamp_missing", "completed_at"),
            (Warning, Warning),
        ),
        deviation(
            "in_progress_at skipped, Azure",
            from(44),
            Azure,
            ("stamp_skipped", "in_progress_at"),
            (Note, Note),
        ),
        deviation(
            "in_progress_at skipped, Doubleword",
            from(68),
            Compatible,
            ("stamp_skipped", "in_progress_at"),
            (Note, Note),
        ),
        deviation(
            "in_progress_at skipped, DashScope",
            sample_without(Completed, &["in_progress_at"]),
            Dashscope,
            ("stamp_skipped", "in_progress_at"),
            (Note, Note),
        ),
        deviation(
            "counted while validating, Doubleword",
            from(65),
            Compatible,
            ("counts_early", "request_counts.total"),
            (Note, Note),
        ),
        deviation(
            "deadline 4 s early, Azure",
            from(49),
            Azure,
            ("expiry_window", "expires_at"),
            (None, Warning),
        ),
        deviation(
            "deadline of the guide's example, OpenAI",
            sample_with(Validating, &json!({ "expires_at": CREATED + 28_135 })),
            Openai,
            ("expiry_window", "expires_at"),
            (Warning, Warning),
        ),
        deviation(
            "deadline after 7 days, Doubleword",
            from(63),
            Compatible,
            ("expiry_window", "expires_at"),
            (Warning, Warning),
        ),
        deviation(
            "no deadline, DashScope",
            from(24),
            Dashscope,
            ("expiry_missing", "expires_at"),
            (Note, Note),
        ),
        deviation(
            "no deadline, OpenAI's example",
            from(38),
            Openai,
            ("expiry_missing", "expires_at"),
            (Note, Note),
        ),
        deviation(
            "no deadline, Together",
            sample_without(InProgress, &["expires_at"]),
            Together,
            ("expiry_missing", "expires_at"),
            (Note, Note),
        ),
        deviation(
            "file named early, kluster",
            from(55),
            Compatible,
            ("file_early", "output_file_id"),
            (Warning, Warning),
        ),
        deviation(
            "results elsewhere, Azure",
            from(50),
            Azure,
            ("output_file_missing", "output_file_id"),
            (Warning, Warning),
        ),
        deviation(
            "window of 7 days, Groq",
            sample_with(
                Validating,
                &json!({ "completion_window": "7d", "expires_at": CREATED + 7 * 86_400 }),
            ),
            Groq,
            ("window_unknown", "completion_window"),
            (None, Warning),
        ),
        deviation(
            "errors as a bare list, compatible servers",
            sample_with(BatchStatus::Failed, &json!({ "errors": [{ "message": "bad" }] })),
            Compatible,
            ("errors_shape", "errors"),
            (Note, Error),
        ),
    ]
}

#[test]
fn deviations_are_named_and_not_refused() {
    let level_of = |object: &Value, profile, code, at: &str| {
        let issues = issues_under(object, profile);
        let found = issues.iter().find(|issue| issue.code == code && path_of(issue) == at);
        (found.map(|issue| issue.level), issues)
    };
    for Deviation { what, object, profile, code, at, there, at_openai } in deviations() {
        let (level, issues) = level_of(&object, profile, code, at);
        assert_eq!(level, there, "{what}: {code} under {}", profile.as_str());
        let read = row_is_partial(&object) || issues.iter().all(|issue| issue.level != Level::Error);
        assert!(read, "{what}: {issues:?}");
        assert_eq!(
            level_of(&object, ProfileName::Openai, code, at).0,
            at_openai,
            "{what}: {code} under openai"
        );
    }
}

fn row_is_partial(object: &Value) -> bool {
    rows().iter().any(|row| row.partial && row.batch == *object)
}

fn path_of(issue: &BatchIssue) -> String {
    let path = serde_json::to_value(&issue.path).unwrap();
    let names: Vec<_> = path.as_array().unwrap().iter().map(|segment| segment.as_str().unwrap()).collect();
    names.join(".")
}

#[test]
fn no_fixture_counts_more_requests_than_there_are() {
    let rules_of_counts = ["counts_exceed_total", "counts_unfinished"];
    assert!(rules_of_counts.iter().all(|code| RULES.iter().any(|rule| rule.code == *code)));
    for row in rows() {
        let issues = issues_under(&row.batch, row.profile());
        let broken = issues.iter().find(|issue| rules_of_counts.contains(&issue.code));
        assert_eq!(broken, None, "{}", row.name());
    }
}

#[test]
fn what_was_parsed_survives_serde() {
    for row in rows().into_iter().filter(|row| !row.partial) {
        let batch = parse_as(&row.json(), row.profile()).unwrap().batch;
        let json = serde_json::to_string(&batch).unwrap();
        assert_eq!(serde_json::from_str::<Batch>(&json).unwrap(), batch, "{}", row.name());
        assert!(!json.contains("null"), "absent members are left out: {json}");
        let again = parse_as(json.as_bytes(), row.profile()).unwrap();
        assert_eq!(again.batch, batch, "{}", row.name());
    }
}

/// A batch with every member of the published interface.
fn full() -> Value {
    let mut full = sample_with(
        BatchStatus::Failed,
        &json!({
            "model": "gpt-4o-mini-2024-07-18", "metadata": { "team": "blue" },
            "errors": { "object": "list", "data": [{ "code": "c", "line": 1, "message": "m", "param": "p" }] },
            "usage": {
                "input_tokens": 3, "input_tokens_details": { "cached_tokens": 1 },
                "output_tokens": 4, "output_tokens_details": { "reasoning_tokens": 2 }, "total_tokens": 7,
            },
        }),
    );
    for name in
        ["in_progress_at", "finalizing_at", "completed_at", "expired_at", "cancelling_at", "cancelled_at"]
    {
        full[name] = json!(CREATED + 30);
    }
    for name in ["output_file_id", "error_file_id"] {
        full[name] = json!("file-1");
    }
    full
}

/// The names in a serialised batch with those above them, in the manner of `errors.data.code`.
fn names(value: &Value, above: &str, into: &mut Vec<String>) {
    let value = value.get(0).unwrap_or(value);
    for (name, inside) in value.as_object().into_iter().flatten() {
        let name = if above.is_empty() { name.clone() } else { format!("{above}.{name}") };
        if name != "metadata" {
            names(inside, &name, into);
        }
        into.push(name);
    }
}

fn table_name(info: &MemberInfo) -> String {
    match info.parent {
        Some(parent) => format!("{}.{}", table_name(parent.info()), info.name),
        None => info.name.to_owned(),
    }
}

#[test]
fn the_member_table_is_what_serde_writes() {
    let batch: Batch = serde_json::from_value(full()).unwrap();
    let mut written = Vec::new();
    names(&serde_json::to_value(&batch).unwrap(), "", &mut written);
    written.sort();
    let mut table: Vec<_> = MEMBERS.iter().map(table_name).collect();
    table.sort();
    assert_eq!(written, table);
}

#[test]
fn the_member_table_serde_and_the_check_require_the_same() {
    for info in MEMBERS {
        let mut value = full();
        let mut holder = &mut value;
        let name = table_name(info);
        let mut steps: Vec<_> = name.split('.').collect();
        let last = steps.pop().unwrap();
        for step in steps {
            holder = &mut holder[step];
            if holder.is_array() {
                holder = &mut holder[0];
            }
        }
        assert!(holder.as_object_mut().unwrap().remove(last).is_some(), "{name}");
        let by_serde = serde_json::from_value::<Batch>(value.clone()).is_err();
        assert_eq!(by_serde, info.required, "{name}, by serde");
        let issues = issues_under(&value, ProfileName::Openai);
        let missing = issues.iter().any(|issue| issue.code == "missing_member");
        assert_eq!(missing, info.required, "{name}, by the check: {issues:?}");
    }
}

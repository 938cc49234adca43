//! Recorded and published batches: every fixture is valid under its server's profile, and its deviations are
//! reported as notes or warnings.

use crate::support::rows::rows;
use crate::support::samples::CREATED;
use batchlight::check::{BatchIssue, RULES};
use batchlight::view::{Catalog, DescribeOptions, describe_json};
use batchlight::{Batch, Level, ProfileName, parse_as};
use serde_json::Value;

fn issues_under(json: &Value, profile: ProfileName) -> Vec<BatchIssue> {
    match parse_as(&serde_json::to_vec(json).unwrap(), profile) {
        Ok(parsed) => parsed.issues,
        Err(invalid) => invalid.issues,
    }
}

#[test]
fn recorded_batches_have_no_error() {
    let recorded: Vec<_> = rows().into_iter().filter(|row| row.kind == "recorded").collect();
    assert_eq!(recorded.len(), 30);
    for row in recorded {
        let issues = issues_under(&row.batch, row.profile());
        assert!(issues.iter().all(|issue| issue.level != Level::Error), "{}: {issues:?}", row.name());
    }
}

#[test]
fn complete_batches_are_valid_under_their_profile() {
    let complete: Vec<_> = rows().into_iter().filter(|row| !row.partial).collect();
    assert_eq!(complete.len(), 62);
    for row in complete {
        let parsed = parse_as(&row.json(), row.profile());
        let parsed = parsed.unwrap_or_else(|invalid| panic!("{}: {invalid}", row.name()));
        assert_eq!(parsed.batch.id, row.batch["id"], "{}", row.name());
    }
}

#[test]
fn openai_recordings_have_no_issue_but_nulls() {
    // Line 18 was edited by hand, as its note says: it has one failed request and no error file.
    for row in rows().into_iter().filter(|row| row.kind == "recorded" && row.provider == "openai") {
        let codes: Vec<_> =
            issues_under(&row.batch, ProfileName::Openai).iter().map(|issue| issue.code).collect();
        let expected: &[_] =
            if row.line == 18 { &["null_field", "error_file_missing"] } else { &["null_field"] };
        assert!(expected.iter().all(|code| codes.contains(code)), "{}: {codes:?}", row.name());
        assert_eq!(codes.len(), expected.len(), "{}: {codes:?}", row.name());
    }
}

#[test]
fn partial_batches_are_described() {
    let messages = Catalog::default();
    let look = DescribeOptions { now: CREATED, history: &[], seed: 0, messages: &messages };
    for row in rows().into_iter().filter(|row| row.partial) {
        let view = describe_json(&row.json(), row.profile(), look);
        assert_eq!(view.status, row.batch["status"].as_str().unwrap(), "{}", row.name());
        assert!(view.known_status.is_some() && !view.label.is_empty(), "{}", row.name());
    }
}

#[test]
fn no_fixture_breaks_a_rule_of_counts() {
    let rules_of_counts = ["counts_exceed_total", "counts_unfinished"];
    assert!(rules_of_counts.iter().all(|code| RULES.iter().any(|rule| rule.code == *code)));
    for row in rows() {
        let issues = issues_under(&row.batch, row.profile());
        let broken = issues.iter().find(|issue| rules_of_counts.contains(&issue.code));
        assert_eq!(broken, None, "{}", row.name());
    }
}

#[test]
fn parsed_batches_are_unchanged_by_serde() {
    for row in rows().into_iter().filter(|row| !row.partial) {
        let batch = parse_as(&row.json(), row.profile()).unwrap().batch;
        let json = serde_json::to_string(&batch).unwrap();
        assert_eq!(serde_json::from_str::<Batch>(&json).unwrap(), batch, "{}", row.name());
        assert!(!json.contains("null"), "absent fields are omitted: {json}");
        let again = parse_as(json.as_bytes(), row.profile()).unwrap();
        assert_eq!(again.batch, batch, "{}", row.name());
    }
}

//! Breaches of the rules about a single field.

use batchlight::BatchStatus::{Failed, InProgress};
use batchlight::Level::Error;
use batchlight::check::Rule;
use serde_json::{Value, json};

use super::{Breach, breach};
use crate::support::samples::{sample_with, sample_without};

/// The breaches, in the order of the rules.
#[expect(clippy::too_many_lines, reason = "a table")]
pub fn breaches() -> Vec<Breach> {
    let running = |members: Value| sample_with(InProgress, &members);
    vec![
        breach(
            Rule::NotABatch,
            json!([1, 2]),
            Error,
            "",
            "expected a batch object, found an array of length 2",
        ),
        breach(Rule::NotABatch, json!("batch"), Error, "", "expected a batch object, found \"batch\""),
        breach(Rule::NotABatch, Value::Null, Error, "", "expected a batch object, found null"),
        breach(
            Rule::ApiError,
            json!({ "error": { "message": "No batch found with id 'batch_1'." } }),
            Error,
            "",
            "expected a batch object, found an API error",
        ),
        breach(
            Rule::BatchList,
            json!({ "object": "list", "data": [], "has_more": false }),
            Error,
            "",
            "expected one batch, found a list response",
        ),
        breach(
            Rule::ForeignObject,
            json!({ "batch_id": "batch_1", "state": { "num_requests": 2 } }),
            Error,
            "",
            "expected a batch of OpenAI's Batch API, found an xAI batch, which is another object",
        ),
        breach(
            Rule::MissingField,
            sample_without(InProgress, &["id"]),
            Error,
            "id",
            "expected a string, found nothing at id",
        ),
        breach(
            Rule::MissingField,
            running(json!({ "endpoint": "" })),
            Error,
            "endpoint",
            "expected a string, found \"\" at endpoint",
        ),
        breach(
            Rule::MissingField,
            running(json!({ "request_counts": { "completed": 0, "failed": 0 } })),
            Error,
            "request_counts.total",
            "expected an integer, found nothing at request_counts.total",
        ),
        breach(
            Rule::WrongKind,
            running(json!({ "id": 7 })),
            Error,
            "id",
            "expected a string, found number 7 at id",
        ),
        breach(
            Rule::WrongKind,
            running(json!({ "created_at": true })),
            Error,
            "created_at",
            "expected Unix seconds as an integer, found true at created_at",
        ),
        breach(
            Rule::WrongKind,
            sample_with(Failed, &json!({ "errors": { "data": [{ "code": "a" }, { "code": 7 }] } })),
            Error,
            "errors.data[1].code",
            "expected a string, found number 7 at errors.data[1].code",
        ),
        breach(
            Rule::WrongKind,
            sample_with(Failed, &json!({ "errors": { "data": [7] } })),
            Error,
            "errors.data[0]",
            "expected an object, found number 7 at errors.data[0]",
        ),
        breach(
            Rule::WrongKind,
            sample_with(Failed, &json!({ "errors": { "object": 7, "data": [{ "message": "bad" }] } })),
            Error,
            "errors.object",
            "expected a string, found number 7 at errors.object",
        ),
        breach(
            Rule::WrongKind,
            sample_with(Failed, &json!({ "errors": { "data": "bad" } })),
            Error,
            "errors.data",
            "expected an array, found \"bad\" at errors.data",
        ),
        breach(
            Rule::WrongObject,
            running(json!({ "object": "file" })),
            Error,
            "object",
            "expected \"batch\", found \"file\" at object",
        ),
        breach(
            Rule::UnknownStatus,
            running(json!({ "status": "paused" })),
            Error,
            "status",
            "expected one of validating, failed, in_progress, finalizing, completed, expired, cancelling, \
             cancelled, found \"paused\" at status",
        ),
        breach(
            Rule::StatusSpelling,
            running(json!({ "status": "Canceled" })),
            Error,
            "status",
            "expected \"cancelled\", found \"Canceled\" at status",
        ),
        breach(
            Rule::TimestampInvalid,
            running(json!({ "created_at": -1 })),
            Error,
            "created_at",
            "expected Unix seconds as an integer, 0 or more, found number -1 at created_at",
        ),
        breach(
            Rule::TimestampInvalid,
            running(json!({ "in_progress_at": 1_736_489_775.5 })),
            Error,
            "in_progress_at",
            "expected Unix seconds as an integer, 0 or more, found number 1736489775.5 at in_progress_at",
        ),
        breach(
            Rule::TimestampMilliseconds,
            running(json!({ "in_progress_at": 1_736_489_835_123_u64 })),
            Error,
            "in_progress_at",
            "expected Unix seconds, found number 1736489835123 at in_progress_at",
        ),
        breach(
            Rule::TimestampString,
            running(json!({ "in_progress_at": "2025-01-10T06:17:15Z" })),
            Error,
            "in_progress_at",
            "expected Unix seconds as an integer, found \"2025-01-10T06:17:15Z\" at in_progress_at",
        ),
    ]
}

//! Breaches of the rules about several fields, and about values that the profile does not know.

use batchlight::BatchStatus::{Cancelling, Completed, Failed, InProgress, Validating};
use batchlight::Level::{Error, Note, Warning};
use batchlight::check::{MAX_ERROR_ENTRIES, Rule};
use batchlight::model::{MAX_METADATA_KEY_LENGTH, MAX_METADATA_PAIRS, MAX_METADATA_VALUE_LENGTH};
use serde_json::{Value, json};

use super::{Breach, breach, counts, metadata, usage};
use crate::support::samples::{CREATED, DAY, sample_with, sample_without};

/// The breaches, in the order of the rules.
#[expect(clippy::too_many_lines, reason = "a table")]
pub fn breaches() -> Vec<Breach> {
    let running = |members: Value| sample_with(InProgress, &members);
    vec![
        breach(
            Rule::TimestampOrder,
            running(json!({ "in_progress_at": CREATED - 5 })),
            Warning,
            "in_progress_at",
            "expected 1736489775 or later, found number 1736489770 at in_progress_at",
        ),
        breach(
            Rule::TimestampMissing,
            sample_without(Cancelling, &["cancelling_at"]),
            Warning,
            "cancelling_at",
            "expected the time at which the batch became cancelling, found nothing at cancelling_at",
        ),
        breach(
            Rule::TimestampUnreached,
            running(json!({ "completed_at": CREATED + 90 })),
            Warning,
            "completed_at",
            "expected no value while the status is in_progress, found number 1736489865 at completed_at",
        ),
        breach(
            Rule::TimestampSkipped,
            sample_without(Completed, &["finalizing_at"]),
            Note,
            "finalizing_at",
            "expected a timestamp, because a batch that is completed has passed this status, found nothing \
             at finalizing_at",
        ),
        breach(
            Rule::ExpiryWindow,
            running(json!({ "expires_at": CREATED + DAY + 1 })),
            Warning,
            "expires_at",
            "expected 1736576175 (created_at plus the completion window), found number 1736576176 at \
                expires_at",
        ),
        breach(
            Rule::ExpiryMissing,
            sample_without(InProgress, &["expires_at"]),
            Note,
            "expires_at",
            "expected the deadline in Unix seconds, found nothing at expires_at",
        ),
        breach(
            Rule::CountInvalid,
            running(json!({ "request_counts": { "completed": 1.5, "failed": 0, "total": 3 } })),
            Error,
            "request_counts.completed",
            "expected an integer, 0 or more, found number 1.5 at request_counts.completed",
        ),
        breach(
            Rule::CountInvalid,
            sample_with(Failed, &json!({ "errors": { "data": [{ "line": -1 }] } })),
            Error,
            "errors.data[0].line",
            "expected an integer, 0 or more, found number -1 at errors.data[0].line",
        ),
        breach(
            Rule::CountsMissing,
            sample_without(InProgress, &["request_counts"]),
            Note,
            "request_counts",
            "expected an object with completed, failed and total, found nothing at request_counts",
        ),
        breach(
            Rule::CountsExceedTotal,
            running(counts(99, 2, 100)),
            Error,
            "request_counts",
            "expected at most 100, the total, found completed 99 and failed 2 at \
                request_counts",
        ),
        breach(
            Rule::CountsUnfinished,
            sample_with(Completed, &counts(97, 2, 100)),
            Warning,
            "request_counts",
            "expected 100 finished requests, because the batch is completed, found completed 97 and failed 2 \
             at request_counts",
        ),
        breach(
            Rule::CountsEarly,
            sample_with(Validating, &counts(0, 0, 3)),
            Note,
            "request_counts.total",
            "expected 0 while the status is validating, found number 3 at request_counts.total",
        ),
        breach(
            Rule::OutputFileMissing,
            sample_without(Completed, &["output_file_id"]),
            Warning,
            "output_file_id",
            "expected a file id, because request_counts.completed is 98, found nothing at output_file_id",
        ),
        breach(
            Rule::OutputFileUnexpected,
            sample_with(Completed, &counts(0, 2, 2)),
            Note,
            "output_file_id",
            "expected no value, because no request succeeded, found \"file-output\" at output_file_id",
        ),
        breach(
            Rule::ErrorFileMissing,
            sample_without(Completed, &["error_file_id"]),
            Warning,
            "error_file_id",
            "expected a file id, because request_counts.failed is 2, found nothing at error_file_id",
        ),
        breach(
            Rule::ErrorFileUnexpected,
            sample_with(Completed, &counts(2, 0, 2)),
            Note,
            "error_file_id",
            "expected no value, because no request failed, found \"file-error\" at error_file_id",
        ),
        breach(
            Rule::FileEarly,
            running(json!({ "output_file_id": "file-1" })),
            Warning,
            "output_file_id",
            "expected no value while the status is in_progress, found \"file-1\" at output_file_id",
        ),
        breach(
            Rule::ErrorsMissing,
            sample_without(Failed, &["errors"]),
            Warning,
            "errors",
            "expected the reasons for the failure, found nothing at errors",
        ),
        breach(
            Rule::ErrorsUnexpected,
            running(json!({ "errors": { "object": "list", "data": [{ "code": "a" }] } })),
            Warning,
            "errors",
            "expected no errors while the status is in_progress, found an object at errors",
        ),
        breach(
            Rule::ErrorsShape,
            sample_with(Failed, &json!({ "errors": ["bad"] })),
            Error,
            "errors",
            "expected an object with an array in data, found an array of length 1 at errors",
        ),
        breach(
            Rule::ErrorsShape,
            sample_with(Failed, &json!({ "errors": { "message": "bad" } })),
            Error,
            "errors",
            "expected an object with an array in data, found an object at errors",
        ),
        breach(
            Rule::ErrorsShape,
            sample_with(Failed, &json!({ "errors": "bad" })),
            Error,
            "errors",
            "expected an object with an array in data, found \"bad\" at errors",
        ),
        breach(
            Rule::ErrorsCut,
            sample_with(Failed, &json!({ "errors": { "data": vec![json!({}); MAX_ERROR_ENTRIES + 1] } })),
            Note,
            "errors.data",
            "expected at most 100000 errors, found 100001 errors at errors.data",
        ),
        breach(
            Rule::MetadataKind,
            running(json!({ "metadata": { "tags": ["a", "b"] } })),
            Error,
            "metadata.tags",
            "expected a string, found an array of length 2 at metadata.tags",
        ),
        breach(
            Rule::MetadataKind,
            running(json!({ "metadata": "team=blue" })),
            Error,
            "metadata",
            "expected an object of strings, found \"team=blue\" at metadata",
        ),
        breach(
            Rule::MetadataPairs,
            running(metadata((0..=MAX_METADATA_PAIRS).map(|key| (key.to_string(), String::new())))),
            Warning,
            "metadata",
            "expected at most 16 pairs, found 17 pairs at metadata",
        ),
        breach(
            Rule::MetadataKey,
            running(metadata([("k".repeat(MAX_METADATA_KEY_LENGTH + 1), "v".into())])),
            Warning,
            "metadata.kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk",
            "expected a key of at most 64 code points, found 65 code points at \
             metadata.kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk",
        ),
        breach(
            Rule::MetadataValue,
            running(metadata([("a key".into(), "v".repeat(MAX_METADATA_VALUE_LENGTH + 1))])),
            Warning,
            "metadata[\"a key\"]",
            "expected a value of at most 512 code points, found 513 code points at metadata[\"a key\"]",
        ),
        breach(
            Rule::EndpointUnknown,
            running(json!({ "endpoint": "/v1/messages" })),
            Warning,
            "endpoint",
            "expected an endpoint of the profile: /v1/responses, /v1/chat/completions, /v1/embeddings, \
             /v1/completions, /v1/moderations, /v1/images/generations, /v1/images/edits, /v1/videos, found \
             \"/v1/messages\" at endpoint",
        ),
        breach(
            Rule::WindowUnknown,
            running(json!({ "completion_window": "48h", "expires_at": CREATED + 2 * DAY })),
            Warning,
            "completion_window",
            "expected \"24h\", found \"48h\" at completion_window",
        ),
        breach(
            Rule::IdShape,
            running(json!({ "id": "msgbatch_1" })),
            Warning,
            "id",
            "expected an id that begins with \"batch\" and contains no whitespace, found \"msgbatch_1\" \
             at id",
        ),
        breach(
            Rule::FileIdShape,
            running(json!({ "input_file_id": "input 1" })),
            Note,
            "input_file_id",
            "expected an id that begins with \"file-\" and contains no whitespace, found \"input 1\" at \
                input_file_id",
        ),
        breach(
            Rule::UsageSum,
            running(usage(3, 0, 4, 0, 8)),
            Warning,
            "usage.total_tokens",
            "expected 7 (input_tokens plus output_tokens), found number 8 at usage.total_tokens",
        ),
        breach(
            Rule::UsageDetails,
            running(usage(3, 4, 4, 0, 7)),
            Warning,
            "usage.input_tokens_details.cached_tokens",
            "expected at most 3, found number 4 at usage.input_tokens_details.cached_tokens",
        ),
        breach(
            Rule::UsageDetails,
            running(usage(3, 0, 4, 5, 7)),
            Warning,
            "usage.output_tokens_details.reasoning_tokens",
            "expected at most 4, found number 5 at usage.output_tokens_details.reasoning_tokens",
        ),
        breach(
            Rule::NullField,
            running(json!({ "model": null, "error_file_id": "" })),
            Note,
            "",
            "expected absent fields to be omitted, found null or an empty string for model, error_file_id",
        ),
        breach(
            Rule::UnknownField,
            running(json!({ "analytics": {} })),
            Note,
            "",
            "expected only fields of the published interface, found \"analytics\"",
        ),
    ]
}

//! Deviations of single fields: null, spelling and type.

use batchlight::{BatchStatus, Level, ProfileName};
use serde_json::json;

use super::{Deviation, deviation, milliseconds};
use crate::support::rows::row;
use crate::support::samples::{sample_with, sample_without};

/// The deviations.
#[expect(clippy::too_many_lines, reason = "a table")]
pub fn deviations() -> Vec<Deviation> {
    use BatchStatus::{Cancelled, Completed, Expired, Failed, InProgress, Validating};
    use Level::{Error, Note};
    use ProfileName::{Azure, Compatible, Openai, Together};
    let from = |line| row(line).batch;
    let iso = json!({ "created_at": "2025-01-10T06:16:15Z" });
    vec![
        deviation("null for absent, OpenAI", from(1), Openai, ("null_field", ""), (Note, Note)),
        deviation("null for absent, Azure", from(43), Azure, ("null_field", ""), (Note, Note)),
        deviation("endpoint null, Azure", from(43), Azure, ("missing_field", "endpoint"), (Note, Error)),
        deviation("endpoint absent, Azure", from(45), Azure, ("missing_field", "endpoint"), (Note, Error)),
        deviation(
            "input file null, Azure",
            from(49),
            Azure,
            ("missing_field", "input_file_id"),
            (Note, Error),
        ),
        deviation(
            "object absent, Together",
            sample_without(InProgress, &["object"]),
            Together,
            ("missing_field", "object"),
            (Note, Error),
        ),
        deviation(
            "window absent, Qoder",
            sample_without(InProgress, &["completion_window"]),
            Compatible,
            ("missing_field", "completion_window"),
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
        deviation(
            "timestamps as strings, Azure",
            from(45),
            Azure,
            ("timestamp_string", "created_at"),
            (Note, Error),
        ),
        deviation(
            "timestamps as strings, kluster",
            from(55),
            Compatible,
            ("timestamp_string", "cancelling_at"),
            (Note, Error),
        ),
        deviation(
            "timestamps as strings, Qoder",
            sample_with(Validating, &iso),
            Compatible,
            ("timestamp_string", "created_at"),
            (Note, Error),
        ),
        deviation(
            "timestamps as strings, Together",
            sample_with(Validating, &iso),
            Together,
            ("timestamp_string", "created_at"),
            (Note, Error),
        ),
        deviation(
            "milliseconds, a gateway and Zhipu",
            sample_with(Expired, &milliseconds()),
            Compatible,
            ("timestamp_milliseconds", "in_progress_at"),
            (Note, Error),
        ),
        deviation(
            "the year 2000 for not set, a gateway",
            sample_with(Expired, &milliseconds()),
            Compatible,
            ("timestamp_sentinel", "cancelled_at"),
            (Note, None),
        ),
        deviation(
            "0 for not set, Maritaca",
            sample_with(InProgress, &json!({ "failed_at": 0, "cancelled_at": 0 })),
            Compatible,
            ("timestamp_sentinel", "failed_at"),
            (Note, None),
        ),
        deviation(
            "running, Maritaca",
            sample_with(InProgress, &json!({ "status": "running" })),
            Compatible,
            ("status_spelling", "status"),
            (Note, None),
        ),
        deviation(
            "PROGRESS, Novita",
            sample_with(InProgress, &json!({ "status": "PROGRESS" })),
            Compatible,
            ("status_spelling", "status"),
            (Note, None),
        ),
        deviation(
            "nested errors, Azure",
            sample_with(
                Failed,
                &json!({ "errors": { "object": "list", "data": [{
                "code": null,
                "message": { "error": { "code": "bad", "message": "Bad.", "param": null, "type": "t" } },
            }] } }),
            ),
            Azure,
            ("errors_shape", "errors"),
            (Note, Error),
        ),
        deviation(
            "nested error, vLLM",
            sample_with(Failed, &json!({ "errors": { "error": { "message": "Bad." } } })),
            Compatible,
            ("errors_shape", "errors"),
            (Note, Error),
        ),
        deviation(
            "empty endpoint, Azure",
            sample_with(Completed, &json!({ "endpoint": "" })),
            Azure,
            ("missing_field", "endpoint"),
            (Note, Error),
        ),
        deviation("empty error file id, Zhipu", from(57), Compatible, ("null_field", ""), (Note, Note)),
        deviation(
            "empty error file id, OpenAI",
            sample_with(InProgress, &json!({ "error_file_id": "" })),
            Openai,
            ("null_field", ""),
            (Note, Note),
        ),
        deviation(
            "counts of null, Azure",
            from(45),
            Azure,
            ("missing_field", "request_counts.total"),
            (Note, Error),
        ),
        deviation(
            "counts of null, Zhipu",
            sample_with(
                InProgress,
                &json!({ "request_counts": { "completed": null, "failed": null, "total": 3 } }),
            ),
            Compatible,
            ("missing_field", "request_counts.completed"),
            (Note, Error),
        ),
    ]
}

//! Deviations of fields that contradict each other, and of values that a profile does not know.

use batchlight::{BatchStatus, Level, ProfileName};
use serde_json::json;

use super::{Deviation, deviation, milliseconds};
use crate::support::rows::row;
use crate::support::samples::{CREATED, sample_with, sample_without};

/// The deviations.
#[expect(clippy::too_many_lines, reason = "a table")]
pub fn deviations() -> Vec<Deviation> {
    use BatchStatus::{Completed, Expired, InProgress, Validating};
    use Level::{Error, Note, Warning};
    use ProfileName::{Azure, Compatible, Dashscope, Groq, Openai, Together};
    let from = |line| row(line).batch;
    vec![
        deviation(
            "counts absent, Together",
            sample_without(InProgress, &["request_counts"]),
            Together,
            ("counts_missing", "request_counts"),
            (Note, Note),
        ),
        deviation("additional fields, Azure", from(49), Azure, ("unknown_field", ""), (Note, Note)),
        deviation(
            "additional fields, Together",
            sample_with(InProgress, &json!({ "progress": 40, "job_deadline": "2025-01-11T06:16:15Z" })),
            Together,
            ("unknown_field", ""),
            (Note, Note),
        ),
        deviation(
            "finalizing after expiry, a gateway",
            sample_with(Expired, &milliseconds()),
            Compatible,
            ("timestamp_order", "expired_at"),
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
            "failed_at missing, Azure",
            from(51),
            Azure,
            ("timestamp_missing", "failed_at"),
            (Warning, Warning),
        ),
        deviation(
            "completed_at on a failed batch, Azure",
            from(51),
            Azure,
            ("timestamp_unreached", "completed_at"),
            (Warning, Warning),
        ),
        deviation(
            "cancelling_at late, DashScope",
            from(26),
            Dashscope,
            ("timestamp_missing", "cancelling_at"),
            (Warning, Warning),
        ),
        deviation(
            "completed_at missing, kluster",
            from(53),
            Compatible,
            ("timestamp_missing", "completed_at"),
            (Warning, Warning),
        ),
        deviation(
            "completed_at missing, Qoder",
            sample_without(Completed, &["completed_at"]),
            Compatible,
            ("timestamp_missing", "completed_at"),
            (Warning, Warning),
        ),
        deviation(
            "in_progress_at skipped, Azure",
            from(44),
            Azure,
            ("timestamp_skipped", "in_progress_at"),
            (Note, Note),
        ),
        deviation(
            "in_progress_at skipped, Doubleword",
            from(68),
            Compatible,
            ("timestamp_skipped", "in_progress_at"),
            (Note, Note),
        ),
        deviation(
            "in_progress_at skipped, DashScope",
            sample_without(Completed, &["in_progress_at"]),
            Dashscope,
            ("timestamp_skipped", "in_progress_at"),
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

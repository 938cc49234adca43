//! Validation, lifecycle and presentation of batches of OpenAI's Batch API, and checks of their JSONL files.
//!
//! [`parse`] reads a batch from JSON and reports all problems at once. [`view::describe_json`] makes a view
//! that can be shown to people:
//!
//! ```
//! use batchlight::view::{Catalog, DescribeOptions, describe_json};
//! use batchlight::{BatchStatus, InvalidBatch, ProfileName, parse};
//!
//! let json = br#"{
//!     "id": "batch_1", "object": "batch", "endpoint": "/v1/embeddings", "status": "completed",
//!     "input_file_id": "file-1", "output_file_id": "file-2", "completion_window": "24h",
//!     "created_at": 1736489775, "in_progress_at": 1736489835, "finalizing_at": 1736493375,
//!     "completed_at": 1736493435, "expires_at": 1736576175,
//!     "request_counts": {"completed": 3, "failed": 0, "total": 3}
//! }"#;
//!
//! let parsed = parse(json)?;
//! assert_eq!(parsed.batch.status, BatchStatus::Completed);
//! assert!(parsed.issues.is_empty());
//!
//! let options = DescribeOptions { now: 1736493500, history: &[], seed: 0, messages: &Catalog::default() };
//! let view = describe_json(json, ProfileName::Openai, options);
//! assert_eq!(view.label, "Completed");
//! # Ok::<(), InvalidBatch>(())
//! ```
//!
//! The npm package of the same name is this crate compiled to WebAssembly. All timestamps are Unix seconds.
//!
//! # Validation
//!
//! [`parse`] expects a batch as OpenAI sends it, [`parse_as`] as another provider does. An invalid batch has
//! issues with a code, a path, a message and help (module [`check`]).
//!
//! ```
//! let json = br#"{"id": "batch_1", "object": "batch", "endpoint": "/v1/embeddings", "status": "in_progress",
//!     "input_file_id": "file-1", "completion_window": "24h", "created_at": 1736489775123}"#;
//! let invalid = batchlight::parse(json).unwrap_err();
//! assert_eq!(invalid.to_string(), "expected Unix seconds, found number 1736489775123 at created_at");
//! assert_eq!(invalid.issues[0].code, "timestamp_milliseconds");
//! ```
//!
//! # Lifecycle
//!
//! [`BatchStatus`] defines the lifecycle ([`model`]). [`transition`] changes a batch's status, and
//! [`compare`] says whether one response is newer than another, stale or contradictory ([`lifecycle`]).
//!
//! ```
//! use batchlight::{BatchStatus, Evidence};
//! assert!(BatchStatus::Finalizing.successors().eq([BatchStatus::Completed, BatchStatus::Expired]));
//! assert!(!BatchStatus::Completed.can_reach(BatchStatus::Failed, Evidence::Unobserved));
//! ```
//!
//! # View
//!
//! [`view::describe_json`] accepts any bytes, valid or not. A [`BatchView`] has the outcome, a label and a
//! summary, progress, a timeline, the estimated time left, and the time of the next poll.
//!
//! ```
//! use batchlight::view::{Catalog, DescribeOptions, describe_json};
//! use batchlight::{BatchOutcome, ProfileName};
//! let json = br#"{"status": "completed", "error_file_id": "file-2",
//!     "request_counts": {"completed": 0, "failed": 3, "total": 3}}"#;
//! let messages = Catalog::default();
//! let options = DescribeOptions { now: 1_736_490_000, history: &[], seed: 0, messages: &messages };
//! let view = describe_json(json, ProfileName::Openai, options);
//! assert_eq!(view.outcome, Some(BatchOutcome::AllFailed));
//! assert_eq!(view.label, "Completed, all failed");
//! ```
//!
//! # Files
//!
//! [`jsonl`] checks an input file before it is uploaded, fixes and splits it, and reads the result files. It
//! reads chunks of bytes in bounded memory. Its issues have a line, a column and help.
//!
//! ```
//! use batchlight::jsonl::{CheckOptions, check_reader};
//! let file = b"{'custom_id': 'a'}\n"; // or a std::fs::File
//! let report = check_reader(&file[..], CheckOptions::default())?;
//! let issue = &report.issues[0];
//! assert_eq!((issue.code, issue.line, issue.column), ("invalid_json_line", 1, 2));
//! assert_eq!(issue.message, "expected double quotes, found \"'\"");
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! # Rust web applications
//!
//! The feature `js` adds the module `js`, which takes batches as JavaScript values, such as the result of
//! `fetch`, and converts results to plain objects. The npm package does not use it.
//!
//! # CPU features
//!
//! [`json`], the JSON parser, reads sixteen bytes at a time if the target has the vector instructions at
//! build time: SSE4.1 on x86-64, `simd128` on WebAssembly. There is no detection at run time. The default
//! x86-64 target has only SSE2, so the crate uses portable code; build with
//! `RUSTFLAGS="-Ctarget-cpu=x86-64-v2"` or `-Ctarget-feature=+sse4.1` to use the vector instructions. Other
//! architectures use the portable code. The results are the same.

pub mod check;
pub mod diagnostics;
mod hash;
pub mod json;
pub mod jsonl;
pub mod lifecycle;
pub mod model;
mod random;
pub mod run;
pub mod simulate;
mod text;
pub mod view;

#[cfg(any(feature = "_wasm", feature = "js"))]
mod wasm;

pub use check::{BatchIssue, InvalidBatch, ParsedBatch, issues, parse, parse_as};
pub use diagnostics::Level;
pub use lifecycle::{BatchChange, compare, transition};
pub use model::{Batch, BatchStatus, Evidence, ProfileName, Snapshot};
pub use view::{BatchOutcome, BatchView, outcome};
#[cfg(feature = "js")]
pub use wasm::js;

//! Types, validation, lifecycle and presentation of the `Batch` object of OpenAI's Batch API, and checks of
//! its JSONL files. The npm package of the same name is this crate compiled to WebAssembly.
//!
//! **Validation** ([`check`]): [`parse`] and [`parse_as`] parse JSON under the profile of a provider and
//! return the batch or all issues.
//!
//! ```
//! let json = br#"{"id": "batch_1", "object": "batch", "endpoint": "/v1/embeddings",
//!     "input_file_id": "file-1", "completion_window": "24h", "status": "in_progress",
//!     "created_at": 1736489775123}"#;
//! let invalid = batchlight::parse(json).unwrap_err();
//! assert_eq!(invalid.to_string(), "expected Unix seconds, found number 1736489775123 at created_at");
//! ```
//!
//! **Lifecycle** ([`model`], [`lifecycle`]): [`BatchStatus`] says which statuses can follow; [`transition`]
//! changes the status, and [`compare`] says whether a poll is newer, stale or contradictory.
//!
//! ```
//! use batchlight::{BatchStatus, Evidence};
//! assert!(BatchStatus::Finalizing.successors().eq([BatchStatus::Completed]));
//! assert!(!BatchStatus::Completed.can_reach(BatchStatus::Failed, Evidence::Unobserved));
//! ```
//!
//! **Presentation** ([`view`]): [`view::describe`] returns one view with the outcome, label, summary,
//! progress, timeline, estimated time left and the next poll. It accepts any input.
//!
//! ```
//! use batchlight::view::{DescribeOptions, Catalog, describe_json};
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
//! **Files** ([`jsonl`]): checks, fixes and splits an input file line by line, and reads result files. Files
//! are read in chunks and in bounded memory; issues have a line, a column and a help text.
//!
//! ```
//! use batchlight::jsonl::{CheckOptions, INPUT_DEPTH, InputCheck, Lines};
//! let (mut lines, mut check) = (Lines::new(INPUT_DEPTH), InputCheck::new(CheckOptions::default()));
//! let piece = b"{'custom_id': 'a'}\n";
//! lines.room(piece.len())[..piece.len()].copy_from_slice(piece);
//! lines.take(piece.len(), &mut |line, reading| check.line(&line, reading));
//! let issue = &check.finish(lines.bytes()).issues[0];
//! assert_eq!((issue.code, issue.line, issue.column), ("invalid_json_line", 1, 2));
//! assert_eq!(issue.message, "expected double quotes, found \"'\"");
//! ```
//!
//! [`simulate`] computes batches for tests, and [`json`] is the parser below. Timestamps are whole Unix
//! seconds.
//!
//! # CPU features
//!
//! [`json`] reads sixteen bytes at a time with vector instructions where the target has them at build time:
//! SSSE3 on x86-64, `simd128` on WebAssembly. Nothing is detected at run time. The default x86-64 target has
//! SSE2 only, so that the crate uses portable code there; build with `RUSTFLAGS="-Ctarget-cpu=x86-64-v2"` or
//! `-Ctarget-feature=+ssse3` for the vector instructions. Other architectures use the portable code. The
//! results are the same.

pub mod check;
mod hash;
pub mod json;
pub mod jsonl;
pub mod lifecycle;
pub mod model;
mod random;
pub mod simulate;
mod text;
pub mod view;

#[cfg(feature = "wasm")]
mod wasm;

pub use check::{BatchIssue, Invalid, Level, Parsed, issues, parse, parse_as};
pub use lifecycle::{BatchChange, compare, transition};
pub use model::{Batch, BatchStatus, Evidence, ProfileName, Snapshot};
pub use view::{BatchOutcome, BatchView, outcome};

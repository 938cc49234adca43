//! A light for every OpenAI batch: types, lifecycle, validation, outcome and view of the Batch API's
//! `Batch` object. Pure Rust; the npm package of the same name is this crate compiled to WebAssembly.
//!
//! One room for each question:
//!
//! **Is it a batch?** [`parse`] and [`parse_as`] read JSON bytes, under a provider's profile, and give the
//! batch or every issue at once ([`check`]).
//!
//! ```
//! let json = br#"{"id": "batch_1", "object": "batch", "endpoint": "/v1/embeddings",
//!     "input_file_id": "file-1", "completion_window": "24h", "status": "in_progress",
//!     "created_at": 1736489775123}"#;
//! let invalid = batchlight::parse(json).unwrap_err();
//! assert_eq!(invalid.to_string(), "expected Unix seconds, found number 1736489775123 at created_at");
//! ```
//!
//! **What can happen to it, and what did?** [`BatchStatus`] answers from one table of moves ([`model`]);
//! [`transition`] makes a move, [`compare`] tells later from older from impossible ([`lifecycle`]).
//!
//! ```
//! use batchlight::{BatchStatus, Evidence};
//! assert!(BatchStatus::Finalizing.successors().eq([BatchStatus::Completed]));
//! assert!(!BatchStatus::Completed.can_reach(BatchStatus::Failed, Evidence::Unobserved));
//! ```
//!
//! **What do I show?** [`view::describe`] gives one view: outcome, texts, progress, timeline, time left, when
//! to ask again ([`view`]). It describes anything, garbage included.
//!
//! ```
//! use batchlight::view::{DescribeOptions, Catalog, describe_json};
//! use batchlight::{BatchOutcome, ProfileName};
//! let json = br#"{"status": "completed", "error_file_id": "file-2",
//!     "request_counts": {"completed": 0, "failed": 3, "total": 3}}"#;
//! let look = DescribeOptions { now: 1_736_490_000, history: &[], seed: 0, messages: &Catalog::default() };
//! let view = describe_json(json, ProfileName::Openai, look);
//! assert_eq!(view.outcome, Some(BatchOutcome::AllFailed));
//! assert_eq!(view.label, "Completed, all failed");
//! ```
//!
//! **Are the files right?** [`jsonl`] checks an input file line by line before it is sent, fixes and splits
//! it, and reads what came back: pieces of bytes in, issues with line, column and help out, in bounded
//! memory.
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
//! [`json`] is the byte scanner below it all. Times are whole Unix seconds everywhere.
//!
//! # CPU features
//!
//! [`json`] reads sixteen bytes at a time with vector instructions where the target has them at build time:
//! SSSE3 on x86-64, `simd128` on WebAssembly. Nothing is detected at run time. The default x86-64 target has
//! SSE2 only, so that the crate uses portable code there; build with `RUSTFLAGS="-Ctarget-cpu=x86-64-v2"` or
//! `-Ctarget-feature=+ssse3` for the vector instructions. Other architectures use the portable code. The
//! results are the same.

pub mod check;
pub mod diagnostics;
pub mod json;
pub mod jsonl;
pub mod lifecycle;
pub mod model;
mod random;
mod text;
pub mod view;

#[cfg(feature = "wasm")]
mod wasm;

pub use check::{BatchIssue, InvalidBatch, ParsedBatch, issues, parse, parse_as};
pub use diagnostics::Level;
pub use lifecycle::{BatchChange, compare, transition};
pub use model::{Batch, BatchStatus, Evidence, ProfileName, Snapshot};
pub use view::{BatchOutcome, BatchView, outcome};

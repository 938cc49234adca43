//! Reading JSON bytes: validity, positions, values. Knows nothing about batches.
//!
//! [`Tape`] is the fast reader of lines, [`Scanner`] the slow reader of single texts, which also explains the
//! errors of both. In order of imports: `node`, `error` and `cursor`; `strings`, `numbers`, `number_run` and
//! `keys`, which read one part of a text; `parse`; `shape`, which skips what a line shares with an earlier
//! one; `tape`.

#![allow(
    clippy::inline_always,
    reason = "a call in a hot loop costs more than its body, and opt-level s makes calls"
)]

mod brackets;
mod cursor;
mod deep;
mod error;
mod escapes;
mod json_string;
mod keys;
mod node;
mod number_run;
mod numbers;
mod parse;
mod scan;
mod shape;
mod simd;
mod strings;
mod tape;
mod utf8;

pub use error::{Fault, JsonError};
pub use json_string::JsonString;
pub use node::{Kind, Node, RepeatedKey, Span, TextLength};
pub(crate) use scan::TOO_MANY_NODES;
pub use scan::{Scanner, Token};
pub(crate) use simd::search::{find_quoted, last_newline, plain_blocks};
pub use tape::Tape;

//! A JSON parser that does not depend on the format of batches.
//!
//! [`Tape`] parses lines quickly. [`Scanner`] parses single documents, and writes the error messages for
//! both. Within the folder, the parsers of single values (`strings`, `numbers`, `keys`) do not import
//! `parse`, which calls them. `shape` skips the parts that a line has in common with an earlier one. `tape`
//! uses both.

#![allow(
    clippy::inline_always,
    reason = "these functions are small and hot, and opt-level s would not inline them"
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
pub(crate) use numbers::MAX_SAFE_INTEGER;
pub(crate) use scan::TOO_MANY_NODES;
pub use scan::{Scanner, Token};
pub(crate) use simd::U32x16;
pub(crate) use simd::search::{find, find_quoted, last_newline, plain_blocks};
pub use tape::Tape;

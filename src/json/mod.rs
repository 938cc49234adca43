//! A JSON parser that does not depend on the format of batches.
//!
//! [`Tape`] parses lines quickly. [`Scanner`] parses single documents, and writes the error messages for
//! both. Inside the module, a parser of one part of a text (`strings`, `numbers`, `keys`) does not import
//! `parse`, which uses them; `shape` skips what a line shares with an earlier one, and `tape` is on top.

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
pub(crate) use scan::TOO_MANY_NODES;
pub use scan::{Scanner, Token};
pub(crate) use simd::search::{find_quoted, last_newline, plain_blocks};
pub use tape::Tape;

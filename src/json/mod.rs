//! JSON bytes: validity, positions, values. Knows nothing of batches.

#![allow(
    clippy::inline_always,
    reason = "a call in a hot loop costs more than its body, and opt-level s makes calls"
)]

mod deep;
mod error;
mod escapes;
mod keys;
mod number_run;
mod numbers;
mod parse;
mod scan;
mod shape;
mod simd;
mod strings;
mod tape;
mod text;
mod utf8;

pub use error::JsonError;
pub(crate) use parse::TOO_MANY;
pub use scan::{Scanner, Token};
pub(crate) use simd::{last_newline, plain_blocks};
pub use tape::{Fault, Kind, Node, Repeated, Span, Tape, Weight};
pub use text::JsonText;

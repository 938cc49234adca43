//! JSON bytes: validity, positions, values. Knows nothing of batches.

#![allow(
    clippy::inline_always,
    reason = "a call in a hot loop costs more than its body, and opt-level s makes calls"
)]

mod deep;
mod error;
mod escapes;
mod find;
mod keys;
mod learn;
mod numbers;
mod rows;
mod scan;
mod shape;
mod shapes;
mod simd;
mod strings;
mod tape;
mod text;
mod utf8;
mod walk;

pub use error::JsonError;
pub(crate) use find::find_quoted;
pub use scan::{Scanner, Token};
pub(crate) use simd::{last_newline, plain_blocks};
pub use tape::{Fault, Kind, Node, Repeated, Span, Tape, Weight};
pub use text::JsonText;
pub(crate) use walk::TOO_MANY;

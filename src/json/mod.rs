//! JSON bytes: validity, positions, values. Knows nothing of batches.

mod error;
mod scan;
mod tape;
mod text;
mod walk;

pub use error::JsonError;
pub use scan::{Scanner, Token};
pub use tape::{Fault, Kind, Node, Repeated, Span, Tape, Weight};
pub use text::JsonText;

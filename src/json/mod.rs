//! A byte scanner: JSON and UTF-8 validity, positions, values. Knows nothing of batches.

mod error;
mod scan;
mod text;

pub use error::JsonError;
pub use scan::{Scanner, Token};
pub use text::JsonText;

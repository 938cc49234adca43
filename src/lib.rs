//! A light for every OpenAI batch: types, lifecycle, validation, outcome and view of the Batch API's
//! `Batch` object.

pub mod check;
pub mod json;
pub mod lifecycle;
pub mod model;
mod text;
pub mod view;

#[cfg(feature = "wasm")]
mod wasm;

pub use check::{BatchIssue, Invalid, Level, Parsed, issues, parse, parse_as};
pub use lifecycle::{BatchChange, compare, transition};
pub use model::{Batch, BatchStatus, Evidence, ProfileName, Snapshot};
pub use view::{BatchOutcome, BatchView, outcome};

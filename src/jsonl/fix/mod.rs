//! Fixes of an input file.

mod array;
mod custom_ids;
pub(super) mod fixer;
mod lines;
pub(super) mod report;
mod utf16;
mod values;

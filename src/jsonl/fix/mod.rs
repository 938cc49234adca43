//! The fixes of an input file.

pub(super) mod array;
pub(super) mod custom_ids;
pub(super) mod fixer;
pub(super) mod lines;
pub(super) mod report;

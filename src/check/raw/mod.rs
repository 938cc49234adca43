//! The raw form of a batch: the values found at each field of the field table, before any rule is applied.

pub mod batch;
pub mod cell;
pub mod json;
pub mod view;

//! A draft: what a value holds at the places of the member table.

pub mod batch;
pub mod cell;
pub mod json;
pub mod view;

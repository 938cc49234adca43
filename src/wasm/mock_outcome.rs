//! The numbers of request outcomes on the boundary of the mock to JavaScript.
//!
//! They are defined only here: `examples/simulator.rs` includes this file and prints them for the build of
//! the npm package. So this file depends on nothing else in the crate.

/// The request has an answer.
pub const SUCCEEDED: u32 = 0;

/// The request has not finished.
pub const UNFINISHED: u32 = 1;

/// The request failed for the first cause. The other causes follow in their order.
pub const FIRST_CAUSE: u32 = 2;

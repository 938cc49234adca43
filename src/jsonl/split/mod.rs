//! The split of an input file into shards.

pub(super) mod plan;
pub(super) mod splitter;

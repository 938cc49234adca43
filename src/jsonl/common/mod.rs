//! Parts that all operations on files share: lines, hashes of lines, ranges.

pub(super) mod by_shape;
pub(super) mod bytes;
pub(super) mod line_hash;
pub(super) mod lines;
pub(super) mod name_counter;
pub(super) mod nesting;
pub(super) mod ranges;
pub(super) mod wrong_file;

//! Parts that several operations on files share.

pub(super) mod by_shape;
pub(super) mod column;
pub(super) mod convert;
pub(super) mod file_role;
pub(super) mod file_writer;
pub(super) mod id_hash;
pub(super) mod limits;
pub(super) mod line_hash;
pub(super) mod lines;
pub(super) mod name_counter;
pub(super) mod nesting;
pub(super) mod ranges;
pub(super) mod wrong_file;

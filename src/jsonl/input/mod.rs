//! The check of an input file.

pub(super) mod body;
pub(super) mod check;
pub(super) mod endpoints;
pub(super) mod estimate;
pub(super) mod ids;
pub(super) mod issue;
pub(super) mod malformed;
pub(super) mod models;
pub(super) mod parameter_check;
pub(super) mod parameters;
pub(super) mod report;
pub(super) mod request;
pub(super) mod rules;

//! The check of an input file.

mod body;
pub(super) mod check;
pub(super) mod corrections;
pub(super) mod endpoints;
pub(super) mod estimate;
pub(super) mod ids;
pub(super) mod issue;
mod limit;
mod line_report;
pub(super) mod malformed;
mod models;
mod parameter_check;
pub(super) mod parameters;
pub(super) mod report;
mod request;
pub(super) mod request_fields;
pub(super) mod rules;
mod url;

//! Output and error files: each line, the causes of failures, and the digest of all lines.

pub(super) mod answer;
pub(super) mod causes;
pub(super) mod digest;
pub(super) mod failure_catalogue;
pub(super) mod fields;
pub(super) mod issue;
pub(super) mod line;
pub(super) mod normalize_message;
pub(super) mod rules;
pub(super) mod usage;

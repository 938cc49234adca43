//! Are the files right? Input files before they are sent, result files after.

mod atlas;
mod causes;
mod digest;
mod fingerprint;
mod lines;
mod mask;
mod members;
mod result;
mod result_finding;
mod result_rules;
mod usage;

pub use atlas::{ATLAS, ATLAS_SOURCES, About, Advice, Blame, Retry, advice};
pub use causes::Cause;
pub use digest::{CodeCount, Digest, ResultsDigest, StatusCount};
pub use lines::{LONGEST_LINE, Line, LineEnd, Lines, Reading};
pub use members::RESULT_DEPTH;
pub use result::{Failure, Flaw, ResultLine};
pub use result_finding::{FileRole, Listed, ResultFinding, ResultPlace};
pub use result_rules::{RESULT_REASONS, RESULT_RULES, ResultRule, ResultRuleInfo};
pub use usage::{ModelUsage, Tokens};

//! Are the files right? Input files before they are sent, result files after.

mod atlas;
mod bodies;
mod body_check;
mod broken;
mod bytes;
mod causes;
mod digest;
mod estimate;
mod finding;
mod fingerprint;
mod fix;
mod fix_report;
mod ids;
mod input;
mod lines;
mod mask;
mod members;
mod merge;
mod names;
mod naming;
mod nesting;
mod ranges;
mod reconcile;
mod register;
mod report;
mod request;
mod result;
mod result_finding;
mod result_rules;
mod retry;
mod rules;
mod split;
mod split_plan;
mod totals;
mod usage;
mod verdicts;

pub use atlas::{ATLAS, ATLAS_SOURCES, About, Advice, Blame, Retry, advice};
pub use bodies::{
    BODIES, Body, BodyMember, Kinds, LONGEST_EMBEDDING_INPUT, Need, body_of, embedding_inputs,
    kinds_in_words, within,
};
pub use causes::Cause;
pub use digest::{CodeCount, Digest, ResultsDigest, StatusCount};
pub use estimate::{Prompt, TokenEstimate};
pub use finding::{FilePlace, Finding, FindingCount, Findings, Found, KEPT, Told, column, in_words};
pub use fix::Fixer;
pub use fix_report::{FixChange, FixCount, FixReport};
pub use ids::{IdPlace, Ids, Known, MOST_IDS};
pub use input::{INPUT_DEPTH, InputCheck};
pub use lines::{LONGEST_LINE, Line, LineEnd, Lines, Reading};
pub use members::RESULT_DEPTH;
pub use names::{MOST_NAMES, Names};
pub use ranges::FileRange;
pub use reconcile::{Reconciler, ReconciliationReport};
pub use report::{CheckOptions, EndpointRequests, InputReport, Limits, ModelRequests};
pub use result::{Failure, Flaw, ResultLine};
pub use result_finding::{FileRole, Listed, ResultFinding, ResultPlace};
pub use result_rules::{REASONS as RESULT_REASONS, RULES as RESULT_RULES, Rule as ResultRule};
pub use retry::RetryChoice;
pub use rules::{REASONS as FILE_REASONS, RULES as FILE_RULES, Rule as FileRule};
pub use split::Splitter;
pub use split_plan::{ByteRange, LeftOut, ShardPlan, SplitOptions, SplitPlan};
pub use totals::TotalIssue;
pub use usage::{ModelUsage, Tokens};
pub use verdicts::{LineRange, RequestVerdict, Verdict};

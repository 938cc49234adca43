//! Are the files right? Input files before they are sent, result files after.

mod common;
mod fix;
mod input;
mod reconcile;
mod results;
mod split;

pub use common::line_hash::{ByteHash, hash_lines};
pub use common::lines::{LONGEST_LINE, Line, LineEnd, Lines, Reading};
pub use common::name_counter::{MOST_NAMES, Names};
pub use common::ranges::FileRange;
pub use fix::fixer::Fixer;
pub use fix::report::{FixChange, FixCount, FixReport};
pub use input::check::{INPUT_DEPTH, InputCheck};
pub use input::endpoints::{
    BODIES, Body, BodyMember, Kinds, LONGEST_EMBEDDING_INPUT, Need, body_of, embedding_inputs,
    kinds_in_words, within,
};
pub use input::estimate::{Prompt, TokenEstimate};
pub use input::ids::{IdPlace, Ids, Known, MOST_IDS};
pub use input::issue::{FilePlace, Found, InputIssue, IssueCount, IssueList, KEPT, Told, column, in_words};
pub use input::report::{CheckOptions, EndpointRequests, InputReport, Limits, ModelRequests};
pub use input::rules::{REASONS as FILE_REASONS, RULES as FILE_RULES, Rule as FileRule};
pub use reconcile::reconciler::{Reconciler, ReconciliationReport};
pub use reconcile::retry::RetryChoice;
pub use reconcile::totals::CountIssue;
pub use reconcile::verdicts::{LineRange, RequestVerdict, Verdict};
pub use results::answer::{CauseVerdict, Incomplete, IncompleteReason};
pub use results::causes::Cause;
pub use results::digest::{CodeCount, Digest, ResultsDigest, StatusCount};
pub use results::failure_catalogue::{ATLAS, ATLAS_SOURCES, About, Advice, Blame, Retry, advice};
pub use results::fields::RESULT_DEPTH;
pub use results::issue::{FileRole, Listed, ResultIssue, ResultPlace};
pub use results::line::{Failure, Flaw, ResultLine};
pub use results::rules::{REASONS as RESULT_REASONS, RULES as RESULT_RULES, Rule as ResultRule};
pub use results::usage::{ModelUsage, Tokens, UsageDetail};
pub use split::plan::{ByteRange, LeftOut, ShardPlan, SplitOptions, SplitPlan};
pub use split::splitter::Splitter;

//! Are the files right? Input files before they are sent, result files after.

mod common;
mod fix;
mod input;
mod reconcile;
mod results;
mod split;

pub use common::line_hash::{ByteHash, hash_lines};
pub use common::lines::{Line, LineEnd, LineParser, MAX_LINE_LENGTH, ParsedLine};
pub use common::name_counter::{MAX_NAMES, NameCounter};
pub use common::ranges::FileRange;
pub use fix::fixer::Fixer;
pub use fix::report::{FixChange, FixCount, FixReport};
pub use input::check::{INPUT_DEPTH, InputChecker};
pub use input::endpoints::{
    BodyField, ENDPOINTS, EndpointRules, KindSet, MAX_EMBEDDING_INPUT_ITEMS, RequiredField,
    count_embedding_inputs, describe_kinds, endpoint_rules, is_within,
};
pub use input::estimate::{TokenCounter, TokenEstimate};
pub use input::ids::{Added, IdLocation, Ids, MAX_COMPARED_IDS};
pub use input::issue::{
    DEFAULT_MAX_ISSUES, Diagnostic, FilePlace, Found, InputIssue, InputIssues, IssueCount, column, in_words,
};
pub use input::parameters::{Accepted, Constraint, Parameter, Parameters, endpoint_bit};
pub use input::report::{CheckOptions, EndpointRequests, InputReport, Limits, ModelRequests};
pub use input::rules::{REASONS as FILE_REASONS, RULES as FILE_RULES, Rule as FileRule};
pub use reconcile::reconciler::{Reconciler, ReconciliationReport};
pub use reconcile::retry::RetryFilter;
pub use reconcile::totals::CountIssue;
pub use reconcile::verdicts::{LineRange, RequestVerdict, Verdict};
pub use results::answer::{CauseVerdict, Incomplete, IncompleteReason};
pub use results::causes::Cause;
pub use results::digest::{CodeCount, Digester, ResultsDigest, StatusCount};
pub use results::failure_catalogue::{
    FAILURE_CATALOGUE, FAILURE_SOURCES, FailureAdvice, FailurePattern, Responsibility, Retry, failure_advice,
};
pub use results::fields::RESULT_DEPTH;
pub use results::issue::{FileRole, IssueList, ResultIssue, ResultPlace};
pub use results::line::{Failure, FailureReason, ResultLine};
pub use results::rules::{REASONS as RESULT_REASONS, RULES as RESULT_RULES, Rule as ResultRule};
pub use results::usage::{ModelUsage, Tokens, UsageDetail};
pub use split::plan::{ByteRange, ShardPlan, SkippedLines, SplitOptions, SplitPlan};
pub use split::splitter::Splitter;

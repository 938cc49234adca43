//! Operations on JSONL files: check, fix and split input files before they are uploaded, and digest and
//! reconcile result files.
//!
//! ```
//! use batchlight::jsonl::{CheckOptions, check_reader};
//!
//! let file = b"{'custom_id': 'a'}\n"; // or a std::fs::File
//! let report = check_reader(&file[..], CheckOptions::default())?;
//! let issue = &report.issues[0];
//! assert_eq!((issue.code, issue.line, issue.column), ("invalid_json_line", 1, 2));
//! assert_eq!(issue.message, "expected double quotes, found \"'\"");
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! Files are read once, line by line. Memory is bounded, but for splitting and reconciling, which keep
//! something for each request:
//!
//! | operation | complete file | in chunks |
//! | --- | --- | --- |
//! | check an input file | [`check_reader`] | [`InputChecker`] |
//! | fix an input file | [`fix_reader`] | [`Fixer`] |
//! | split an input file into shards | [`split_reader`] | [`Splitter`] |
//! | summarize result files | [`digest_reader`] | [`Digester`] |
//! | match results with requests | [`Reconciler::read`] | [`Reconciler::file`] |
//!
//! Readers do not have to be buffered.

mod common;
mod fix;
mod input;
mod reconcile;
mod results;
mod split;

pub use common::file_role::{FileRole, RESULT_DEPTH};
pub use common::file_writer::FileWriter;
pub use common::limits::DEFAULT_MAX_ISSUES;
pub use common::line_hash::{ByteHash, hash_lines};
pub use common::lines::{Line, LineEnd, LineHandler, LineParser, MAX_LINE_LENGTH, ParsedLine};
pub use common::ranges::{FileRange, LineRange};
pub use fix::fixer::{Fixer, fix_reader};
pub use fix::report::{FixChange, FixCount, FixReport};
pub use input::check::{INPUT_DEPTH, InputChecker, check_reader};
pub use input::endpoints::{
    BodyField, ENDPOINTS, EndpointRules, KindSet, MAX_EMBEDDING_INPUT_ITEMS, RequiredField,
    count_embedding_inputs, describe_kinds, endpoint_rules, is_within,
};
pub use input::estimate::{TokenCounter, TokenEstimate};
pub use input::ids::MAX_COMPARED_IDS;
pub use input::issue::{FilePlace, InputIssue, IssueCount};
pub use input::parameters::{Accepted, Constraint, Parameter, Parameters, endpoint_bit};
pub use input::report::{CheckOptions, EndpointRequests, InputReport, Limits, ModelRequests};
pub use input::rules::{
    Fixability, REASONS as FILE_REASONS, RULES as FILE_RULES, Rule as FileRule, WRONG_FILE_RULES,
};
pub use reconcile::reconciler::Reconciler;
pub use reconcile::reconciliation::{Reconciliation, ReconciliationReport};
pub use reconcile::retry::RetryFilter;
pub use reconcile::totals::CountIssue;
pub use reconcile::verdicts::{RequestVerdict, Verdict};
pub use results::answer::{CauseVerdict, Incomplete, IncompleteReason};
pub use results::causes::{Cause, MAX_CAUSE_EXAMPLES, MAX_CAUSES, OTHER_MESSAGES};
pub use results::digest::{CodeCount, Digester, ResultsDigest, StatusCount, digest_reader};
pub use results::failure_catalogue::{
    FAILURE_CATALOGUE, FAILURE_SOURCES, FailureAdvice, FailurePattern, Responsibility, Retry, failure_advice,
};
pub use results::issue::{IssueList, ResultIssue, ResultPlace};
pub use results::line::{Failure, FailureReason, ResultLine};
pub use results::rules::{REASONS as RESULT_REASONS, RULES as RESULT_RULES, Rule as ResultRule};
pub use results::usage::{ModelUsage, Tokens, UsageDetail};
pub use split::plan::{ByteRange, ShardPlan, SkippedLines, SplitOptions, SplitPlan};
pub use split::splitter::{Splitter, split_reader};

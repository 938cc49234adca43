//! Parses JSON into a batch and reports all issues at once.

use std::fmt;
use std::str::FromStr;

use crate::diagnostics::Level;
use crate::model::{Batch, ProfileName};

use super::interpret::interpret;
use super::issue::{BatchIssue, issues_from};
use super::raw::batch::RawBatch;
use super::raw::json::read_json;
use super::violation::Violations;

/// A valid batch and its remaining issues.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ParsedBatch {
    /// The batch.
    pub batch: Batch,
    /// Warnings and notes.
    pub issues: Vec<BatchIssue>,
}

/// The error of a value that cannot be used as a batch.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct InvalidBatch {
    /// All issues. At least one of them is an error.
    pub issues: Vec<BatchIssue>,
}

impl fmt::Display for InvalidBatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut errors = self.issues.iter().filter(|issue| issue.level == Level::Error);
        f.write_str(errors.next().map_or("invalid batch", |issue| &issue.message))?;
        match errors.count() {
            0 => Ok(()),
            1 => f.write_str(" (and 1 more problem)"),
            more => write!(f, " (and {more} more problems)"),
        }
    }
}

impl std::error::Error for InvalidBatch {}

/// Parses a batch as OpenAI sends it.
///
/// ```
/// let json = br#"{"id": "batch_1", "object": "batch", "endpoint": "/v1/embeddings", "status": "validating",
///     "input_file_id": "file-1", "completion_window": "24h", "created_at": 1736489775,
///     "output_file_id": null}"#;
/// let parsed = batchlight::parse(json)?;
/// assert_eq!(parsed.batch.output_file_id, None);
/// # Ok::<(), batchlight::InvalidBatch>(())
/// ```
///
/// # Errors
/// If the bytes are not a valid batch. The error has all issues.
pub fn parse(json: &[u8]) -> Result<ParsedBatch, InvalidBatch> {
    parse_as(json, ProfileName::Openai)
}

/// Parses a batch as the servers of a profile send it.
///
/// ```
/// use batchlight::{BatchStatus, ProfileName, parse_as};
/// let json = br#"{"id": "7", "object": "batch", "endpoint": "/v1/embeddings", "status": "VALIDATING",
///     "input_file_id": "file-1", "completion_window": "24h", "created_at": "2025-01-10T06:16:15Z"}"#;
/// assert!(parse_as(json, ProfileName::Openai).is_err());
/// let parsed = parse_as(json, ProfileName::Together)?;
/// assert_eq!(parsed.batch.status, BatchStatus::Validating);
/// assert_eq!(parsed.batch.created_at, 1_736_489_775);
/// # Ok::<(), batchlight::InvalidBatch>(())
/// ```
///
/// # Errors
/// If the bytes are not a valid batch under the profile. The error has all issues.
pub fn parse_as(json: &[u8], profile: ProfileName) -> Result<ParsedBatch, InvalidBatch> {
    let mut raw = RawBatch::default();
    if let Err(error) = read_json(json, &mut raw) {
        let issue = BatchIssue::invalid_json(&error);
        return Err(InvalidBatch { issues: vec![issue] });
    }
    let bytes = raw.string_bytes();
    let mut violations = Violations::default();
    let snapshot = interpret(&raw, bytes, profile.profile(), &mut violations);
    let issues = issues_from(violations.as_slice(), &raw, bytes, profile.profile());
    let is_valid = violations.highest_level() != Some(Level::Error);
    match snapshot.to_batch().filter(|_| is_valid) {
        Some(batch) => Ok(ParsedBatch { batch, issues }),
        None => Err(InvalidBatch { issues }),
    }
}

/// Parses a batch as OpenAI sends it, like [`parse`].
impl FromStr for ParsedBatch {
    type Err = InvalidBatch;

    fn from_str(json: &str) -> Result<Self, InvalidBatch> {
        parse(json.as_bytes())
    }
}

/// All issues of a [`Batch`], for example of one that was not parsed but constructed.
#[must_use]
pub fn issues(batch: &Batch, profile: ProfileName) -> Vec<BatchIssue> {
    let json = serde_json::to_vec(batch).unwrap_or_default();
    match parse_as(&json, profile) {
        Ok(parsed) => parsed.issues,
        Err(invalid) => invalid.issues,
    }
}

//! From JSON bytes to a batch, with all issues at once.

use std::fmt;

use crate::diagnostics::Level;
use crate::model::{Batch, ProfileName};

use super::interpret::examine;
use super::issue::{BatchIssue, issues_of};
use super::raw::batch::Draft;
use super::raw::json::read_json;
use super::violation::Violations;

/// A batch, and what is suspicious about it: warnings and notes.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed {
    /// The batch.
    pub batch: Batch,
    /// Warnings and notes, in the order of the rules.
    pub issues: Vec<BatchIssue>,
}

/// Why a value is no batch: all issues, one of them an error at least.
#[derive(Clone, Debug, PartialEq)]
pub struct Invalid {
    /// Every issue, in the order of the rules.
    pub issues: Vec<BatchIssue>,
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut errors = self.issues.iter().filter(|issue| issue.level == Level::Error);
        f.write_str(errors.next().map_or("no batch", |issue| &issue.message))?;
        match errors.count() {
            0 => Ok(()),
            1 => f.write_str(" (and 1 more problem)"),
            more => write!(f, " (and {more} more problems)"),
        }
    }
}

impl std::error::Error for Invalid {}

/// Reads a batch as OpenAI sends it.
///
/// ```
/// let json = br#"{"id": "batch_1", "object": "batch", "endpoint": "/v1/embeddings", "status": "validating",
///     "input_file_id": "file-1", "completion_window": "24h", "created_at": 1736489775,
///     "output_file_id": null}"#;
/// let parsed = batchlight::parse(json)?;
/// assert_eq!(parsed.batch.output_file_id, None);
/// # Ok::<(), batchlight::Invalid>(())
/// ```
///
/// # Errors
/// When the bytes hold no batch; every problem at once.
pub fn parse(json: &[u8]) -> Result<Parsed, Invalid> {
    parse_as(json, ProfileName::Openai)
}

/// Reads a batch as the profile's servers send it.
///
/// ```
/// use batchlight::{BatchStatus, ProfileName, parse_as};
/// let json = br#"{"id": "7", "object": "batch", "endpoint": "/v1/embeddings", "status": "VALIDATING",
///     "input_file_id": "file-1", "completion_window": "24h", "created_at": "2025-01-10T06:16:15Z"}"#;
/// assert!(parse_as(json, ProfileName::Openai).is_err());
/// let parsed = parse_as(json, ProfileName::Together)?;
/// assert_eq!(parsed.batch.status, BatchStatus::Validating);
/// assert_eq!(parsed.batch.created_at, 1_736_489_775);
/// # Ok::<(), batchlight::Invalid>(())
/// ```
///
/// # Errors
/// When the bytes hold no batch; every problem at once.
pub fn parse_as(json: &[u8], profile: ProfileName) -> Result<Parsed, Invalid> {
    let mut draft = Draft::default();
    if let Err(error) = read_json(json, &mut draft) {
        let issue = BatchIssue::invalid_json(&error);
        return Err(Invalid { issues: vec![issue] });
    }
    let bytes = draft.text_len();
    let mut violations = Violations::default();
    let snapshot = examine(&draft, bytes, profile.profile(), &mut violations);
    let issues = issues_of(violations.as_slice(), &draft, bytes, profile.profile());
    let valid = violations.worst() != Some(Level::Error);
    match snapshot.to_batch().filter(|_| valid) {
        Some(batch) => Ok(Parsed { batch, issues }),
        None => Err(Invalid { issues }),
    }
}

/// Every issue of a batch that was made by hand.
#[must_use]
pub fn issues(batch: &Batch, profile: ProfileName) -> Vec<BatchIssue> {
    let json = serde_json::to_vec(batch).unwrap_or_default();
    match parse_as(&json, profile) {
        Ok(parsed) => parsed.issues,
        Err(invalid) => invalid.issues,
    }
}

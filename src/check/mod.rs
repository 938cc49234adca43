//! Validation of batches: parses JSON or any other value, applies every rule, and reports all issues at once.
//!
//! A value passes through these steps: a reader fills a [`RawBatch`]; [`interpret`] makes a
//! [`Snapshot`](crate::model::Snapshot) of it and adds a [`Violation`] for each broken rule; [`issues_from`]
//! words the violations, and [`fixes`] lists the changes that make the value valid. [`parse`] and
//! [`parse_as`] do all of it.

mod fix;
mod foreign;
mod interpret;
mod invariants;
mod issue;
mod metadata;
mod parse;
mod raw;
mod requirement;
mod rules;
mod timestamps;
mod validate;
mod violation;
mod wording;

pub use fix::{Fix, FixValue, fixes};
pub use foreign::{FOREIGN_ABSENT_FIELD, FOREIGN_KEYS};
pub use interpret::interpret;
#[cfg(feature = "_wasm")]
pub(crate) use interpret::interpret_into;
pub use invariants::{
    FILE_IDS, ID_FORBIDDEN_BYTES, RESULT_FILES, ResultFileRule, STATUS_ALL_FINISHED, STATUS_NONE_COUNTED,
    STATUS_WITH_ERRORS, TOKEN_DETAILS, TOKEN_TOTAL, expiry_tolerance,
};
pub use issue::{BatchIssue, issues_from};
pub use parse::{InvalidBatch, ParsedBatch, issues, parse, parse_as};
pub use raw::batch::{RawBatch, abi_hash};
pub use raw::cell::{ENTRY_CELLS, HeaderCell, RawCell, RawKind};
pub use raw::json::{MAX_ERROR_ENTRIES, MAX_PAIRS, NESTING_KEYS, read_json};
pub use requirement::{REQUEST_TOTAL, Requirement, Total};
pub use rules::{REASONS, RULES, Rule};
pub use timestamps::SENTINELS;
#[cfg(feature = "_wasm")]
pub(crate) use timestamps::timestamp_from_number;
pub use violation::{Detail, Location, Violation, Violations};

//! Limits that several operations share.

/// The default number of issues of each code that a report contains with their text. All issues are counted.
pub const DEFAULT_MAX_ISSUES: u32 = 20;

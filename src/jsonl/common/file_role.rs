//! The depth to which the lines of each kind of file are parsed.

pub use crate::model::FileRole;

/// The depth of the tape of a result line:
/// `response.body.usage.prompt_tokens_details.cached_tokens`.
pub const RESULT_DEPTH: usize = 5;

impl FileRole {
    /// The depth to which a reconciliation parses the lines of such a file.
    #[must_use]
    pub const fn depth(self) -> usize {
        match self {
            Self::Input => 1,
            Self::Output | Self::Error => RESULT_DEPTH,
        }
    }
}

//! The roles of the files of a batch.

use serde::Serialize;

/// The depth of the tape of a result line:
/// `response.body.usage.prompt_tokens_details.cached_tokens`.
pub const RESULT_DEPTH: usize = 5;

/// The role of a file in a batch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[repr(u8)]
pub enum FileRole {
    /// The requests.
    Input,
    /// The results of requests, most of them successful.
    #[default]
    Output,
    /// The results of requests that failed.
    Error,
}

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

//! The roles of a batch's files.

use serde::{Deserialize, Serialize};

/// The role of a file in a batch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
#[repr(u8)]
pub enum FileRole {
    /// The input file, with the requests.
    Input,
    /// The output file, with the results of successful requests.
    #[default]
    Output,
    /// The error file, with the errors of failed requests.
    Error,
}

//! How grave an issue is.

use serde::{Deserialize, Serialize};

/// How grave an issue is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum Level {
    /// A provider's deviation that was read through.
    Note,
    /// Legal but suspicious.
    Warning,
    /// Not usable as a batch.
    Error,
}

impl Level {
    /// Every level, gravest last.
    pub const ALL: [Self; 3] = [Self::Note, Self::Warning, Self::Error];

    /// This level, or `note` where the profile reads the deviation through.
    #[must_use]
    pub const fn unless(self, read_through: bool) -> Self {
        if read_through { Self::Note } else { self }
    }
}

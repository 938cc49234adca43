//! The level of an issue.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How serious an issue is, from the lowest level to the highest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
pub enum Level {
    /// A harmless deviation, such as one that the profile accepts.
    Note,
    /// Valid, but suspicious.
    Warning,
    /// Invalid.
    Error,
}

impl Level {
    /// Every level, from the lowest to the highest.
    pub const ALL: [Self; 3] = [Self::Note, Self::Warning, Self::Error];

    /// [`Level::Note`] if the deviation is accepted, or else this level.
    #[must_use]
    pub const fn lower_to_note_if(self, accepted: bool) -> Self {
        if accepted { Self::Note } else { self }
    }

    /// The name, such as `warning`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

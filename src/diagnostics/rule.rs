//! The rows of a rule catalogue, and the macro that writes one.

use serde::Serialize;

use super::level::Level;

/// A row of the catalogue.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct RuleInfo {
    /// The stable code, such as `stamp_order`.
    pub code: &'static str,
    /// How grave a breach is, unless the profile reads it through: then it is a note.
    pub level: Level,
    /// What is expected. `{a}` and `{b}` stand for what the object at hand demands.
    pub expected: &'static str,
    /// What to do about a breach.
    pub help: &'static str,
}

/// Why a rule exists; kept apart from [`RuleInfo`], so that the module that ships need not carry it.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct RuleReason {
    /// Why the rule matters.
    pub why: &'static str,
    /// Where the rule is from.
    pub source: &'static str,
}

macro_rules! rules {
    ($($rule:ident $code:literal $level:ident
        expected $expected:literal help $help:literal why $why:literal source $source:literal;)*) => {
        /// A rule of the catalogue.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub enum Rule { $(#[doc = $why] $rule,)* }

        /// The catalogue, in the order of [`Rule`].
        pub const RULES: &[RuleInfo] =
            &[$(RuleInfo { code: $code, level: $level, expected: $expected, help: $help },)*];

        /// The reasons, in the order of [`Rule`].
        pub const REASONS: &[RuleReason] = &[$(RuleReason { why: $why, source: $source },)*];

        impl Rule {
            /// The rule's row of the catalogue.
            #[must_use]
            pub const fn info(self) -> &'static RuleInfo {
                &RULES[self as usize]
            }
        }
    };
}

pub(crate) use rules;

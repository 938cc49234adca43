//! Rule catalogues.

use serde::Serialize;

use super::level::Level;

/// A rule: its code, level, expectation and help.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct RuleInfo {
    /// The stable code, such as `timestamp_order`.
    pub code: &'static str,
    /// The level of an issue. If the profile accepts the deviation, the level is `note` instead.
    pub level: Level,
    /// The expected value. `{a}` and `{b}` are placeholders for values that depend on the object.
    pub expected: &'static str,
    /// How to fix the problem.
    pub help: &'static str,
}

/// The reason for a rule. The WebAssembly module does not contain it, so it is separate from [`RuleInfo`].
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct RuleReason {
    /// Why the rule matters.
    pub why: &'static str,
    /// The source of the rule.
    pub source: &'static str,
}

/// Defines a rule catalogue: the enum `Rule`, and the tables `RULES` and `REASONS` in its order. The caller
/// imports `Level` and the levels.
macro_rules! rules {
    ($($rule:ident $code:literal $level:ident
        expected $expected:literal help $help:literal why $why:literal source $source:literal;)*) => {
        /// A rule.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        #[repr(u8)]
        pub enum Rule { $(#[doc = $why] $rule,)* }

        /// The rules, in the order of [`Rule`].
        pub const RULES: &[$crate::diagnostics::RuleInfo] =
            &[$($crate::diagnostics::RuleInfo {
                code: $code, level: $level, expected: $expected, help: $help,
            },)*];

        /// The reasons, in the order of [`Rule`].
        pub const REASONS: &[$crate::diagnostics::RuleReason] =
            &[$($crate::diagnostics::RuleReason { why: $why, source: $source },)*];

        impl Rule {
            /// All rules, in the order of [`RULES`].
            pub const ALL: &[Self] = &[$(Self::$rule,)*];

            /// The code, level, expectation and help of the rule.
            #[must_use]
            #[inline(never)]
            pub fn info(self) -> $crate::diagnostics::RuleInfo {
                const COUNT: usize = 3 * RULES.len();
                static STRINGS: $crate::text::PackedStrings<COUNT> = $crate::text::PackedStrings::new(
                    concat!($($code, $expected, $help,)*),
                    &[$($code, $expected, $help,)*],
                );
                let first = 3 * self as usize;
                $crate::diagnostics::RuleInfo {
                    code: STRINGS.get(first),
                    level: self.level(),
                    expected: STRINGS.get(first + 1),
                    help: STRINGS.get(first + 2),
                }
            }

            /// The level of an issue, unless the profile accepts the deviation.
            #[must_use]
            pub const fn level(self) -> Level {
                const LEVELS: [Level; RULES.len()] = [$($level,)*];
                LEVELS[self as usize]
            }
        }
    };
}

pub(crate) use rules;

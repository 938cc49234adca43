//! Is this one? Reading any value into a draft, the rule catalogue, and all issues at once.

mod demand;
mod draft;
mod examine;
mod fix;
mod issue;
mod metadata;
mod parse;
mod read;
mod relations;
mod render;
mod rules;
mod stamps;
mod validate;

pub use demand::{Demand, FINISHED, Total};
pub use draft::{Cell, Draft, ENTRY, Fixed, Found, Tag, layout};
pub use examine::examine;
#[cfg(feature = "wasm")]
pub(crate) use examine::examine_into;
pub use fix::{Fix, FixValue, fixes};
pub use issue::{BatchIssue, Level, PathSegment, Place, Violation, Violations, quoted};
pub use parse::{Invalid, Parsed, issues, parse, parse_as};
pub use read::{MOST_ENTRIES, MOST_PAIRS, read_json};
pub use relations::{
    ALL_FINISHED, FILE_IDS, NONE_COUNTED, NOT_IN_IDS, RESULT_FILES, ResultFile, TOKEN_DETAILS, TOKENS,
    WITH_ERRORS, slack,
};
pub use render::issues_of;
pub(crate) use rules::rules;
pub use rules::{REASONS, RULES, Rule, RuleInfo, RuleReason};
pub use stamps::moment;

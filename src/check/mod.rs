//! Is this one? Reading any value into a draft, the rule catalogue, and all issues at once.

mod fix;
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

pub use fix::{Fix, FixValue, fixes};
pub use interpret::examine;
#[cfg(feature = "wasm")]
pub(crate) use interpret::examine_into;
pub use invariants::{
    ALL_FINISHED, FILE_IDS, NONE_COUNTED, NOT_IN_IDS, RESULT_FILES, ResultFile, TOKEN_DETAILS, TOKENS,
    WITH_ERRORS, slack,
};
pub use issue::{BatchIssue, issues_of};
pub use parse::{Invalid, Parsed, issues, parse, parse_as};
pub use raw::batch::{Draft, layout};
pub use raw::cell::{Cell, ENTRY, Fixed, Tag};
pub use raw::json::{MOST_ENTRIES, MOST_PAIRS, read_json};
pub use raw::view::Found;
pub use requirement::{Demand, FINISHED, Total};
pub use rules::{REASONS, RULES, Rule};
pub use timestamps::moment;
pub use violation::{Place, Violation, Violations};

//! What every check says of a problem: its level, its rule, and the message.

mod level;
mod path;
mod quoted;
mod rule;

pub use level::Level;
pub use path::PathSegment;
pub(crate) use path::path_text;
pub use quoted::quoted;
pub(crate) use rule::rules;
pub use rule::{RuleInfo, RuleReason};

//! What all checks share: the level of an issue, rule catalogues, and the parts of a message.

mod level;
mod message;
mod path;
mod quote;
mod rule;

pub use level::Level;
pub(crate) use message::compose_message;
pub use path::PathSegment;
pub(crate) use path::path_text;
pub use quote::quoted;
pub(crate) use rule::rules;
pub use rule::{RuleInfo, RuleReason};

//! What can happen to a batch, and what did happen between two looks at it.

mod change;
mod compare;
mod path;
mod transition;

pub use change::{AlarmCode, BatchAlarm, BatchChange, BatchEvent, ChangeRelation, ResultFile};
pub use compare::{compare, compare_snapshots};
pub use path::way;
#[cfg(feature = "wasm")]
pub(crate) use transition::admit;
pub use transition::{Move, Step, TransitionCode, TransitionError, plan, transition};

//! The lifecycle of a batch: transitions between statuses, and the comparison of two polls.

mod change;
mod compare;
mod path;
mod transition;

pub use change::{AlarmCode, BatchAlarm, BatchChange, BatchEvent, ChangeRelation};
pub use compare::{compare, compare_snapshots};
pub use path::path;
#[cfg(feature = "_wasm")]
pub(crate) use transition::check_transition;
pub use transition::{
    TransitionCode, TransitionEffect, TransitionError, TransitionInput, transition, transition_effect,
};

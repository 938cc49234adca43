//! What do I show? One verdict, one sentence, progress that never lies, a timeline, and when to ask again.

mod catalog;
mod clock;
mod describe;
mod face;
mod outcome;
mod poll;
mod progress;
mod timeline;
mod types;

pub use catalog::{Catalog, MESSAGES, Message};
pub use clock::{Deadline, Eta, Stall, StallKind, Timing};
pub use describe::{DescribeOptions, describe, describe_json};
pub use face::{FACES, Face, Group, Icon, Motion, Standing, Tone};
pub use outcome::{BatchOutcome, RetryScope, outcome};
pub use poll::{PollAdvice, PollReason, next_poll};
pub use progress::{BatchProgress, ProgressSample};
pub use timeline::{StepState, TimelineStep};
pub use types::{BatchView, ErrorView, FileKind, FileView};

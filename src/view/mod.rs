//! What do I show? One verdict, one sentence, progress that never lies, a timeline, and when to ask again.

mod batch_view;
mod describe;
mod messages;
mod outcome;
mod poll;
mod presentation;
mod progress;
mod timeline;
mod timing;

pub use batch_view::{BatchView, ErrorView, FileKind, FileView};
pub use describe::{DescribeOptions, describe, describe_json};
pub use messages::{Catalog, MESSAGES, Message};
pub use outcome::{BatchOutcome, RetryScope, outcome};
pub use poll::{PollAdvice, PollReason, next_poll};
pub use presentation::{FACES, Face, Group, Icon, Motion, Standing, Tone};
pub use progress::{BatchProgress, ProgressSample};
pub use timeline::{StepState, TimelineStep};
pub use timing::{Deadline, Eta, Stall, StallKind, Timing};

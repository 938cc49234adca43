//! The view of a batch: label, summary, outcome, progress, timeline, timing, and when to poll again.

mod batch_view;
mod describe;
mod messages;
mod outcome;
mod poll;
mod presentation;
mod progress;
mod timeline;
mod timing;

pub use batch_view::{BatchView, ErrorView, FileView, Phase};
pub use describe::{DescribeOptions, describe, describe_json};
pub use messages::{Catalog, MESSAGES, Message, MessageValue};
pub use outcome::{BatchOutcome, RetryScope, outcome};
pub use poll::{PollAdvice, PollReason, next_poll};
pub use presentation::{DisplayState, Group, Icon, Motion, PRESENTATIONS, Presentation, Tone};
pub use progress::{BatchProgress, ProgressSample};
pub use timeline::{StepState, TimelineStep};
pub use timing::{Deadline, Eta, Stall, StallKind, Timing};

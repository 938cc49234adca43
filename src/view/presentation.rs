//! The presentation table: label, tone, icon, motion and group for every display state.

use serde::{Deserialize, Serialize};

use super::messages::Message;
use super::outcome::BatchOutcome;

/// The state of a batch that determines its presentation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DisplayState {
    /// The input file is being checked.
    Validating,
    /// Requests can run, but none has finished.
    Waiting,
    /// Requests are running, and some have finished.
    Running,
    /// The result files are being written.
    Finalizing,
    /// A cancel was requested.
    Cancelling,
    /// The batch has ended.
    Ended(BatchOutcome),
    /// The status is unknown.
    Unknown,
    /// The value is not a batch.
    NotABatch,
}

macro_rules! names {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        #[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
        #[non_exhaustive]
        pub enum $name { $($(#[$variant_doc])* $variant,)* }
    };
}

names! {
    /// The tone of a batch, for a color. The label and the icon say the same.
    Tone {
        /// In progress.
        Info,
        /// About to stop.
        Active,
        /// Every request succeeded.
        Success,
        /// Some requests failed, or something needs attention.
        Warning,
        /// The batch expired: orange if warnings are yellow.
        Serious,
        /// Nothing succeeded.
        Danger,
        /// Ended as requested.
        Neutral,
        /// The status is unknown.
        Unknown,
    }
}

names! {
    /// The icon of a batch.
    Icon {
        /// A dashed circle.
        CircleDashed,
        /// An empty circle.
        Circle,
        /// A partly filled ring.
        Ring,
        /// A ring around a sheet.
        RingFile,
        /// A square in a ring.
        RingSquare,
        /// A check mark in a circle.
        CircleCheck,
        /// An exclamation mark in a triangle.
        TriangleAlert,
        /// A question mark in a triangle.
        TriangleQuestion,
        /// A cross in an octagon.
        OctagonCross,
        /// A clock with an exclamation mark.
        ClockAlert,
        /// A circle with a slash.
        CircleSlash,
        /// A question mark in a dashed box.
        Question,
    }
}

names! {
    /// The animation of the icon.
    Motion {
        /// No animation.
        Still,
        /// The icon rotates.
        Spin,
        /// The icon fades in and out.
        Pulse,
    }
}

names! {
    /// The group of a batch in a list that is sorted by what needs attention.
    Group {
        /// The batch needs attention: it failed, expired, or has an unknown status.
        Attention,
        /// The batch is in progress.
        Active,
        /// The batch has ended, and there is nothing to do.
        Done,
    }
}

/// A row of the presentation table.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Presentation {
    /// The display state.
    pub state: DisplayState,
    /// The tone.
    pub tone: Tone,
    /// The icon.
    pub icon: Icon,
    /// The motion.
    pub motion: Motion,
    /// The group.
    pub group: Group,
    /// The label.
    pub label: Message,
    /// What to do next, or `None` if there is nothing to do.
    pub advice: Option<Message>,
}

const fn row(
    state: DisplayState,
    (tone, icon, motion): (Tone, Icon, Motion),
    group: Group,
    label: Message,
    advice: Option<Message>,
) -> Presentation {
    Presentation { state, tone, icon, motion, group, label, advice }
}

/// The presentation table: one row for each display state.
pub const PRESENTATIONS: [Presentation; 18] = {
    use BatchOutcome as O;
    use DisplayState::{Cancelling, Ended, Finalizing, NotABatch, Running, Unknown, Validating, Waiting};
    use Group::{Active, Attention, Done};
    use Message as M;
    use Motion::{Pulse, Spin, Still};
    [
        row(Validating, (Tone::Info, Icon::CircleDashed, Spin), Active, M::LabelValidating, None),
        row(Waiting, (Tone::Info, Icon::Circle, Still), Active, M::LabelRunning, None),
        row(Running, (Tone::Info, Icon::Ring, Still), Active, M::LabelRunning, None),
        row(Finalizing, (Tone::Info, Icon::RingFile, Pulse), Active, M::LabelFinalizing, None),
        row(Cancelling, (Tone::Active, Icon::RingSquare, Pulse), Active, M::LabelCancelling, None),
        row(
            Ended(O::Succeeded),
            (Tone::Success, Icon::CircleCheck, Still),
            Done,
            M::LabelSucceeded,
            Some(M::AdviceSucceeded),
        ),
        row(
            Ended(O::PartiallyFailed),
            (Tone::Warning, Icon::TriangleAlert, Still),
            Attention,
            M::LabelPartiallyFailed,
            Some(M::AdvicePartiallyFailed),
        ),
        row(
            Ended(O::AllFailed),
            (Tone::Danger, Icon::OctagonCross, Still),
            Attention,
            M::LabelAllFailed,
            Some(M::AdviceAllFailed),
        ),
        row(
            Ended(O::Empty),
            (Tone::Warning, Icon::TriangleQuestion, Still),
            Attention,
            M::LabelEmpty,
            Some(M::AdviceEmpty),
        ),
        row(
            Ended(O::Unverified),
            (Tone::Neutral, Icon::TriangleQuestion, Still),
            Attention,
            M::LabelUnverified,
            Some(M::AdviceUnverified),
        ),
        row(
            Ended(O::Rejected),
            (Tone::Danger, Icon::OctagonCross, Still),
            Attention,
            M::LabelRejected,
            Some(M::AdviceRejected),
        ),
        row(
            Ended(O::Failed),
            (Tone::Danger, Icon::OctagonCross, Still),
            Attention,
            M::LabelFailed,
            Some(M::AdviceFailed),
        ),
        row(
            Ended(O::ExpiredPartial),
            (Tone::Serious, Icon::ClockAlert, Still),
            Attention,
            M::LabelExpiredPartial,
            Some(M::AdviceExpiredPartial),
        ),
        row(
            Ended(O::Expired),
            (Tone::Serious, Icon::ClockAlert, Still),
            Attention,
            M::LabelExpired,
            Some(M::AdviceExpired),
        ),
        row(
            Ended(O::CancelledPartial),
            (Tone::Neutral, Icon::CircleSlash, Still),
            Done,
            M::LabelCancelledPartial,
            Some(M::AdviceCancelledPartial),
        ),
        row(
            Ended(O::Cancelled),
            (Tone::Neutral, Icon::CircleSlash, Still),
            Done,
            M::LabelCancelled,
            Some(M::AdviceCancelled),
        ),
        row(
            Unknown,
            (Tone::Unknown, Icon::Question, Still),
            Attention,
            M::LabelUnknown,
            Some(M::AdviceUnknown),
        ),
        row(
            NotABatch,
            (Tone::Danger, Icon::Question, Still),
            Attention,
            M::LabelNotABatch,
            Some(M::AdviceNotABatch),
        ),
    ]
};

impl DisplayState {
    /// The row of the table for this state.
    #[must_use]
    pub fn presentation(self) -> &'static Presentation {
        // A test checks that every state has a row, so that the default is never used.
        PRESENTATIONS
            .iter()
            .find(|presentation| presentation.state == self)
            .unwrap_or(&PRESENTATIONS[PRESENTATIONS.len() - 1])
    }
}

//! How a batch is shown: one table from display state to message, tone, icon, motion and group.

use serde::{Deserialize, Serialize};

use super::messages::Message;
use super::outcome::BatchOutcome;

/// Where a batch stands, for showing it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// The input file is being checked.
    Validating,
    /// Requests may run; none has finished.
    Waiting,
    /// Requests are running, some have finished.
    Running,
    /// The result files are being written.
    Finalizing,
    /// Cancellation was asked for.
    Cancelling,
    /// It has ended.
    Ended(BatchOutcome),
    /// The status is not known to this version.
    Unknown,
    /// It is no batch at all.
    NoBatch,
}

macro_rules! names {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        #[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
        pub enum $name { $($(#[$variant_doc])* $variant,)* }
    };
}

names! {
    /// The tone of a status: how it is meant, for a colour to say a third time after words and shape.
    Tone {
        /// Under way.
        Info,
        /// Under way to a stop.
        Active,
        /// Every request succeeded.
        Success,
        /// Some requests failed, or something needs a look.
        Warning,
        /// The deadline passed: orange where warning is yellow.
        Serious,
        /// Nothing succeeded.
        Danger,
        /// Ended as asked.
        Neutral,
        /// Not known to this version.
        Unknown,
    }
}

names! {
    /// The shape that goes with a status.
    Icon {
        /// A dashed circle.
        CircleDashed,
        /// An empty circle.
        Circle,
        /// A ring, partly filled.
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
    /// How the icon moves, where motion is welcome.
    Motion {
        /// Not at all.
        Still,
        /// It turns.
        Spin,
        /// It fades in and out.
        Pulse,
    }
}

names! {
    /// Where a batch belongs in a list sorted by what needs attention.
    Group {
        /// Somebody should look: something failed, ran out of time or is not understood.
        Attention,
        /// Under way.
        Active,
        /// Done, nothing to do.
        Done,
    }
}

/// A row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Face {
    /// Where the batch stands.
    pub standing: Standing,
    /// The tone.
    pub tone: Tone,
    /// The shape.
    pub icon: Icon,
    /// The motion.
    pub motion: Motion,
    /// The group.
    pub group: Group,
    /// The words for it.
    pub label: Message,
    /// The one next step; none while there is nothing to do.
    pub advice: Option<Message>,
}

const fn face(
    standing: Standing,
    look: (Tone, Icon, Motion),
    group: Group,
    label: Message,
    advice: Option<Message>,
) -> Face {
    Face { standing, tone: look.0, icon: look.1, motion: look.2, group, label, advice }
}

/// The table: one row for each standing.
pub const FACES: [Face; 18] = {
    use BatchOutcome as O;
    use Group::{Active, Attention, Done};
    use Message as M;
    use Motion::{Pulse, Spin, Still};
    use Standing::{Cancelling, Ended, Finalizing, NoBatch, Running, Unknown, Validating, Waiting};
    [
        face(Validating, (Tone::Info, Icon::CircleDashed, Spin), Active, M::LabelValidating, None),
        face(Waiting, (Tone::Info, Icon::Circle, Still), Active, M::LabelRunning, None),
        face(Running, (Tone::Info, Icon::Ring, Still), Active, M::LabelRunning, None),
        face(Finalizing, (Tone::Info, Icon::RingFile, Pulse), Active, M::LabelFinalizing, None),
        face(Cancelling, (Tone::Active, Icon::RingSquare, Pulse), Active, M::LabelCancelling, None),
        face(
            Ended(O::Succeeded),
            (Tone::Success, Icon::CircleCheck, Still),
            Done,
            M::LabelSucceeded,
            Some(M::AdviceSucceeded),
        ),
        face(
            Ended(O::PartiallyFailed),
            (Tone::Warning, Icon::TriangleAlert, Still),
            Attention,
            M::LabelPartiallyFailed,
            Some(M::AdvicePartiallyFailed),
        ),
        face(
            Ended(O::AllFailed),
            (Tone::Danger, Icon::OctagonCross, Still),
            Attention,
            M::LabelAllFailed,
            Some(M::AdviceAllFailed),
        ),
        face(
            Ended(O::Empty),
            (Tone::Warning, Icon::TriangleQuestion, Still),
            Attention,
            M::LabelEmpty,
            Some(M::AdviceEmpty),
        ),
        face(
            Ended(O::Unverified),
            (Tone::Neutral, Icon::TriangleQuestion, Still),
            Attention,
            M::LabelUnverified,
            Some(M::AdviceUnverified),
        ),
        face(
            Ended(O::Rejected),
            (Tone::Danger, Icon::OctagonCross, Still),
            Attention,
            M::LabelRejected,
            Some(M::AdviceRejected),
        ),
        face(
            Ended(O::Failed),
            (Tone::Danger, Icon::OctagonCross, Still),
            Attention,
            M::LabelFailed,
            Some(M::AdviceFailed),
        ),
        face(
            Ended(O::ExpiredPartial),
            (Tone::Serious, Icon::ClockAlert, Still),
            Attention,
            M::LabelExpiredPartial,
            Some(M::AdviceExpiredPartial),
        ),
        face(
            Ended(O::Expired),
            (Tone::Serious, Icon::ClockAlert, Still),
            Attention,
            M::LabelExpired,
            Some(M::AdviceExpired),
        ),
        face(
            Ended(O::CancelledPartial),
            (Tone::Neutral, Icon::CircleSlash, Still),
            Done,
            M::LabelCancelledPartial,
            Some(M::AdviceCancelledPartial),
        ),
        face(
            Ended(O::Cancelled),
            (Tone::Neutral, Icon::CircleSlash, Still),
            Done,
            M::LabelCancelled,
            Some(M::AdviceCancelled),
        ),
        face(
            Unknown,
            (Tone::Unknown, Icon::Question, Still),
            Attention,
            M::LabelUnknown,
            Some(M::AdviceUnknown),
        ),
        face(
            NoBatch,
            (Tone::Danger, Icon::Question, Still),
            Attention,
            M::LabelNoBatch,
            Some(M::AdviceNoBatch),
        ),
    ]
};

impl Standing {
    /// The row of the table.
    #[must_use]
    pub fn face(self) -> &'static Face {
        // The last row serves what the table has not: the tests hold that there is nothing of the kind.
        FACES.iter().find(|face| face.standing == self).unwrap_or(&FACES[FACES.len() - 1])
    }
}

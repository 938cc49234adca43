//! The lifecycle, as one table. Everything else about the lifecycle is derived from it.
//!
//! OpenAI publishes no transition table. Each row says who saw the move; a move that nobody recorded
//! but that is not absurd is marked, so that a checker can call it unusual instead of impossible.

use super::status::BatchStatus::{
    self, Cancelled, Cancelling, Completed, Expired, Failed, Finalizing, InProgress, Validating,
};

/// How well a move is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Evidence {
    /// Seen in recorded traffic or in users' reports.
    Observed,
    /// Seen by no one so far, yet not absurd.
    Unobserved,
}

/// A direct move from one status to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transition {
    /// The status left.
    pub from: BatchStatus,
    /// The status entered.
    pub to: BatchStatus,
    /// How well the move is known.
    pub evidence: Evidence,
    /// Who saw it, or why it is thinkable.
    pub source: &'static str,
}

const fn seen(from: BatchStatus, to: BatchStatus, source: &'static str) -> Transition {
    Transition { from, to, evidence: Evidence::Observed, source }
}

const fn unseen(from: BatchStatus, to: BatchStatus, source: &'static str) -> Transition {
    Transition { from, to, evidence: Evidence::Unobserved, source }
}

/// From, to and how well known: what code asks of a move. The sources are for readers, and a module that
/// never names them need not carry them.
const MOVES: [(BatchStatus, BatchStatus, Evidence); LIFECYCLE.len()] = {
    let mut moves = [(Validating, Validating, Evidence::Observed); LIFECYCLE.len()];
    let mut row = 0;
    while row < moves.len() {
        moves[row] = (LIFECYCLE[row].from, LIFECYCLE[row].to, LIFECYCLE[row].evidence);
        row += 1;
    }
    moves
};

/// Every move, recorded ones first. There is no way back: the table has no circle.
pub const LIFECYCLE: [Transition; 16] = [
    seen(Validating, InProgress, "recorded: bespokelabsai/curator cassettes, after 0 to 63 s"),
    seen(Validating, Failed, "recorded: DashScope captures; tests of llama-stack, after 20 s to 15 min"),
    seen(Validating, Cancelling, "recorded: bespokelabsai/curator batch_cancel.yaml"),
    seen(InProgress, Finalizing, "recorded: bespokelabsai/curator cassettes"),
    seen(InProgress, Expired, "reported: warmbly PR 333, 24.5 h after creation"),
    seen(InProgress, Cancelling, "reported: BerriAI/litellm PR 36034; openai-batch-manager tests"),
    seen(Finalizing, Completed, "recorded: bespokelabsai/curator cassettes, after 0 to 4 s"),
    seen(Cancelling, Cancelled, "reported: BerriAI/litellm PR 36034; DashScope captures"),
    unseen(Validating, Expired, "the window may end before validation does"),
    unseen(InProgress, Failed, "llm-d-batch-gateway's design allows it"),
    unseen(Finalizing, Cancelling, "some servers accept a cancel while finalizing"),
    unseen(Finalizing, Expired, "the window may end while results are written"),
    unseen(Finalizing, Failed, "writing the results may fail"),
    unseen(Cancelling, Completed, "the last request may finish before the cancel does"),
    unseen(Cancelling, Failed, "litellm lets failure win over a cancel"),
    unseen(Cancelling, Expired, "the window may end before the cancel does"),
];

impl BatchStatus {
    /// The moves out of this status, those no one has recorded included.
    pub fn transitions(self) -> impl Iterator<Item = &'static Transition> {
        LIFECYCLE.iter().filter(move |transition| transition.from == self)
    }

    /// The same without the sources: where each move leads, and how well it is known.
    pub(crate) fn moves(self) -> impl Iterator<Item = (Self, Evidence)> {
        MOVES.iter().filter(move |step| step.0 == self).map(|&(_, to, evidence)| (to, evidence))
    }

    /// The statuses that follow this one directly, as far as they are recorded.
    ///
    /// ```
    /// use batchlight::BatchStatus::{Cancelling, Expired, Finalizing, InProgress};
    /// assert!(InProgress.successors().eq([Finalizing, Expired, Cancelling]));
    /// ```
    pub fn successors(self) -> impl Iterator<Item = Self> {
        self.moves().filter(|&(_, evidence)| evidence == Evidence::Observed).map(|(to, _)| to)
    }

    /// How well the direct move to `to` is known; none when there is no such move.
    #[must_use]
    pub fn evidence(self, to: Self) -> Option<Evidence> {
        self.moves().find(|step| step.0 == to).map(|(_, evidence)| evidence)
    }

    /// Whether `to` follows this status directly, as far as that is recorded.
    #[must_use]
    pub fn can_become(self, to: Self) -> bool {
        self.evidence(to) == Some(Evidence::Observed)
    }
}

//! The lifecycle as one table of transitions. Everything else about the lifecycle is derived from it.
//!
//! OpenAI publishes no such table. Each row names its source. A transition that is plausible but was never
//! observed is marked as such, so that a check can call it unusual instead of impossible.

use super::status::BatchStatus::{
    self, Cancelled, Cancelling, Completed, Expired, Failed, Finalizing, InProgress, Validating,
};

/// Whether a transition was seen in real traffic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Evidence {
    /// Seen in recorded traffic or reported by users.
    Observed,
    /// Never observed, but plausible.
    Unobserved,
}

/// A direct change from one status to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Transition {
    /// The status before.
    pub from: BatchStatus,
    /// The status after.
    pub to: BatchStatus,
    /// Whether the transition was seen in real traffic.
    pub evidence: Evidence,
    /// Where it was seen; for an unobserved transition, why it is plausible.
    pub source: &'static str,
}

const fn observed(from: BatchStatus, to: BatchStatus, source: &'static str) -> Transition {
    Transition { from, to, evidence: Evidence::Observed, source }
}

const fn unobserved(from: BatchStatus, to: BatchStatus, source: &'static str) -> Transition {
    Transition { from, to, evidence: Evidence::Unobserved, source }
}

/// The table without its sources, so that a WebAssembly module that never shows them does not contain them.
const EDGES: [(BatchStatus, BatchStatus, Evidence); LIFECYCLE.len()] = {
    let mut edges = [(Validating, Validating, Evidence::Observed); LIFECYCLE.len()];
    let mut row = 0;
    while row < edges.len() {
        edges[row] = (LIFECYCLE[row].from, LIFECYCLE[row].to, LIFECYCLE[row].evidence);
        row += 1;
    }
    edges
};

/// Every transition, observed ones first. The table has no cycle.
pub const LIFECYCLE: [Transition; 16] = [
    observed(
        Validating,
        InProgress,
        "recorded: bespokelabsai/curator cassettes, openai-dotnet, after 0 to 121 s",
    ),
    observed(Validating, Failed, "recorded: DashScope captures; tests of llama-stack, after 20 s to 15 min"),
    observed(Validating, Cancelling, "recorded: bespokelabsai/curator batch_cancel.yaml"),
    observed(InProgress, Finalizing, "recorded: bespokelabsai/curator cassettes"),
    observed(InProgress, Expired, "reported: warmbly PR 333, 24.5 h after creation"),
    observed(InProgress, Cancelling, "reported: BerriAI/litellm PR 36034; openai-batch-manager tests"),
    observed(
        Finalizing,
        Completed,
        "recorded: bespokelabsai/curator cassettes, openai-dotnet, after 0 to 584 s",
    ),
    observed(Finalizing, Expired, "recorded: openai-dotnet BatchTests, 606 s after finalizing began"),
    observed(Cancelling, Cancelled, "reported: BerriAI/litellm PR 36034; DashScope captures"),
    unobserved(Validating, Expired, "the window may end before validation does"),
    unobserved(InProgress, Failed, "llm-d-batch-gateway's design allows it"),
    unobserved(Finalizing, Cancelling, "some servers accept a cancel while finalizing"),
    unobserved(Finalizing, Failed, "writing the results may fail"),
    unobserved(Cancelling, Completed, "the last request may finish before the cancel does"),
    unobserved(Cancelling, Failed, "litellm lets failure win over a cancel"),
    unobserved(Cancelling, Expired, "the window may end before the cancel does"),
];

/// The seconds that cancelling takes: the shortest, the longest usual and the longest recorded time.
///
/// Of 1,087 cancellations that openai-dotnet recorded, 1,075 took 605 to 620 seconds, and the longest 2,802.
/// The documentation says up to 10 minutes.
pub const CANCELLING_SECONDS: [u64; 3] = [605, 620, 2_802];

impl BatchStatus {
    /// The transitions that leave this status, unobserved ones included.
    pub fn transitions(self) -> impl Iterator<Item = &'static Transition> {
        LIFECYCLE.iter().filter(move |transition| transition.from == self)
    }

    /// The targets of [`Self::transitions`] and their evidence, without the sources.
    pub(crate) fn edges(self) -> impl Iterator<Item = (Self, Evidence)> {
        EDGES.iter().filter(move |edge| edge.0 == self).map(|&(_, to, evidence)| (to, evidence))
    }

    /// The statuses that were observed to follow this one directly.
    ///
    /// ```
    /// use batchlight::BatchStatus::{Cancelling, Expired, Finalizing, InProgress};
    /// assert!(InProgress.successors().eq([Finalizing, Expired, Cancelling]));
    /// ```
    pub fn successors(self) -> impl Iterator<Item = Self> {
        self.edges().filter(|&(_, evidence)| evidence == Evidence::Observed).map(|(to, _)| to)
    }

    /// The evidence for the direct transition to `to`, or `None` if the lifecycle has no such transition.
    #[must_use]
    pub fn evidence(self, to: Self) -> Option<Evidence> {
        self.edges().find(|edge| edge.0 == to).map(|(_, evidence)| evidence)
    }

    /// Whether `to` was observed to follow this status directly.
    #[must_use]
    pub fn can_transition_to(self, to: Self) -> bool {
        self.evidence(to) == Some(Evidence::Observed)
    }
}

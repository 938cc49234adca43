//! Plain demands: what each member must hold for an object to be a batch as it stands, under every profile.
//!
//! Reading decides all that is odd, profile by profile. But nearly every object that anybody has is not
//! odd at all, and of those the table here is enough to decide. The npm package generates straight-line
//! code from it, which spares the call into the module; the numbers and texts are the ones that reading
//! itself goes by.

use crate::model::{Counts, Kind, Member};

use super::timestamps::{MOST_SECONDS, MOST_WHOLE, SENTINELS};

/// What a member must hold. Members that the interface does not require may also be absent or `null`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Demand {
    /// A text, not an empty one where the member is required.
    Text,
    /// One of these texts. Any other is a breach under every profile.
    OneOf(&'static [&'static str]),
    /// A whole number within these bounds, ends included. One beyond them may be read through.
    Whole(u64, u64),
    /// An object with members of its own.
    Members,
    /// A list of objects with members of their own.
    Entries,
    /// An object that holds nothing but texts.
    Texts,
}

/// Members whose numbers may not exceed another's, taken together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Total {
    /// Those that are added up.
    pub parts: [Member; 2],
    /// The most that they may come to.
    pub total: Member,
}

/// No more requests can have finished than there are.
pub const FINISHED: Total =
    Total { parts: [Member::CountsCompleted, Member::CountsFailed], total: Member::CountsTotal };

impl Demand {
    /// What an object's member must hold for the object to be a batch as it stands.
    #[must_use]
    pub fn on(member: Member) -> Self {
        match (member, member.info().kind) {
            (Member::Object | Member::Status, _) => Self::OneOf(member.usual()),
            (_, Kind::Text | Kind::Atom) => Self::Text,
            // Moments of the first days of the year 2000 and before stand for "not set" under a profile.
            (_, Kind::Stamp) => Self::Whole(*SENTINELS.end() + 1, MOST_SECONDS),
            (_, Kind::Count) => Self::Whole(0, MOST_WHOLE),
            (_, Kind::Struct) => Self::Members,
            (_, Kind::Entries) => Self::Entries,
            (_, Kind::Pairs) => Self::Texts,
        }
    }
}

impl Total {
    /// What the parts of some counts come to, one that is missing being nothing.
    pub(super) fn sum(self, counts: Counts) -> u64 {
        let [one, other] = self.parts.map(|part| counts.get(part).unwrap_or(0));
        one.saturating_add(other)
    }
}

//! Violations, as the rules make them.

use crate::diagnostics::Level;
use crate::model::Member;

use super::rules::Rule;

/// Where something was found: a member, a row of the error entries or of the metadata pairs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The member; none: the value itself.
    pub member: Option<Member>,
    /// The row, from 0, for members in rows.
    pub row: Option<u32>,
}

impl From<Member> for Place {
    fn from(member: Member) -> Self {
        Self { member: Some(member), row: None }
    }
}

/// A breach of a rule, small and without text: text is made when somebody asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The rule.
    pub rule: Rule,
    /// How grave this breach is, under the profile.
    pub level: Level,
    /// Where.
    pub place: Place,
    /// What the object demanded, for `{a}` in the rule's expectation; its meaning is the rule's own.
    pub demand: u64,
}

/// Among so many violations, no more errors are added.
const MAX_VIOLATIONS: usize = 1000;

/// The violations of one look at a value.
#[derive(Clone, Debug, Default)]
pub struct Violations(Vec<Violation>);

impl Violations {
    /// Adds a violation at the rule's own level.
    pub(crate) fn add(&mut self, rule: Rule, place: impl Into<Place>, demand: u64) {
        self.add_at(rule.info().level, rule, place.into(), demand);
    }

    /// Adds a violation, a note where the profile reads the deviation through.
    pub(crate) fn add_read(&mut self, through: bool, rule: Rule, place: impl Into<Place>, demand: u64) {
        self.add_at(rule.info().level.unless(through), rule, place.into(), demand);
    }

    #[inline(never)] // dozens of rules end here
    fn add_at(&mut self, level: Level, rule: Rule, place: Place, demand: u64) {
        // A list of a hundred thousand entries can have five errors each; nobody reads so far.
        let is_error = |violation: &Violation| violation.level == Level::Error;
        if level == Level::Error && self.0.len() >= MAX_VIOLATIONS && self.0.iter().any(is_error) {
            return;
        }
        self.0.push(Violation { rule, level, place, demand });
    }

    /// Forgets all violations, keeping the room for them.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// The violations, in the order they were made.
    #[must_use]
    pub fn as_slice(&self) -> &[Violation] {
        &self.0
    }

    /// The gravest level; none when there is no violation.
    #[must_use]
    pub fn worst(&self) -> Option<Level> {
        self.0.iter().map(|violation| violation.level).max()
    }
}

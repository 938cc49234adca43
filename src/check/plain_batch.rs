//! A batch that is plainly one, as a row of numbers: what a reader may hand over in place of a draft when
//! every member meets its [`Demand`](super::Demand).
//!
//! Of such a batch, reading has nothing to report under any profile but members without a value. So the
//! rules about the batch as a whole are all that is left, and applying them takes a tenth of the time
//! that a draft does.

use crate::model::{ATOMS, BatchStatus, Counts, MEMBERS, Member, Profile, Snapshot, Stamp, Usage};

use super::validate::validate;
use super::{Findings, stamps::whole};

/// Plain texts together are no longer than this, in bytes.
pub const PLAIN_TEXT: usize = 1024;

/// A plain batch, for a reader to fill. Metadata within its limits is not told of, and errors are not plain.
#[derive(Clone, Debug)]
#[repr(C)]
pub struct PlainBatch {
    /// What each member of the table holds: a number its value, a text its length, an atom its index in
    /// [`ATOMS`], one that is none of them `ATOMS.len()` plus its length. Below zero: no value.
    pub numbers: [f64; MEMBERS.len()],
    /// The texts one after the other, in the order of the table.
    pub text: [u8; PLAIN_TEXT],
}

impl Default for PlainBatch {
    fn default() -> Self {
        Self { numbers: [-1.0; MEMBERS.len()], text: [0; PLAIN_TEXT] }
    }
}

impl PlainBatch {
    /// Whether no rule has anything to say of the batch, whose texts have so many bytes. Without counts it has: that is more than a member
    /// without a value.
    #[must_use]
    pub fn is_flawless(&self, bytes: usize, profile: &Profile, findings: &mut Findings) -> bool {
        findings.clear();
        let mut snapshot = Snapshot::default();
        if self.fill(&mut snapshot, bytes).is_none() || snapshot.counts.whole().is_none() {
            return false;
        }
        validate(&snapshot, profile, findings);
        findings.as_slice().is_empty()
    }

    /// Fills a snapshot in its place, as it is large; none where the texts are not as long as they are said to be.
    fn fill<'a>(&'a self, snapshot: &mut Snapshot<'a>, bytes: usize) -> Option<()> {
        let mut texts = Texts { rest: Some(std::str::from_utf8(self.text.get(..bytes)?).ok()?) };
        snapshot.status = self.status();
        snapshot.id = self.text(Member::Id, &mut texts);
        snapshot.endpoint = self.atom(Member::Endpoint, &mut texts);
        snapshot.input_file_id = self.text(Member::InputFileId, &mut texts);
        snapshot.completion_window = self.atom(Member::CompletionWindow, &mut texts);
        snapshot.model = self.text(Member::Model, &mut texts);
        snapshot.output_file_id = self.text(Member::OutputFileId, &mut texts);
        snapshot.error_file_id = self.text(Member::ErrorFileId, &mut texts);
        for stamp in Stamp::ALL {
            snapshot.stamps.set(stamp, self.number(stamp.member()));
        }
        snapshot.counts = Counts {
            completed: self.number(Member::CountsCompleted),
            failed: self.number(Member::CountsFailed),
            total: self.number(Member::CountsTotal),
        };
        snapshot.usage = Usage {
            input: self.number(Member::InputTokens),
            cached: self.number(Member::CachedTokens),
            output: self.number(Member::OutputTokens),
            reasoning: self.number(Member::ReasoningTokens),
            total: self.number(Member::TotalTokens),
        };
        texts.rest.filter(|rest| rest.is_empty()).map(|_| ())
    }

    fn number(&self, member: Member) -> Option<u64> {
        Some(self.numbers[member as usize]).filter(|&number| number >= 0.0).and_then(whole)
    }

    fn index(&self, member: Member) -> Option<usize> {
        self.number(member).and_then(|number| usize::try_from(number).ok())
    }

    fn status(&self) -> Option<BatchStatus> {
        BatchStatus::ALL.get(self.index(Member::Status)?).copied()
    }

    fn text<'a>(&self, member: Member, texts: &mut Texts<'a>) -> Option<&'a str> {
        texts.take(self.index(member)?)
    }

    fn atom<'a>(&self, member: Member, texts: &mut Texts<'a>) -> Option<&'a str> {
        let index = self.index(member)?;
        ATOMS.get(index).copied().or_else(|| texts.take(index - ATOMS.len()))
    }
}

/// The texts that were not taken yet; nothing once more was to be taken than there was.
struct Texts<'a> {
    rest: Option<&'a str>,
}

impl<'a> Texts<'a> {
    fn take(&mut self, length: usize) -> Option<&'a str> {
        let (taken, rest) = self.rest.and_then(|rest| rest.split_at_checked(length)).unzip();
        self.rest = rest;
        taken
    }
}

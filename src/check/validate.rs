//! The rules about a snapshot as a whole: stamps, counts, files and errors against the status.

use crate::model::{BatchStatus, Evidence, Expiry, Member, Profile, Snapshot, Stamp, window_seconds};

use super::{FINISHED, Findings, Place, Rule};

/// How far `expires_at` may be off where the profile does not say.
const SLACK: u32 = 10;

/// Applies every rule about the snapshot as a whole.
pub(super) fn validate(snapshot: &Snapshot<'_>, profile: &Profile, findings: &mut Findings) {
    let mut check = Check { snapshot, profile, findings };
    check.names();
    check.order();
    check.expiry();
    check.counts();
    check.usage();
    if let Some(status) = snapshot.status {
        check.stamps(status);
        check.files(status);
        check.errors(status);
    }
}

struct Check<'a, 'f> {
    snapshot: &'a Snapshot<'a>,
    profile: &'f Profile,
    findings: &'f mut Findings,
}

impl Check<'_, '_> {
    fn add(&mut self, rule: Rule, place: impl Into<Place>, demand: u64) {
        self.findings.add(rule, place, demand);
    }

    /// The shape of ids; endpoint and window known to the profile.
    fn names(&mut self) {
        let profile = self.profile;
        self.id(Rule::IdShape, Member::Id, profile.id_prefix);
        for file in [Member::InputFileId, Member::OutputFileId, Member::ErrorFileId] {
            self.id(Rule::FileIdShape, file, profile.file_id_prefix);
        }
        let known = profile.endpoints;
        if self.snapshot.endpoint.is_some_and(|endpoint| !known.is_empty() && !known.contains(&endpoint)) {
            self.add(Rule::EndpointUnknown, Member::Endpoint, 0);
        }
        if self.snapshot.completion_window.is_some_and(|window| !profile.windows.accept(window)) {
            self.add(Rule::WindowUnknown, Member::CompletionWindow, 0);
        }
    }

    fn id(&mut self, rule: Rule, member: Member, prefix: Option<&str>) {
        let Some(id) = self.snapshot.text(member) else { return };
        if has_space(id) || prefix.is_some_and(|prefix| !id.starts_with(prefix)) {
            self.add(rule, member, 0);
        }
    }

    /// No stamp before one that comes earlier in the lifecycle.
    fn order(&mut self) {
        let mut set = [(BatchStatus::Validating, 0); BatchStatus::ALL.len()];
        let mut count = 0;
        for status in BatchStatus::ALL {
            if let Some(at) = self.snapshot.stamps.get(status.stamp()) {
                set[count] = (status, at);
                count += 1;
            }
        }
        let set = &set[..count];
        for &(status, at) in set {
            let before = |&&(earlier, _): &&(BatchStatus, u64)| {
                earlier != status && earlier.can_reach(status, Evidence::Unrecorded)
            };
            let latest = set.iter().filter(before).map(|&(_, at)| at).max();
            if let Some(latest) = latest.filter(|&latest| latest > at) {
                self.add(Rule::StampOrder, status.stamp().member(), latest);
            }
        }
    }

    fn expiry(&mut self) {
        let stamps = &self.snapshot.stamps;
        let Some(expires) = stamps.get(Stamp::Expires) else {
            return self.add(Rule::ExpiryMissing, Member::ExpiresAt, 0);
        };
        let slack = match self.profile.expiry {
            Expiry::Window(slack) => slack,
            Expiry::Unset => SLACK,
        };
        let window = self.snapshot.completion_window.and_then(window_seconds);
        if let (Some(created), Some(window)) = (stamps.get(Stamp::Created), window) {
            let expected = created.saturating_add(window);
            if expected.abs_diff(expires) > u64::from(slack) {
                self.add(Rule::ExpiryWindow, Member::ExpiresAt, expected);
            }
        }
    }

    /// No more requests have finished than there are; gives how many have, and all, where that is known.
    fn within_total(&mut self) -> Option<(u64, u64)> {
        let counts = self.snapshot.counts;
        let finished = FINISHED.sum(counts);
        let total = counts.get(FINISHED.total)?;
        if finished > total {
            self.add(Rule::CountsExceedTotal, Member::RequestCounts, total);
            return None;
        }
        Some((finished, total))
    }

    fn counts(&mut self) {
        let counts = self.snapshot.counts;
        let Some((finished, total)) = self.within_total() else { return };
        match self.snapshot.status {
            Some(BatchStatus::Completed) if counts.whole().is_some() && finished < total => {
                self.add(Rule::CountsUnfinished, Member::RequestCounts, total);
            }
            Some(BatchStatus::Validating) if total > 0 => {
                self.add(Rule::CountsEarly, Member::CountsTotal, 0);
            }
            _ => {}
        }
    }

    fn usage(&mut self) {
        let usage = self.snapshot.usage;
        if let (Some(input), Some(output), Some(total)) = (usage.input, usage.output, usage.total) {
            let sum = input.saturating_add(output);
            if sum != total {
                self.add(Rule::UsageSum, Member::TotalTokens, sum);
            }
        }
        for (part, whole, member) in [
            (usage.cached, usage.input, Member::CachedTokens),
            (usage.reasoning, usage.output, Member::ReasoningTokens),
        ] {
            if let (Some(part), Some(whole)) = (part, whole)
                && part > whole
            {
                self.add(Rule::UsageDetails, member, whole);
            }
        }
    }

    /// The stamp of the status is there, those it passed through as well, and no other.
    fn stamps(&mut self, status: BatchStatus) {
        let demand = status as u64;
        for other in BatchStatus::ALL {
            let stamp = other.stamp();
            let set = self.snapshot.stamps.get(stamp).is_some();
            let member = stamp.member();
            if set {
                if !other.can_reach(status, Evidence::Unrecorded) {
                    self.add(Rule::StampUnreached, member, demand);
                }
            } else if other == status && stamp != Stamp::Created {
                self.add(Rule::StampMissing, member, demand);
            } else if status.passed().has(other) && other != BatchStatus::Validating {
                self.add(Rule::StampSkipped, member, demand);
            }
        }
    }

    fn files(&mut self, status: BatchStatus) {
        let counts = self.snapshot.counts;
        let (output, error) = (self.snapshot.output_file_id, self.snapshot.error_file_id);
        if !status.is_terminal() {
            for (file, member) in [(output, Member::OutputFileId), (error, Member::ErrorFileId)] {
                if file.is_some() {
                    self.add(Rule::FileEarly, member, status as u64);
                }
            }
            return;
        }
        let succeeded = counts.completed.filter(|_| status != BatchStatus::Failed);
        match (succeeded, output) {
            (Some(some @ 1..), None) => self.add(Rule::OutputFileMissing, Member::OutputFileId, some),
            (Some(0), Some(_)) => self.add(Rule::OutputFileUnexpected, Member::OutputFileId, 0),
            _ => {}
        }
        // What a cancelled or expired batch left unfinished stands in its error file, without being
        // counted as failed: only a completed batch tells what to expect.
        if status != BatchStatus::Completed {
            return;
        }
        match (counts.failed, error) {
            (Some(some @ 1..), None) => self.add(Rule::ErrorFileMissing, Member::ErrorFileId, some),
            (Some(0), Some(_)) => self.add(Rule::ErrorFileUnexpected, Member::ErrorFileId, 0),
            _ => {}
        }
    }

    fn errors(&mut self, status: BatchStatus) {
        let some = !self.snapshot.errors.is_empty();
        match status {
            BatchStatus::Failed if !some => self.add(Rule::ErrorsMissing, Member::Errors, 0),
            BatchStatus::Failed => {}
            _ if some => self.add(Rule::ErrorsUnexpected, Member::Errors, status as u64),
            _ => {}
        }
    }
}

/// Whether a text holds white space or a control character of ASCII; eight bytes at a time, as every id of
/// every batch passes here.
fn has_space(text: &str) -> bool {
    const ONES: u64 = u64::MAX / 255;
    // The high bit of each byte below `least`; a higher byte may be marked too, but only beside a true one.
    let below = |word: u64, least: u64| word.wrapping_sub(ONES * least) & !word & (ONES << 7);
    let (words, rest) = text.as_bytes().as_chunks::<8>();
    let odd = |word: &[u8; 8]| {
        let word = u64::from_le_bytes(*word);
        below(word, 0x21) | below(word ^ (ONES * 0x7f), 1) != 0
    };
    words.iter().any(odd) || rest.iter().any(|&byte| byte <= b' ' || byte == 0x7f)
}

#[cfg(test)]
mod tests {
    use super::has_space;

    #[test]
    fn finds_every_odd_byte_at_every_place() {
        for byte in 0..=0x7f_u8 {
            for place in 0..19 {
                let mut bytes = *b"batch_6780bb2f8f6c8";
                bytes[place] = byte;
                let text = std::str::from_utf8(&bytes).unwrap();
                assert_eq!(has_space(text), byte <= 0x20 || byte == 0x7f, "{byte:#x} at {place}");
            }
        }
        assert!(!has_space("batch_äöü_\u{3000}"));
    }
}

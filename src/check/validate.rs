//! The rules about a snapshot as a whole: stamps, counts, files and errors against the status.

use crate::model::{BatchStatus, Member, Profile, Snapshot, Stamp, window_seconds};

use super::invariants::{
    ALL_FINISHED, FILE_IDS, NONE_COUNTED, RESULT_FILES, TOKEN_DETAILS, TOKENS, WITH_ERRORS, slack,
};
use super::requirement::FINISHED;
use super::rules::Rule;
use super::violation::{Place, Violations};

/// Applies every rule about the snapshot as a whole.
pub(super) fn validate(snapshot: &Snapshot<'_>, profile: &Profile, violations: &mut Violations) {
    let mut check = Check { snapshot, profile, violations };
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
    violations: &'f mut Violations,
}

impl Check<'_, '_> {
    fn add(&mut self, rule: Rule, place: impl Into<Place>, demand: u64) {
        self.violations.add(rule, place, demand);
    }

    /// The shape of ids; endpoint and window known to the profile.
    fn names(&mut self) {
        let profile = self.profile;
        self.id(Rule::IdShape, Member::Id, profile.id_prefix);
        for file in FILE_IDS {
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
        let stamps = &self.snapshot.stamps;
        let at = |status: BatchStatus| stamps.get(status.stamp());
        // Nearly always they stand in one order in which none comes too late.
        if BatchStatus::IN_ORDER.into_iter().filter_map(at).is_sorted() {
            return;
        }
        for status in BatchStatus::ALL {
            let before = |&earlier: &BatchStatus| earlier != status && status.before().has(earlier);
            let latest = BatchStatus::ALL.into_iter().filter(before).filter_map(at).max();
            if let (Some(at), Some(latest)) = (at(status), latest)
                && latest > at
            {
                self.add(Rule::StampOrder, status.stamp().member(), latest);
            }
        }
    }

    fn expiry(&mut self) {
        let stamps = &self.snapshot.stamps;
        let Some(expires) = stamps.get(Stamp::Expires) else {
            return self.add(Rule::ExpiryMissing, Member::ExpiresAt, 0);
        };
        let window = self.snapshot.completion_window.and_then(window_seconds);
        if let (Some(created), Some(window)) = (stamps.get(Stamp::Created), window) {
            let expected = created.saturating_add(window);
            if expected.abs_diff(expires) > u64::from(slack(self.profile)) {
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
            Some(ALL_FINISHED) if counts.whole().is_some() && finished < total => {
                self.add(Rule::CountsUnfinished, Member::RequestCounts, total);
            }
            Some(NONE_COUNTED) if total > 0 => {
                self.add(Rule::CountsEarly, Member::CountsTotal, 0);
            }
            _ => {}
        }
    }

    fn usage(&mut self) {
        let usage = self.snapshot.usage;
        let [input, output] = TOKENS.parts;
        if let (Some(input), Some(output), Some(total)) =
            (usage.get(input), usage.get(output), usage.get(TOKENS.total))
        {
            let sum = input.saturating_add(output);
            if sum != total {
                self.add(Rule::UsageSum, TOKENS.total, sum);
            }
        }
        for (part, of) in TOKEN_DETAILS {
            if let (Some(some), Some(whole)) = (usage.get(part), usage.get(of))
                && some > whole
            {
                self.add(Rule::UsageDetails, part, whole);
            }
        }
    }

    /// The stamp of the status is there, those it passed through as well, and no other.
    fn stamps(&mut self, status: BatchStatus) {
        let stamped = self.snapshot.stamps.stamped();
        let unreached = stamped.and(status.before().others());
        let missing = status.awaited().and(stamped.others());
        for other in unreached.or(missing).iter() {
            let rule = match other {
                _ if unreached.has(other) => Rule::StampUnreached,
                _ if other == status => Rule::StampMissing,
                _ => Rule::StampSkipped,
            };
            self.add(rule, other.stamp().member(), status as u64);
        }
    }

    fn files(&mut self, status: BatchStatus) {
        for (result, [missing, unexpected]) in RESULT_FILES.into_iter().zip(FILE_RULES) {
            let there = self.snapshot.text(result.file).is_some();
            if !status.is_terminal() {
                if there {
                    self.add(Rule::FileEarly, result.file, status as u64);
                }
            } else if result.told_in.has(status) {
                match (self.snapshot.counts.get(result.counted), there) {
                    (Some(some @ 1..), false) => self.add(missing, result.file, some),
                    (Some(0), true) => self.add(unexpected, result.file, 0),
                    _ => {}
                }
            }
        }
    }

    fn errors(&mut self, status: BatchStatus) {
        let some = !self.snapshot.errors.is_empty();
        match status {
            WITH_ERRORS if !some => self.add(Rule::ErrorsMissing, Member::Errors, 0),
            WITH_ERRORS => {}
            _ if some => self.add(Rule::ErrorsUnexpected, Member::Errors, status as u64),
            _ => {}
        }
    }
}

/// What to say of each of the [`RESULT_FILES`] that is not there, and of one that is.
const FILE_RULES: [[Rule; 2]; RESULT_FILES.len()] = [
    [Rule::OutputFileMissing, Rule::OutputFileUnexpected],
    [Rule::ErrorFileMissing, Rule::ErrorFileUnexpected],
];

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
    use super::super::invariants::NOT_IN_IDS;
    use super::has_space;

    #[test]
    fn finds_every_odd_byte_at_every_place() {
        for byte in 0..=0x7f_u8 {
            for place in 0..19 {
                let mut bytes = *b"batch_6780bb2f8f6c8";
                bytes[place] = byte;
                let text = std::str::from_utf8(&bytes).unwrap();
                let odd = NOT_IN_IDS.iter().any(|&(least, most)| (least..=most).contains(&byte));
                assert_eq!(has_space(text), odd, "{byte:#x} at {place}");
            }
        }
        assert!(!has_space("batch_äöü_\u{3000}"));
    }
}

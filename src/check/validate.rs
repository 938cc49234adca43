//! The rules about a batch as a whole: ids, timestamps, counts, files and errors, compared with the status.

use crate::model::{BatchStatus, Field, Profile, Snapshot, TimestampField, window_seconds};

use super::invariants::{
    FILE_IDS, RESULT_FILES, STATUS_ALL_FINISHED, STATUS_NONE_COUNTED, STATUS_WITH_ERRORS, TOKEN_DETAILS,
    TOKEN_TOTAL, expiry_tolerance,
};
use super::requirement::REQUEST_TOTAL;
use super::rules::Rule;
use super::violation::{Detail, Location, NoDetail, Violations};

/// Applies every rule about the batch as a whole.
pub(super) fn validate(snapshot: &Snapshot<'_>, profile: &Profile, violations: &mut Violations) {
    let mut check = Check { snapshot, profile, violations };
    check.ids_and_names();
    check.timestamp_order();
    check.expiry();
    check.counts();
    check.usage();
    if let Some(status) = snapshot.status {
        check.timestamps(status);
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
    fn add(&mut self, rule: Rule, location: impl Into<Location>, detail: impl Into<Detail>) {
        self.violations.add(rule, location, detail);
    }

    /// Checks the shape of ids, and that the profile knows the endpoint and the completion window.
    fn ids_and_names(&mut self) {
        let profile = self.profile;
        self.id(Rule::IdShape, Field::Id, profile.id_prefix);
        for file in FILE_IDS {
            self.id(Rule::FileIdShape, file, profile.file_id_prefix);
        }
        let known = profile.endpoints;
        if self.snapshot.endpoint.is_some_and(|endpoint| !known.is_empty() && !known.contains(&endpoint)) {
            self.add(Rule::EndpointUnknown, Field::Endpoint, NoDetail);
        }
        if self.snapshot.completion_window.is_some_and(|window| !profile.completion_windows.contains(window))
        {
            self.add(Rule::WindowUnknown, Field::CompletionWindow, NoDetail);
        }
    }

    fn id(&mut self, rule: Rule, field: Field, prefix: Option<&str>) {
        let Some(id) = self.snapshot.text(field) else { return };
        if has_forbidden_byte(id) || prefix.is_some_and(|prefix| !id.starts_with(prefix)) {
            self.add(rule, field, NoDetail);
        }
    }

    /// Checks that no timestamp is before one of an earlier status of the lifecycle.
    fn timestamp_order(&mut self) {
        let timestamps = &self.snapshot.timestamps;
        let at = |status: BatchStatus| timestamps.get(status.timestamp_field());
        // If they are sorted in this topological order, as nearly always, every pair is in order.
        if BatchStatus::TOPOLOGICAL_ORDER.into_iter().filter_map(at).is_sorted() {
            return;
        }
        for status in BatchStatus::ALL {
            let before = |&earlier: &BatchStatus| earlier != status && status.ancestors().contains(earlier);
            let latest = BatchStatus::ALL.into_iter().filter(before).filter_map(at).max();
            if let (Some(at), Some(latest)) = (at(status), latest)
                && latest > at
            {
                self.add(Rule::TimestampOrder, status.timestamp_field().field(), latest);
            }
        }
    }

    fn expiry(&mut self) {
        let timestamps = &self.snapshot.timestamps;
        let Some(expires) = timestamps.get(TimestampField::Expires) else {
            return self.add(Rule::ExpiryMissing, Field::ExpiresAt, NoDetail);
        };
        let window = self.snapshot.completion_window.and_then(window_seconds);
        if let (Some(created), Some(window)) = (timestamps.get(TimestampField::Created), window) {
            let expected = created.saturating_add(window);
            if expected.abs_diff(expires) > u64::from(expiry_tolerance(self.profile)) {
                self.add(Rule::ExpiryWindow, Field::ExpiresAt, expected);
            }
        }
    }

    /// Checks that no more requests have finished than there are. Returns the number of finished requests and
    /// of all requests, if they are consistent.
    fn finished_and_total(&mut self) -> Option<(u64, u64)> {
        let counts = self.snapshot.counts;
        let (finished, total) = (counts.finished(), counts.get(REQUEST_TOTAL.total)?);
        if counts.are_contradictory() {
            self.add(Rule::CountsExceedTotal, Field::RequestCounts, total);
            return None;
        }
        Some((finished, total))
    }

    fn counts(&mut self) {
        let counts = self.snapshot.counts;
        let Some((finished, total)) = self.finished_and_total() else { return };
        match self.snapshot.status {
            Some(STATUS_ALL_FINISHED) if counts.complete().is_some() && finished < total => {
                self.add(Rule::CountsUnfinished, Field::RequestCounts, total);
            }
            Some(STATUS_NONE_COUNTED) if total > 0 => {
                self.add(Rule::CountsEarly, Field::CountsTotal, NoDetail);
            }
            _ => {}
        }
    }

    fn usage(&mut self) {
        let usage = self.snapshot.usage;
        let [input, output] = TOKEN_TOTAL.parts;
        if let (Some(input), Some(output), Some(total)) =
            (usage.get(input), usage.get(output), usage.get(TOKEN_TOTAL.total))
        {
            let sum = input.saturating_add(output);
            if sum != total {
                self.add(Rule::UsageSum, TOKEN_TOTAL.total, sum);
            }
        }
        for (field, of) in TOKEN_DETAILS {
            if let (Some(part), Some(whole)) = (usage.get(field), usage.get(of))
                && part > whole
            {
                self.add(Rule::UsageDetails, field, whole);
            }
        }
    }

    /// Checks that the batch has the timestamps of its status and of those on every path to it, and no
    /// timestamp of a status that it cannot have entered.
    fn timestamps(&mut self, status: BatchStatus) {
        let stamped = self.snapshot.timestamps.statuses();
        let unreached = stamped & !status.ancestors();
        let missing = status.expected_timestamps() & !stamped;
        for other in unreached | missing {
            let rule = match other {
                _ if unreached.contains(other) => Rule::TimestampUnreached,
                _ if other == status => Rule::TimestampMissing,
                _ => Rule::TimestampSkipped,
            };
            self.add(rule, other.timestamp_field().field(), status);
        }
    }

    fn files(&mut self, status: BatchStatus) {
        for (result, [missing, unexpected]) in RESULT_FILES.into_iter().zip(FILE_RULES) {
            let exists = self.snapshot.text(result.file).is_some();
            if !status.is_terminal() {
                if exists {
                    self.add(Rule::FileEarly, result.file, status);
                }
            } else if result.determined_in.contains(status) {
                match (self.snapshot.counts.get(result.counted), exists) {
                    (Some(count @ 1..), false) => self.add(missing, result.file, count),
                    (Some(0), true) => self.add(unexpected, result.file, NoDetail),
                    _ => {}
                }
            }
        }
    }

    fn errors(&mut self, status: BatchStatus) {
        let has_errors = !self.snapshot.errors.is_empty();
        match status {
            STATUS_WITH_ERRORS if !has_errors => self.add(Rule::ErrorsMissing, Field::Errors, NoDetail),
            STATUS_WITH_ERRORS => {}
            _ if has_errors => self.add(Rule::ErrorsUnexpected, Field::Errors, status),
            _ => {}
        }
    }
}

/// For each of the [`RESULT_FILES`], the rules for a missing and for an unexpected file.
const FILE_RULES: [[Rule; 2]; RESULT_FILES.len()] = [
    [Rule::OutputFileMissing, Rule::OutputFileUnexpected],
    [Rule::ErrorFileMissing, Rule::ErrorFileUnexpected],
];

/// Whether a string contains ASCII whitespace or control characters, see
/// [`ID_FORBIDDEN_BYTES`](super::invariants::ID_FORBIDDEN_BYTES). Tests eight bytes at a time, because every
/// id of every batch is tested.
fn has_forbidden_byte(string: &str) -> bool {
    const ONES: u64 = u64::MAX / 255;
    // Sets the high bit of each byte below `limit`. It can also set the bit of a byte that is not below the
    // limit, but only if another byte is.
    let below = |word: u64, limit: u64| word.wrapping_sub(ONES * limit) & !word & (ONES << 7);
    let (words, rest) = string.as_bytes().as_chunks::<8>();
    let has_forbidden = |word: &[u8; 8]| {
        let word = u64::from_le_bytes(*word);
        below(word, 0x21) | below(word ^ (ONES * 0x7f), 1) != 0
    };
    words.iter().any(has_forbidden) || rest.iter().any(|&byte| byte <= b' ' || byte == 0x7f)
}

#[cfg(test)]
mod tests {
    use super::super::invariants::ID_FORBIDDEN_BYTES;
    use super::has_forbidden_byte;

    #[test]
    fn finds_every_odd_byte_at_every_position() {
        for byte in 0..=0x7f_u8 {
            for position in 0..19 {
                let mut bytes = *b"batch_6780bb2f8f6c8";
                bytes[position] = byte;
                let id = std::str::from_utf8(&bytes).unwrap();
                let expected = ID_FORBIDDEN_BYTES.iter().any(|&(min, max)| (min..=max).contains(&byte));
                assert_eq!(has_forbidden_byte(id), expected, "{byte:#x} at {position}");
            }
        }
        assert!(!has_forbidden_byte("batch_äöü_\u{3000}"));
    }
}

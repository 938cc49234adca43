//! Whatever the counts are, what is said of them is true: no sentence says that more requests finished than
//! there are, and nothing is a success that the counts do not report.

use crate::support::samples::{CREATED, sample_counting};
use crate::support::views::view_at;
use batchlight::BatchStatus::{Cancelled, Completed, Expired};
use batchlight::view::{BatchView, Tone};
use batchlight::{BatchOutcome, BatchStatus};
use proptest::prelude::*;
use proptest::sample::select;

/// A count as in `sample_counting`: a number, mostly a small one, or `-` for null.
fn count() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => (0..12_u64).prop_map(|count| count.to_string()),
        1 => (0..1_u64 << 53).prop_map(|count| count.to_string()),
        1 => Just("-".to_owned()),
    ]
}

/// The pairs of numbers in phrases such as `4 of 9`.
fn fractions(text: &str) -> Vec<(u64, u64)> {
    let plain = text.replace(',', "");
    let words: Vec<_> = plain.split(|c: char| !c.is_ascii_alphanumeric()).collect();
    let number = |word: &str| word.parse().ok();
    words
        .windows(3)
        .filter(|window| window[1] == "of")
        .filter_map(|window| Some((number(window[0])?, number(window[2])?)))
        .collect()
}

/// The view of a sample with the counts completed, failed and total.
fn view(status: BatchStatus, counts: &[String; 3], files: bool) -> BatchView {
    view_at(&sample_counting(status, &counts.join(" "), files), CREATED + 700)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn sentences_and_fractions_agree_with_any_counts(
        status in select(BatchStatus::ALL.to_vec()),
        counts in [count(), count(), count()],
        files in any::<bool>(),
    ) {
        let view = view(status, &counts, files);
        let shown = format!("{status} {counts:?}: {} {}", view.summary, view.progress.text);
        for text in [&view.summary, &view.progress.text] {
            for (part, whole) in fractions(text) {
                prop_assert!(part <= whole, "{}", shown);
            }
        }
        let [completed, failed, total] = counts.map(|count| count.parse::<u64>().ok());
        let finished = completed.unwrap_or(0).saturating_add(failed.unwrap_or(0));
        let contradictory = total.is_some_and(|total| finished > total);
        prop_assert_eq!(
            view.issues.iter().any(|issue| issue.code == "counts_exceed_total"), contradictory, "{}", shown
        );
        if let Some(fraction) = view.progress.fraction {
            prop_assert!(!contradictory && (0.0..=1.0).contains(&fraction), "{}", shown);
            prop_assert!(view.progress.succeeded_fraction.is_some_and(|succeeded| succeeded <= fraction));
        }
        let all_succeeded = status == Completed && failed == Some(0) && completed == total && total > Some(0);
        prop_assert_eq!(view.tone == Tone::Success, all_succeeded, "{}", shown);
        let nothing = [BatchOutcome::Expired, BatchOutcome::Cancelled, BatchOutcome::Empty];
        let says_nothing = view.outcome.is_some_and(|outcome| nothing.contains(&outcome));
        prop_assert!(!(says_nothing && files), "an output file is not nothing: {}", shown);
        if [Expired, Cancelled].contains(&status) && !files && completed.unwrap_or(0) == 0 {
            prop_assert!(says_nothing, "{}", shown);
        }
    }
}

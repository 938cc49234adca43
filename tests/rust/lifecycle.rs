//! The lifecycle: checks every query for every pair of statuses.

mod compare;
mod properties;
mod transition;

use batchlight::check::RESULT_FILES;
use batchlight::lifecycle::path;
use batchlight::model::{LIFECYCLE, TimestampField, Timestamps};
use batchlight::{BatchStatus, Evidence};

use BatchStatus::{Cancelled, Cancelling, Completed, Expired, Failed, Finalizing, InProgress, Validating};

/// Every direct transition, written independently of the table: the row is the status before, the column the
/// status after, in the order of [`ORDER`]. `R` is observed, `u` unobserved.
const TRANSITIONS: [&str; 8] = [
    // V F I Z C E X D
    ". R R . . u R .", // validating
    ". . . . . . . .", // failed
    ". u . R . R R .", // in_progress
    ". u . . R R u .", // finalizing
    ". . . . . . . .", // completed
    ". . . . . . . .", // expired
    ". u . . u u . R", // cancelling
    ". . . . . . . .", // cancelled
];

const ORDER: [BatchStatus; 8] =
    [Validating, Failed, InProgress, Finalizing, Completed, Expired, Cancelling, Cancelled];

fn expected(from: BatchStatus, to: BatchStatus) -> Option<Evidence> {
    let at = |status| ORDER.iter().position(|&other| other == status).unwrap();
    match TRANSITIONS[at(from)].split(' ').nth(at(to)).unwrap() {
        "R" => Some(Evidence::Observed),
        "u" => Some(Evidence::Unobserved),
        _ => None,
    }
}

fn pairs() -> impl Iterator<Item = (BatchStatus, BatchStatus)> {
    ORDER.into_iter().flat_map(|from| ORDER.into_iter().map(move |to| (from, to)))
}

#[test]
fn direct_transitions_match_the_table() {
    assert_eq!(pairs().count(), 64);
    for (from, to) in pairs() {
        assert_eq!(from.evidence(to), expected(from, to), "{from} -> {to}");
        assert_eq!(
            from.can_transition_to(to),
            expected(from, to) == Some(Evidence::Observed),
            "{from} -> {to}"
        );
        let succeeds = from.successors().any(|status| status == to);
        assert_eq!(succeeds, from.can_transition_to(to), "{from} -> {to}");
    }
}

#[test]
fn reachability_is_the_transitive_closure_of_the_table() {
    for weakest in [Evidence::Observed, Evidence::Unobserved] {
        // Extends the reached pairs by one transition until nothing is added.
        let mut reached: Vec<_> = ORDER.into_iter().map(|status| (status, status)).collect();
        loop {
            let more: Vec<_> = pairs()
                .filter(|pair| !reached.contains(pair))
                .filter(|&(from, to)| {
                    ORDER.into_iter().any(|between| {
                        reached.contains(&(from, between))
                            && expected(between, to).is_some_and(|evidence| evidence <= weakest)
                    })
                })
                .collect();
            if more.is_empty() {
                break;
            }
            reached.extend(more);
        }
        for (from, to) in pairs() {
            let (can, should) = (from.can_reach(to, weakest), reached.contains(&(from, to)));
            assert_eq!(can, should, "{from} -> {to}, {weakest:?}");
            assert_eq!(from.reachable(weakest).iter().any(|status| status == to), should, "{from} -> {to}");
            let has_path = from == to || path(from, to, &Timestamps::default()).is_some();
            assert_eq!(has_path, from.can_reach(to, Evidence::Unobserved), "path from {from} to {to}");
        }
    }
}

#[test]
fn the_lifecycle_has_no_cycle() {
    for (from, to) in pairs().filter(|(from, to)| from != to) {
        let there = from.can_reach(to, Evidence::Unobserved);
        assert!(!(there && to.can_reach(from, Evidence::Unobserved)), "{from} <-> {to}");
    }
}

#[test]
fn four_statuses_are_terminal() {
    let terminal: Vec<_> = ORDER.into_iter().filter(|status| status.is_terminal()).collect();
    assert_eq!(terminal, [Failed, Completed, Expired, Cancelled]);
}

#[test]
fn each_status_has_its_own_timestamp() {
    for status in ORDER {
        let name = status.timestamp_field().field().name();
        let expected = if status == Validating { "created_at".to_owned() } else { format!("{status}_at") };
        assert_eq!(name, expected);
        assert_eq!(status.timestamp_field().status(), Some(status));
    }
    assert_eq!(TimestampField::Expires.status(), None);
}

#[test]
fn dominators_are_on_every_path_of_observed_transitions() {
    for (status, expected) in [
        (Validating, &[] as &[BatchStatus]),
        (Failed, &[]),
        (InProgress, &[]),
        (Finalizing, &[InProgress]),
        (Completed, &[InProgress, Finalizing]),
        (Expired, &[InProgress]),
        // A batch can be cancelled before it runs.
        (Cancelling, &[]),
        (Cancelled, &[Cancelling]),
    ] {
        let found: Vec<_> = status.dominators().iter().filter(|&status| status != Validating).collect();
        assert_eq!(found, expected, "{status}");
    }
}

#[test]
fn parses_exact_and_lenient_spellings() {
    for status in ORDER {
        let plain = status.as_str();
        assert_eq!(plain.parse(), Ok(status));
        assert!(plain.to_uppercase().parse::<BatchStatus>().is_err());
        let spellings =
            [plain.to_owned(), plain.to_uppercase(), plain.replace('_', "-"), plain.replace('_', " ")];
        for spelling in spellings {
            assert_eq!(BatchStatus::parse_lenient(&spelling), Some(status), "{spelling}");
        }
    }
    for unknown in ["", "queued", "complete", "completed ", "inprogress", "COMPLETED_WITH_ERRORS", "ſailed"]
    {
        assert_eq!(BatchStatus::parse_lenient(unknown), None, "{unknown:?}");
    }
}

#[test]
fn each_transition_has_a_source_and_is_unique() {
    let keys: Vec<_> = LIFECYCLE.iter().map(|row| (row.from, row.to)).collect();
    for (index, row) in LIFECYCLE.iter().enumerate() {
        assert!(!row.source.is_empty(), "{} -> {}", row.from, row.to);
        assert!(!keys[..index].contains(&keys[index]), "duplicate {} -> {}", row.from, row.to);
    }
}

#[test]
fn the_topological_order_respects_reachability() {
    let order = BatchStatus::TOPOLOGICAL_ORDER;
    for (at, status) in order.into_iter().enumerate() {
        for later in &order[at + 1..] {
            assert!(!later.can_reach(status, Evidence::Unobserved), "{status} before {later}");
        }
    }
    assert!(BatchStatus::ALL.iter().all(|status| order.contains(status)));
}

#[test]
fn ancestors_are_the_inverse_of_reachability() {
    for to in BatchStatus::ALL {
        for from in BatchStatus::ALL {
            assert_eq!(
                to.ancestors().contains(from),
                from.can_reach(to, Evidence::Unobserved),
                "{from} to {to}"
            );
        }
        assert_eq!(
            to.expected_timestamps().contains(to),
            to != BatchStatus::Validating,
            "{to} expects its own timestamp"
        );
        assert!(to.expected_timestamps().iter().all(|from| to.ancestors().contains(from)), "{to}");
    }
}

#[test]
fn only_terminal_statuses_have_result_files() {
    for file in RESULT_FILES {
        assert!(file.determined_in.iter().all(BatchStatus::is_terminal), "{file:?}");
    }
}

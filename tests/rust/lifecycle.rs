//! The lifecycle: every pair of statuses asked every question.

use batchlight::check::RESULT_FILES;
use batchlight::lifecycle::way;
use batchlight::model::{LIFECYCLE, Stamp, Stamps};
use batchlight::{BatchStatus, Evidence};

use BatchStatus::{Cancelled, Cancelling, Completed, Expired, Failed, Finalizing, InProgress, Validating};

/// Every direct move, as the recordings and the design have it: rows are left, columns entered, in the
/// order of [`ORDER`]; `R` is recorded, `u` unobserved.
const MOVES: [&str; 8] = [
    // V F I Z C E X D
    ". R R . . u R .", // validating
    ". . . . . . . .", // failed
    ". u . R . R R .", // in_progress
    ". u . . R u u .", // finalizing
    ". . . . . . . .", // completed
    ". . . . . . . .", // expired
    ". u . . u u . R", // cancelling
    ". . . . . . . .", // cancelled
];

const ORDER: [BatchStatus; 8] =
    [Validating, Failed, InProgress, Finalizing, Completed, Expired, Cancelling, Cancelled];

fn expected(from: BatchStatus, to: BatchStatus) -> Option<Evidence> {
    let at = |status| ORDER.iter().position(|&other| other == status).unwrap();
    match MOVES[at(from)].split(' ').nth(at(to)).unwrap() {
        "R" => Some(Evidence::Observed),
        "u" => Some(Evidence::Unobserved),
        _ => None,
    }
}

fn pairs() -> impl Iterator<Item = (BatchStatus, BatchStatus)> {
    ORDER.into_iter().flat_map(|from| ORDER.into_iter().map(move |to| (from, to)))
}

#[test]
fn direct_moves_are_those_of_the_table() {
    assert_eq!(pairs().count(), 64);
    for (from, to) in pairs() {
        assert_eq!(from.evidence(to), expected(from, to), "{from} -> {to}");
        assert_eq!(from.can_become(to), expected(from, to) == Some(Evidence::Observed), "{from} -> {to}");
        let succeeds = from.successors().any(|status| status == to);
        assert_eq!(succeeds, from.can_become(to), "{from} -> {to}");
    }
}

#[test]
fn a_status_reaches_what_moves_in_a_row_lead_to() {
    for weakest in [Evidence::Observed, Evidence::Unobserved] {
        // Moves are added to what is reached until nothing is added any more.
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
            assert_eq!(from.reach(weakest).iter().any(|status| status == to), should, "{from} -> {to}");
            let by_way = from == to || way(from, to, &Stamps::default()).is_some();
            assert_eq!(by_way, from.can_reach(to, Evidence::Unobserved), "way from {from} to {to}");
        }
    }
}

#[test]
fn the_lifecycle_has_no_circle() {
    for (from, to) in pairs().filter(|(from, to)| from != to) {
        let there = from.can_reach(to, Evidence::Unobserved);
        assert!(!(there && to.can_reach(from, Evidence::Unobserved)), "{from} <-> {to}");
    }
}

#[test]
fn four_statuses_are_for_good() {
    let terminal: Vec<_> = ORDER.into_iter().filter(|status| status.is_terminal()).collect();
    assert_eq!(terminal, [Failed, Completed, Expired, Cancelled]);
}

#[test]
fn each_status_writes_a_stamp_of_its_own() {
    for status in ORDER {
        let name = status.stamp().member().name();
        let expected = if status == Validating { "created_at".to_owned() } else { format!("{status}_at") };
        assert_eq!(name, expected);
        assert_eq!(status.stamp().status(), Some(status));
    }
    assert_eq!(Stamp::Expires.status(), None);
}

#[test]
fn the_statuses_passed_for_sure_are_those_on_every_recorded_way() {
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
        let passed: Vec<_> = status.passed().iter().filter(|&passed| passed != Validating).collect();
        assert_eq!(passed, expected, "{status}");
    }
}

#[test]
fn spellings_that_servers_use_are_read_and_others_are_not() {
    for status in ORDER {
        let plain = status.as_str();
        assert_eq!(BatchStatus::from_wire(plain), Some(status));
        assert_eq!(BatchStatus::from_wire(&plain.to_uppercase()), None);
        let drifts =
            [plain.to_owned(), plain.to_uppercase(), plain.replace('_', "-"), plain.replace('_', " ")];
        for drift in drifts {
            assert_eq!(BatchStatus::from_drifted(&drift), Some(status), "{drift}");
        }
    }
    for foreign in ["", "queued", "complete", "completed ", "inprogress", "COMPLETED_WITH_ERRORS", "ſailed"]
    {
        assert_eq!(BatchStatus::from_drifted(foreign), None, "{foreign:?}");
    }
}

#[test]
fn each_move_of_the_table_names_its_source() {
    let keys: Vec<_> = LIFECYCLE.iter().map(|step| (step.from, step.to)).collect();
    for (index, step) in LIFECYCLE.iter().enumerate() {
        assert!(!step.source.is_empty(), "{} -> {}", step.from, step.to);
        assert!(!keys[..index].contains(&keys[index]), "{} -> {} stands twice", step.from, step.to);
    }
}

#[test]
fn in_order_no_status_comes_before_one_that_leads_to_it() {
    let order = BatchStatus::IN_ORDER;
    for (at, status) in order.into_iter().enumerate() {
        for later in &order[at + 1..] {
            assert!(!later.can_reach(status, Evidence::Unobserved), "{status} before {later}");
        }
    }
    assert!(BatchStatus::ALL.iter().all(|status| order.contains(status)));
}

#[test]
fn the_statuses_before_one_are_those_that_lead_to_it() {
    for to in BatchStatus::ALL {
        for from in BatchStatus::ALL {
            assert_eq!(to.before().has(from), from.can_reach(to, Evidence::Unobserved), "{from} to {to}");
        }
        assert_eq!(to.awaited().has(to), to != BatchStatus::Validating, "{to} has its own stamp");
        assert!(to.awaited().iter().all(|from| to.before().has(from)), "{to}");
    }
}

#[test]
fn only_a_batch_that_has_ended_tells_of_its_files() {
    for file in RESULT_FILES {
        assert!(file.determined_in.iter().all(BatchStatus::is_terminal), "{file:?}");
    }
}

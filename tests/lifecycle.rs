//! The lifecycle: every pair of statuses asked every question, and every move made or refused.

#[path = "fixtures/samples.rs"]
mod samples;

use batchlight::lifecycle::{Move, TransitionCode, TransitionError, transition, way};
use batchlight::model::{BatchError, BatchErrors, BatchRequestCounts, LIFECYCLE, Stamp, Stamps};
use batchlight::{Batch, BatchStatus, Evidence};
use samples::{CREATED, batch_in};

use BatchStatus::{Cancelled, Cancelling, Completed, Expired, Failed, Finalizing, InProgress, Validating};

/// Every direct move, as the recordings and the design have it: rows are left, columns entered, in the
/// order of [`ORDER`]; `R` is recorded, `u` unrecorded.
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

/// Later than every stamp of every sample.
const LATER: u64 = CREATED + 200_000;

fn expected(from: BatchStatus, to: BatchStatus) -> Option<Evidence> {
    let at = |status| ORDER.iter().position(|&other| other == status).unwrap();
    match MOVES[at(from)].split(' ').nth(at(to)).unwrap() {
        "R" => Some(Evidence::Recorded),
        "u" => Some(Evidence::Unrecorded),
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
        assert_eq!(from.can_become(to), expected(from, to) == Some(Evidence::Recorded), "{from} -> {to}");
        let succeeds = from.successors().any(|status| status == to);
        assert_eq!(succeeds, from.can_become(to), "{from} -> {to}");
    }
}

#[test]
fn a_status_reaches_what_moves_in_a_row_lead_to() {
    for weakest in [Evidence::Recorded, Evidence::Unrecorded] {
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
            assert_eq!(by_way, from.can_reach(to, Evidence::Unrecorded), "way from {from} to {to}");
        }
    }
}

#[test]
fn the_lifecycle_has_no_circle() {
    for (from, to) in pairs().filter(|(from, to)| from != to) {
        let there = from.can_reach(to, Evidence::Unrecorded);
        assert!(!(there && to.can_reach(from, Evidence::Unrecorded)), "{from} <-> {to}");
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

/// What a batch has after a move, in a form that can be compared member by member.
fn members(batch: &Batch) -> serde_json::Map<String, serde_json::Value> {
    serde_json::to_value(batch).unwrap().as_object().unwrap().clone()
}

fn asked(at: u64) -> Move {
    Move { at, unrecorded: true, ..Move::default() }
}

#[test]
fn a_legal_move_writes_its_stamp_and_nothing_else() {
    let legal = pairs().filter(|&(from, to)| expected(from, to).is_some());
    let mut made = 0;
    for (from, to) in legal {
        let before = batch_in(from);
        // Completion wants every request finished, which only the finalizing sample has.
        let all = BatchRequestCounts { completed: 98, failed: 2, total: 100 };
        let counts = (to == Completed).then_some(all);
        let after = transition(&before, to, &Move { counts, ..asked(LATER) }).unwrap();
        let mut expected = members(&before);
        expected.insert("status".into(), to.as_str().into());
        expected.insert(to.stamp().member().name().into(), LATER.into());
        if to == Completed {
            expected.insert("request_counts".into(), serde_json::to_value(all).unwrap());
        }
        assert_eq!(members(&after), expected, "{from} -> {to}");
        made += 1;
    }
    assert_eq!(made, LIFECYCLE.len());
}

#[test]
fn a_move_writes_the_counts_files_and_errors_it_brings() {
    let counts = BatchRequestCounts { completed: 99, failed: 1, total: 100 };
    let ends = Move {
        at: LATER,
        counts: Some(counts),
        output_file_id: Some("file-o".into()),
        error_file_id: Some("file-e".into()),
        ..Move::default()
    };
    let mut finalizing = batch_in(Finalizing);
    finalizing.request_counts = Some(BatchRequestCounts { completed: 50, failed: 1, total: 100 });
    let after = transition(&finalizing, Completed, &ends).unwrap();
    assert_eq!(after.request_counts, Some(counts));
    assert_eq!(
        (after.output_file_id.as_deref(), after.error_file_id.as_deref()),
        (Some("file-o"), Some("file-e"))
    );
    let errors = BatchErrors {
        data: Some(vec![BatchError { code: Some("invalid_json_line".into()), ..BatchError::default() }]),
        object: Some("list".into()),
    };
    let fails = Move { at: LATER, errors: Some(errors.clone()), ..Move::default() };
    assert_eq!(transition(&batch_in(Validating), Failed, &fails).unwrap().errors, Some(errors));
}

#[test]
fn every_other_move_is_refused_with_what_is_allowed() {
    let mut refused = 0;
    for (from, to) in pairs().filter(|&(from, to)| expected(from, to).is_none()) {
        for unrecorded in [false, true] {
            let error = refuse(&batch_in(from), to, &Move { at: LATER, unrecorded, ..Move::default() });
            let weakest = if unrecorded { Evidence::Unrecorded } else { Evidence::Recorded };
            let allowed: Vec<_> =
                from.transitions().filter(|step| step.evidence <= weakest).map(|step| step.to).collect();
            assert_eq!(error.code, TransitionCode::IllegalTransition);
            assert_eq!((error.from, error.to, &error.allowed), (from, to, &allowed));
            for name in [from, to].iter().chain(&allowed) {
                assert!(error.message.contains(name.as_str()), "{}", error.message);
            }
            assert_eq!(error.message.contains("for good"), from.is_terminal(), "{}", error.message);
        }
        refused += 1;
    }
    assert_eq!(refused, 64 - LIFECYCLE.len());
}

#[test]
fn an_unrecorded_move_is_made_only_when_asked_for() {
    let unrecorded = pairs().filter(|&(from, to)| expected(from, to) == Some(Evidence::Unrecorded));
    for (from, to) in unrecorded {
        let error = refuse(&batch_in(from), to, &Move { at: LATER, ..Move::default() });
        assert_eq!(error.code, TransitionCode::UnrecordedTransition);
        assert!(error.message.contains("ask for unrecorded moves"), "{}", error.message);
        assert!(error.allowed.iter().all(|&allowed| from.can_become(allowed)), "{:?}", error.allowed);
    }
}

/// The refusal of a move, whose message speaks as every message of the house does.
fn refuse(batch: &Batch, to: BatchStatus, change: &Move) -> TransitionError {
    let error = transition(batch, to, change).unwrap_err();
    assert!(error.message.starts_with("cannot move a batch from"), "{}", error.message);
    assert!(!error.message.ends_with('.'), "{}", error.message);
    assert_eq!(error.to_string(), error.message);
    error
}

const fn counts(completed: u64, failed: u64, total: u64) -> BatchRequestCounts {
    BatchRequestCounts { completed, failed, total }
}

#[test]
fn time_does_not_run_backwards() {
    let running = batch_in(InProgress);
    let entered = running.in_progress_at.unwrap();
    let error = refuse(&running, Finalizing, &asked(entered - 1));
    assert_eq!(error.code, TransitionCode::StampBackwards);
    assert!(error.message.contains(&entered.to_string()), "{}", error.message);
    assert!(transition(&running, Finalizing, &asked(entered)).is_ok(), "the same second is no step back");
}

#[test]
fn the_deadline_is_no_stamp_that_a_move_must_wait_for() {
    let before_deadline = CREATED + 100;
    assert!(transition(&batch_in(InProgress), Finalizing, &asked(before_deadline)).is_ok());
}

#[test]
fn counts_that_cannot_be_are_refused() {
    for (from, to, given, code) in [
        (InProgress, Finalizing, counts(99, 2, 100), TransitionCode::CountsImpossible),
        (InProgress, Cancelling, counts(u64::MAX, u64::MAX, 100), TransitionCode::CountsImpossible),
        (Finalizing, Completed, counts(98, 1, 100), TransitionCode::CountsImpossible),
        (InProgress, Finalizing, counts(39, 2, 100), TransitionCode::CountsBackwards),
        (InProgress, Finalizing, counts(40, 1, 100), TransitionCode::CountsBackwards),
        (InProgress, Finalizing, counts(40, 2, 99), TransitionCode::CountsBackwards),
        (InProgress, Finalizing, counts(40, 2, 101), TransitionCode::CountsBackwards),
    ] {
        let error = refuse(&batch_in(from), to, &Move { counts: Some(given), ..asked(LATER) });
        assert_eq!(error.code, code, "{from} -> {to} with {given:?}: {}", error.message);
    }
    let finished = Move { counts: Some(counts(98, 2, 100)), ..asked(LATER) };
    assert!(transition(&batch_in(InProgress), Finalizing, &finished).is_ok());
}

#[test]
fn counts_that_were_there_before_must_let_a_batch_complete() {
    let mut finalizing = batch_in(Finalizing);
    finalizing.request_counts = Some(counts(1, 0, 2));
    assert_eq!(refuse(&finalizing, Completed, &asked(LATER)).code, TransitionCode::CountsImpossible);
}

#[test]
fn the_total_may_become_known() {
    let counted = Move { counts: Some(counts(0, 0, 3)), ..asked(LATER) };
    let running = transition(&batch_in(Validating), InProgress, &counted).unwrap();
    assert_eq!(running.request_counts, Some(counts(0, 0, 3)));
}

#[test]
fn files_are_named_at_the_end_only() {
    for (from, to) in pairs().filter(|&(from, to)| expected(from, to).is_some()) {
        for (output, error) in [(Some("file-o".to_owned()), None), (None, Some("file-e".to_owned()))] {
            let counts = (to == Completed).then_some(counts(98, 2, 100));
            let named = Move { counts, output_file_id: output, error_file_id: error, ..asked(LATER) };
            let made = transition(&batch_in(from), to, &named);
            let code = made.as_ref().err().map(|error| error.code);
            let expected = (!to.is_terminal()).then_some(TransitionCode::FileEarly);
            assert_eq!(code, expected, "{from} -> {to}");
        }
    }
}

#[test]
fn errors_go_with_failed_only() {
    for (from, to) in pairs().filter(|&(from, to)| expected(from, to).is_some()) {
        let counts = (to == Completed).then_some(counts(98, 2, 100));
        let given = Move { counts, errors: Some(BatchErrors::default()), ..asked(LATER) };
        let code = transition(&batch_in(from), to, &given).err().map(|error| error.code);
        let expected = (to != Failed).then_some(TransitionCode::ErrorsUnexpected);
        assert_eq!(code, expected, "{from} -> {to}");
    }
}

//! Moves: every pair of statuses tried, every legal move made, every other refused with what is allowed.
//!
//! Which moves there are is held by the tests of the lifecycle; here the table is taken at its word.

use crate::support::samples::{CREATED, batch_in};
use batchlight::lifecycle::{TransitionCode, TransitionError, TransitionInput, transition};
use batchlight::model::{BatchError, BatchErrors, BatchRequestCounts, LIFECYCLE};
use batchlight::{Batch, BatchStatus, Evidence};

use BatchStatus::{Cancelling, Completed, Failed, Finalizing, InProgress, Validating};

/// Later than every stamp of every sample.
const LATER: u64 = CREATED + 200_000;

fn pairs() -> impl Iterator<Item = (BatchStatus, BatchStatus)> {
    BatchStatus::ALL.into_iter().flat_map(|from| BatchStatus::ALL.map(|to| (from, to)))
}

/// What a batch has after a move, in a form that can be compared member by member.
fn members(batch: &Batch) -> serde_json::Map<String, serde_json::Value> {
    serde_json::to_value(batch).unwrap().as_object().unwrap().clone()
}

fn asked(at: u64) -> TransitionInput {
    TransitionInput { at, unobserved: true, ..TransitionInput::default() }
}

#[test]
fn a_legal_move_writes_its_stamp_and_nothing_else() {
    let legal = pairs().filter(|&(from, to)| from.evidence(to).is_some());
    let mut made = 0;
    for (from, to) in legal {
        let before = batch_in(from);
        // Completion wants every request finished, which only the finalizing sample has.
        let all = BatchRequestCounts { completed: 98, failed: 2, total: 100 };
        let counts = (to == Completed).then_some(all);
        let after = transition(&before, to, &TransitionInput { counts, ..asked(LATER) }).unwrap();
        let mut expected = members(&before);
        expected.insert("status".into(), to.as_str().into());
        expected.insert(to.timestamp_field().field().name().into(), LATER.into());
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
    let ends = TransitionInput {
        at: LATER,
        counts: Some(counts),
        output_file_id: Some("file-o".into()),
        error_file_id: Some("file-e".into()),
        ..TransitionInput::default()
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
    let fails = TransitionInput { at: LATER, errors: Some(errors.clone()), ..TransitionInput::default() };
    assert_eq!(transition(&batch_in(Validating), Failed, &fails).unwrap().errors, Some(errors));
}

#[test]
fn every_other_move_is_refused_with_what_is_allowed() {
    let mut refused = 0;
    for (from, to) in pairs().filter(|&(from, to)| from.evidence(to).is_none()) {
        for unobserved in [false, true] {
            let error = refuse(
                &batch_in(from),
                to,
                &TransitionInput { at: LATER, unobserved, ..TransitionInput::default() },
            );
            let weakest = if unobserved { Evidence::Unobserved } else { Evidence::Observed };
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
    let unobserved = pairs().filter(|&(from, to)| from.evidence(to) == Some(Evidence::Unobserved));
    for (from, to) in unobserved {
        let error = refuse(&batch_in(from), to, &TransitionInput { at: LATER, ..TransitionInput::default() });
        assert_eq!(error.code, TransitionCode::UnobservedTransition);
        assert!(error.message.contains("ask for unobserved moves"), "{}", error.message);
        assert!(error.allowed.iter().all(|&allowed| from.can_transition_to(allowed)), "{:?}", error.allowed);
    }
}

/// The refusal of a move, whose message speaks as every message of the house does.
fn refuse(batch: &Batch, to: BatchStatus, change: &TransitionInput) -> TransitionError {
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
    assert_eq!(error.code, TransitionCode::TimestampBackwards);
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
        let error = refuse(&batch_in(from), to, &TransitionInput { counts: Some(given), ..asked(LATER) });
        assert_eq!(error.code, code, "{from} -> {to} with {given:?}: {}", error.message);
    }
    let finished = TransitionInput { counts: Some(counts(98, 2, 100)), ..asked(LATER) };
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
    let counted = TransitionInput { counts: Some(counts(0, 0, 3)), ..asked(LATER) };
    let running = transition(&batch_in(Validating), InProgress, &counted).unwrap();
    assert_eq!(running.request_counts, Some(counts(0, 0, 3)));
}

#[test]
fn files_are_named_at_the_end_only() {
    for (from, to) in pairs().filter(|&(from, to)| from.evidence(to).is_some()) {
        for (output, error) in [(Some("file-o".to_owned()), None), (None, Some("file-e".to_owned()))] {
            let counts = (to == Completed).then_some(counts(98, 2, 100));
            let named =
                TransitionInput { counts, output_file_id: output, error_file_id: error, ..asked(LATER) };
            let made = transition(&batch_in(from), to, &named);
            let code = made.as_ref().err().map(|error| error.code);
            let expected = (!to.is_terminal()).then_some(TransitionCode::FileEarly);
            assert_eq!(code, expected, "{from} -> {to}");
        }
    }
}

#[test]
fn errors_go_with_failed_only() {
    for (from, to) in pairs().filter(|&(from, to)| from.evidence(to).is_some()) {
        let counts = (to == Completed).then_some(counts(98, 2, 100));
        let given = TransitionInput { counts, errors: Some(BatchErrors::default()), ..asked(LATER) };
        let code = transition(&batch_in(from), to, &given).err().map(|error| error.code);
        let expected = (to != Failed).then_some(TransitionCode::ErrorsUnexpected);
        assert_eq!(code, expected, "{from} -> {to}");
    }
}

//! Transitions: tries every pair of statuses. The tests of the lifecycle check the table itself.

use crate::support::samples::{CREATED, batch_in};
use batchlight::lifecycle::{TransitionCode, TransitionError, TransitionInput, transition};
use batchlight::model::{BatchError, BatchErrors, BatchRequestCounts, LIFECYCLE};
use batchlight::{Batch, BatchStatus, Evidence};

use BatchStatus::{Cancelling, Completed, Failed, Finalizing, InProgress, Validating};

/// A time after every timestamp of every sample.
const LATER: u64 = CREATED + 200_000;

fn pairs() -> impl Iterator<Item = (BatchStatus, BatchStatus)> {
    BatchStatus::ALL.into_iter().flat_map(|from| BatchStatus::ALL.map(|to| (from, to)))
}

/// The batch as a JSON object, to compare it property by property.
fn properties(batch: &Batch) -> serde_json::Map<String, serde_json::Value> {
    serde_json::to_value(batch).unwrap().as_object().unwrap().clone()
}

fn input_at(at: u64) -> TransitionInput {
    TransitionInput { at, allow_unobserved: true, ..TransitionInput::default() }
}

#[test]
fn a_transition_sets_its_timestamp_and_nothing_else() {
    let legal = pairs().filter(|&(from, to)| from.evidence(to).is_some());
    let mut count = 0;
    for (from, to) in legal {
        let before = batch_in(from);
        // Only the finalizing sample has finished every request, as completion requires.
        let all = BatchRequestCounts { completed: 98, failed: 2, total: 100 };
        let counts = (to == Completed).then_some(all);
        let after = transition(&before, to, &TransitionInput { counts, ..input_at(LATER) }).unwrap();
        let mut expected = properties(&before);
        expected.insert("status".into(), to.as_str().into());
        expected.insert(to.timestamp_field().field().name().into(), LATER.into());
        if to == Completed {
            expected.insert("request_counts".into(), serde_json::to_value(all).unwrap());
        }
        assert_eq!(properties(&after), expected, "{from} -> {to}");
        count += 1;
    }
    assert_eq!(count, LIFECYCLE.len());
}

#[test]
fn a_transition_sets_the_given_counts_files_and_errors() {
    let counts = BatchRequestCounts { completed: 99, failed: 1, total: 100 };
    let completion = TransitionInput {
        at: LATER,
        counts: Some(counts),
        output_file_id: Some("file-o".into()),
        error_file_id: Some("file-e".into()),
        ..TransitionInput::default()
    };
    let mut finalizing = batch_in(Finalizing);
    finalizing.request_counts = Some(BatchRequestCounts { completed: 50, failed: 1, total: 100 });
    let after = transition(&finalizing, Completed, &completion).unwrap();
    assert_eq!(after.request_counts, Some(counts));
    assert_eq!(
        (after.output_file_id.as_deref(), after.error_file_id.as_deref()),
        (Some("file-o"), Some("file-e"))
    );
    let errors = BatchErrors {
        data: Some(vec![BatchError { code: Some("invalid_json_line".into()), ..BatchError::default() }]),
        object: Some("list".into()),
    };
    let failure = TransitionInput { at: LATER, errors: Some(errors.clone()), ..TransitionInput::default() };
    assert_eq!(transition(&batch_in(Validating), Failed, &failure).unwrap().errors, Some(errors));
}

#[test]
fn an_illegal_transition_is_an_error_that_lists_the_allowed_ones() {
    let mut illegal = 0;
    for (from, to) in pairs().filter(|&(from, to)| from.evidence(to).is_none()) {
        for allow_unobserved in [false, true] {
            let error = error_of(
                &batch_in(from),
                to,
                &TransitionInput { at: LATER, allow_unobserved, ..TransitionInput::default() },
            );
            let weakest = if allow_unobserved { Evidence::Unobserved } else { Evidence::Observed };
            let allowed: Vec<_> =
                from.transitions().filter(|row| row.evidence <= weakest).map(|row| row.to).collect();
            assert_eq!(error.code, TransitionCode::IllegalTransition);
            assert_eq!((error.from, error.to, &error.allowed), (from, to, &allowed));
            for name in [from, to].iter().chain(&allowed) {
                assert!(error.message.contains(name.as_str()), "{}", error.message);
            }
            assert_eq!(
                error.message.contains("is a terminal status"),
                from.is_terminal(),
                "{}",
                error.message
            );
        }
        illegal += 1;
    }
    assert_eq!(illegal, BatchStatus::ALL.len().pow(2) - LIFECYCLE.len());
}

#[test]
fn an_unobserved_transition_must_be_allowed() {
    let unobserved = pairs().filter(|&(from, to)| from.evidence(to) == Some(Evidence::Unobserved));
    for (from, to) in unobserved {
        let error =
            error_of(&batch_in(from), to, &TransitionInput { at: LATER, ..TransitionInput::default() });
        assert_eq!(error.code, TransitionCode::UnobservedTransition);
        assert!(error.message.contains("allow unobserved transitions"), "{}", error.message);
        assert!(error.allowed.iter().all(|&allowed| from.can_transition_to(allowed)), "{:?}", error.allowed);
    }
}

/// The error of a transition. Checks the style of its message.
fn error_of(batch: &Batch, to: BatchStatus, input: &TransitionInput) -> TransitionError {
    let error = transition(batch, to, input).unwrap_err();
    assert!(error.message.starts_with("cannot change the status from"), "{}", error.message);
    assert!(!error.message.ends_with('.'), "{}", error.message);
    assert_eq!(error.to_string(), error.message);
    error
}

const fn counts(completed: u64, failed: u64, total: u64) -> BatchRequestCounts {
    BatchRequestCounts { completed, failed, total }
}

#[test]
fn time_must_not_go_backward() {
    let running = batch_in(InProgress);
    let entered = running.in_progress_at.unwrap();
    let error = error_of(&running, Finalizing, &input_at(entered - 1));
    assert_eq!(error.code, TransitionCode::TimestampBackwards);
    assert!(error.message.contains(&entered.to_string()), "{}", error.message);
    assert!(transition(&running, Finalizing, &input_at(entered)).is_ok(), "the same second is allowed");
}

#[test]
fn a_transition_may_happen_before_the_deadline() {
    let before_deadline = CREATED + 100;
    assert!(transition(&batch_in(InProgress), Finalizing, &input_at(before_deadline)).is_ok());
}

#[test]
fn impossible_or_decreasing_counts_are_errors() {
    use TransitionCode::{CountsBackwards as Backwards, CountsImpossible as Impossible};
    for (from, to, given, code, expected) in [
        (InProgress, Finalizing, counts(99, 2, 100), Impossible, "at most 100 finished requests"),
        (
            InProgress,
            Cancelling,
            counts(u64::MAX, u64::MAX, 100),
            Impossible,
            "at most 100 finished requests",
        ),
        (Finalizing, Completed, counts(98, 1, 100), Impossible, "exactly 100 finished requests"),
        (InProgress, Finalizing, counts(39, 2, 100), Backwards, "completed of 40 or more, found 39"),
        (InProgress, Finalizing, counts(40, 1, 100), Backwards, "failed of 2 or more, found 1"),
        (InProgress, Finalizing, counts(40, 2, 99), Backwards, "the total to stay 100, found 99"),
        (InProgress, Finalizing, counts(40, 2, 101), Backwards, "the total to stay 100, found 101"),
    ] {
        let error =
            error_of(&batch_in(from), to, &TransitionInput { counts: Some(given), ..input_at(LATER) });
        assert!(error.message.contains(expected), "{}", error.message);
        assert_eq!(error.code, code, "{from} -> {to} with {given:?}: {}", error.message);
    }
    let finished = TransitionInput { counts: Some(counts(98, 2, 100)), ..input_at(LATER) };
    assert!(transition(&batch_in(InProgress), Finalizing, &finished).is_ok());
}

#[test]
fn a_batch_with_unfinished_requests_cannot_complete() {
    let mut finalizing = batch_in(Finalizing);
    finalizing.request_counts = Some(counts(1, 0, 2));
    assert_eq!(error_of(&finalizing, Completed, &input_at(LATER)).code, TransitionCode::CountsImpossible);
}

#[test]
fn the_total_may_become_known() {
    let with_counts = TransitionInput { counts: Some(counts(0, 0, 3)), ..input_at(LATER) };
    let running = transition(&batch_in(Validating), InProgress, &with_counts).unwrap();
    assert_eq!(running.request_counts, Some(counts(0, 0, 3)));
}

#[test]
fn result_files_are_only_allowed_at_the_end() {
    for (from, to) in pairs().filter(|&(from, to)| from.evidence(to).is_some()) {
        for (output, error) in [(Some("file-o".to_owned()), None), (None, Some("file-e".to_owned()))] {
            let counts = (to == Completed).then_some(counts(98, 2, 100));
            let with_file =
                TransitionInput { counts, output_file_id: output, error_file_id: error, ..input_at(LATER) };
            let result = transition(&batch_in(from), to, &with_file);
            let code = result.as_ref().err().map(|error| error.code);
            let expected = (!to.is_terminal()).then_some(TransitionCode::FileEarly);
            assert_eq!(code, expected, "{from} -> {to}");
        }
    }
}

#[test]
fn errors_are_only_allowed_with_failed() {
    for (from, to) in pairs().filter(|&(from, to)| from.evidence(to).is_some()) {
        let counts = (to == Completed).then_some(counts(98, 2, 100));
        let given = TransitionInput { counts, errors: Some(BatchErrors::default()), ..input_at(LATER) };
        let code = transition(&batch_in(from), to, &given).err().map(|error| error.code);
        let expected = (to != Failed).then_some(TransitionCode::ErrorsUnexpected);
        assert_eq!(code, expected, "{from} -> {to}");
    }
}

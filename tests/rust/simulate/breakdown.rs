//! A planned failure while a batch runs: it can happen in any status, and with planned errors it leaves no
//! result files.

use batchlight::BatchStatus::{self, Cancelling, Failed, Finalizing, InProgress};
use batchlight::check::parse_as;
use batchlight::diagnostics::Level;
use batchlight::model::BatchError;
use batchlight::simulate::{BatchPlan, Simulation, simulate};

const CREATED: u64 = 1_764_000_000;

/// A plan in which validation ends after 10 s, the run after 110 s and finalizing after 130 s; a cancel takes
/// 50 s.
fn plan(break_after: u64) -> BatchPlan {
    BatchPlan {
        created_at: CREATED,
        requests: 20,
        validation_seconds: Some(10),
        run_seconds: Some(100),
        finalizing_seconds: Some(20),
        cancelling_seconds: Some(50),
        break_at: Some(CREATED + break_after),
        ..BatchPlan::default()
    }
}

fn statuses(plan: &BatchPlan) -> Vec<BatchStatus> {
    Simulation::new(plan).unwrap().schedule().map(|(status, _)| status).skip(1).collect()
}

#[test]
fn a_batch_can_fail_in_every_status_after_validation() {
    assert_eq!(statuses(&plan(0)), [InProgress, Failed]);
    assert_eq!(statuses(&plan(60)), [InProgress, Failed]);
    assert_eq!(statuses(&plan(115)), [InProgress, Finalizing, Failed]);
    assert_eq!(
        statuses(&plan(130)),
        [InProgress, Finalizing, Failed],
        "a failure in the second of completion wins"
    );
    assert_eq!(statuses(&plan(131)).last(), Some(&BatchStatus::Completed));
    let cancelled = BatchPlan { cancel_at: Some(CREATED + 50), ..plan(80) };
    assert_eq!(statuses(&cancelled), [InProgress, Cancelling, Failed]);
    let expiring = BatchPlan { run_seconds: Some(90_000), ..plan(86_395) };
    assert_eq!(statuses(&expiring), [InProgress, Failed]);
}

#[test]
fn a_failure_with_planned_errors_leaves_no_result_files() {
    let message = "the results could not be written";
    let error = BatchError { message: Some(message.into()), ..BatchError::default() };
    for after in [60, 115, 130] {
        let plan = BatchPlan { errors: vec![error.clone()], ..plan(after) };
        let json = simulate(&plan, CREATED + 1_000).unwrap().to_string();
        let parsed = parse_as(json.as_bytes(), plan.wire.profile()).expect(&json);
        assert!(parsed.issues.iter().all(|issue| issue.level == Level::Note), "{json}");
        assert_eq!(parsed.batch.status, Failed);
        assert_eq!((&parsed.batch.output_file_id, &parsed.batch.error_file_id), (&None, &None), "{json}");
        let errors = parsed.batch.errors.and_then(|errors| errors.data).unwrap();
        assert_eq!(errors[0].message.as_deref(), Some(message));
    }
}

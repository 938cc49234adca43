//! The simulator: every plan gives only objects that a server could send, in an order that goes forward.

mod breakdown;

use batchlight::check::parse_as;
use batchlight::diagnostics::Level;
use batchlight::lifecycle::ChangeRelation;
use batchlight::model::BatchError;
use batchlight::simulate::{
    API_ERRORS, BatchPlan, CAUSES, FailureCause, InputProblem, PLAN_FIELDS, PlannedFailure, REJECTIONS,
    RequestOutcome, ServerDialect, Simulation, UNFINISHED, missing_file, parse_plan, rejection, scenarios,
    simulate,
};
use batchlight::{Batch, BatchOutcome, BatchStatus, Snapshot, compare, outcome};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

const CREATED: u64 = 1_764_000_000;
const DAY: u64 = 86_400;

/// Parses the simulated object: the batch, and the messages of its errors and warnings.
fn parsed(plan: &BatchPlan, now: u64) -> (Batch, Vec<String>) {
    let json = simulate(plan, now).unwrap().to_string();
    let parsed = parse_as(json.as_bytes(), plan.wire.profile()).expect(&json);
    let problems = parsed.issues.iter().filter(|issue| issue.level != Level::Note);
    (parsed.batch, problems.map(|issue| issue.message.clone()).collect())
}

fn plans() -> impl Strategy<Value = BatchPlan> {
    let lengths = (0..2_000_u64, prop_oneof![0..20_000_u64, 0..400_000_u64], 0..600_u64, 0..4_000_u64);
    let lengths = (prop::option::of(lengths), prop::option::of(0.001..50.0_f64));
    let moments = (prop::option::of(0..200_000_u64), prop::option::weighted(0.2, 0..200_000_u64));
    let failing = (select(vec![0.0, 0.05, 0.5, 1.0]), prop::collection::vec((0..40_u32, 0..5_usize), 0..4));
    let rejected = prop::option::weighted(0.2, 1..5_usize);
    let basis = (any::<u32>(), select(ServerDialect::ALL.to_vec()), 0..40_u32, any::<bool>());
    (basis, lengths, moments, failing, rejected).prop_map(|(basis, lengths, moments, failing, rejected)| {
        let (seed, wire, requests, labelled) = basis;
        let ((lengths, rate), (cancel, breaks), (failure_rate, failures)) = (lengths, moments, failing);
        let failure = |(index, cause): (u32, usize)| PlannedFailure {
            index,
            cause: FailureCause::ALL.get(cause).copied(),
        };
        let error = |at| BatchError {
            code: Some("invalid_json_line".into()),
            line: Some(at as u64 + 1),
            ..BatchError::default()
        };
        BatchPlan {
            seed: seed.into(),
            wire,
            created_at: CREATED,
            requests,
            validation_seconds: lengths.map(|lengths| lengths.0),
            run_seconds: lengths.map(|lengths| lengths.1),
            rate: rate.filter(|_| lengths.is_none()),
            finalizing_seconds: lengths.map(|lengths| lengths.2),
            cancelling_seconds: lengths.map(|lengths| lengths.3),
            failure_rate,
            failures: failures.into_iter().map(failure).filter(|failure| failure.index < requests).collect(),
            errors: (0..rejected.unwrap_or(0)).map(error).collect(),
            cancel_at: cancel.map(|after| CREATED + after),
            break_at: breaks.map(|after| CREATED + after),
            metadata: labelled.then(|| [("job".to_owned(), "nightly".to_owned())].into()),
            ..BatchPlan::default()
        }
    })
}

/// The times around every status change, and times in between.
fn times(plan: &BatchPlan) -> Vec<u64> {
    let simulation = Simulation::new(plan).unwrap();
    let mut times: Vec<u64> =
        simulation.schedule().flat_map(|(_, at)| [at.saturating_sub(1), at, at + 1]).collect();
    let last = times.last().copied().unwrap_or(CREATED);
    times.extend((0..12).map(|part| CREATED + (last - CREATED) * part / 11));
    times.sort_unstable();
    times
}

// 256 cases, proptest's default: each simulates a batch at many times.
proptest! {
    #[test]
    fn a_simulated_batch_has_no_errors_or_warnings(plan in plans()) {
        for now in times(&plan) {
            let (_, problems) = parsed(&plan, now);
            prop_assert_eq!(problems, Vec::<String>::new(), "{:?} at {}", plan, now);
        }
    }

    #[test]
    fn a_later_poll_is_never_stale_or_conflicting(plan in plans()) {
        let polls: Vec<Batch> = times(&plan).into_iter().map(|now| parsed(&plan, now).0).collect();
        for (at, before) in polls.iter().enumerate() {
            for after in &polls[at..] {
                let change = compare(before, after);
                let forward = matches!(change.relation, ChangeRelation::Advanced | ChangeRelation::Unchanged);
                prop_assert!(forward && (before == after) == (change.relation == ChangeRelation::Unchanged),
                    "{:?}\n{:?}\n{:?}", change, before, after);
            }
        }
    }

    #[test]
    fn a_cancel_does_not_change_earlier_polls(plan in plans(), after in 0..200_000_u64) {
        let plan = BatchPlan { cancel_at: None, ..plan };
        let at = CREATED + after;
        let cancelled = BatchPlan { cancel_at: Some(at), ..plan.clone() };
        for now in times(&plan).into_iter().filter(|&now| now < at) {
            prop_assert_eq!(simulate(&plan, now).unwrap(), simulate(&cancelled, now).unwrap());
        }
        let seen = Simulation::new(&plan).unwrap().batch(at);
        let answered = Simulation::new(&cancelled).unwrap().batch(at);
        let expected = if seen.status.is_terminal() { seen.status } else { BatchStatus::Cancelling };
        // A cancel that takes 0 seconds completes immediately.
        let over = cancelled.cancelling_seconds == Some(0) && answered.status == BatchStatus::Cancelled;
        prop_assert!(answered.status == expected || over);
        let completed = |batch: &Batch| batch.request_counts.map(|counts| counts.completed);
        prop_assert_eq!(completed(&answered), completed(&seen));
    }

    #[test]
    fn the_counts_match_the_requests(plan in plans()) {
        let simulation = Simulation::new(&plan).unwrap();
        for now in times(&plan) {
            let batch = simulation.batch(now);
            let counts = batch.request_counts.unwrap();
            let outcomes: Vec<_> = simulation.requests(now).map(|request| request.outcome).collect();
            prop_assert_eq!(outcomes.len(), plan.requests as usize);
            let count = |which: fn(&RequestOutcome) -> bool| {
                outcomes.iter().filter(|outcome| which(outcome)).count() as u64
            };
            let completed = count(|outcome| *outcome == RequestOutcome::Succeeded);
            let failed = count(|outcome| matches!(outcome, RequestOutcome::Failed(_)));
            prop_assert_eq!(completed, counts.completed);
            if plan.wire == ServerDialect::Dashscope && batch.status == BatchStatus::Cancelled {
                prop_assert!(failed <= counts.failed);
            } else {
                prop_assert_eq!(failed, counts.failed);
            }
            // A failure with planned errors is a failure to write the result files.
            let written = batch.status != BatchStatus::Failed || plan.errors.is_empty();
            if written && batch.status.is_terminal() && batch.in_progress_at.is_some() {
                prop_assert_eq!(batch.output_file_id.is_some(), completed > 0);
                let rest = outcomes.len() as u64 - completed;
                let azure = matches!(plan.wire, ServerDialect::Azure | ServerDialect::AzureRest);
                let expected = rest > 0 || azure && batch.status == BatchStatus::Completed;
                prop_assert_eq!(batch.error_file_id.is_some(), expected);
            }
        }
    }

    #[test]
    fn the_outcome_of_a_request_is_final(plan in plans()) {
        let simulation = Simulation::new(&plan).unwrap();
        let mut before: Vec<_> = simulation.requests(CREATED).map(|request| request.outcome).collect();
        for now in times(&plan) {
            for (was, request) in before.iter_mut().zip(simulation.requests(now)) {
                prop_assert!(*was == RequestOutcome::Unfinished || *was == request.outcome);
                *was = request.outcome;
            }
        }
    }

    #[test]
    fn parsing_a_plan_never_panics(text in "[ -~]{0,40}", number in any::<f64>(), member in 0..23_usize) {
        let plan = json!(BatchPlan { rate: Some(1.0), ..BatchPlan::default() });
        let name = plan.as_object().unwrap().keys().nth(member).cloned();
        let failures = json!([{ "index": number, "cause": text }]);
        for value in [json!(text), json!(number), json!([text]), json!({ "index": number }), failures] {
            let plan = json!({ "created_at": CREATED, name.as_deref().unwrap_or(&text): value });
            if let Ok(plan) = parse_plan(&plan) {
                let _ = simulate(&plan, u64::MAX).map(|object| object.to_string());
            }
        }
    }
}

#[test]
fn every_status_and_outcome_has_a_scenario() {
    let mut shown = Vec::new();
    for scenario in scenarios() {
        let (batch, problems) = parsed(&scenario.plan, scenario.now);
        assert_eq!(problems, Vec::<String>::new(), "{}", scenario.name);
        let snapshot = Snapshot::from(&batch);
        let name = outcome(&snapshot).map_or(json!(batch.status), |outcome| json!(outcome));
        assert_eq!(name, scenario.name, "{batch:?}");
        shown.push((batch.status, outcome(&snapshot)));
    }
    for status in BatchStatus::ALL {
        assert!(shown.iter().any(|row| row.0 == status), "{status}");
    }
    for outcome in BatchOutcome::ALL {
        assert!(shown.iter().any(|row| row.1 == Some(outcome)), "{outcome:?}");
    }
}

#[test]
fn a_plan_survives_serialization() {
    for scenario in scenarios() {
        assert_eq!(parse_plan(&json!(scenario.plan)).as_ref(), Ok(&scenario.plan));
    }
}

#[test]
fn each_dialect_has_its_properties() {
    let at_creation =
        |wire| simulate(&BatchPlan { wire, created_at: CREATED, ..BatchPlan::default() }, CREATED).unwrap();
    let count = |wire| at_creation(wire).properties().count();
    assert_eq!([count(ServerDialect::Openai), count(ServerDialect::OpenaiEarly)], [22, 20]);
    let openai = at_creation(ServerDialect::Openai);
    assert!(openai.properties().filter(|(_, value)| value.is_null()).count() == 12);
    assert_eq!(openai["usage"]["total_tokens"], 0);
    assert_eq!(openai["request_counts"], json!({ "total": 0, "completed": 0, "failed": 0 }));
    assert_eq!(openai["expires_at"], CREATED + DAY);
    assert!(at_creation(ServerDialect::Omitting).properties().all(|(_, value)| !value.is_null()));
    assert_eq!(at_creation(ServerDialect::Dashscope)["expires_at"], Value::Null);
    let rest = at_creation(ServerDialect::AzureRest);
    assert_eq!(rest["status"], "Validating");
    assert!(rest["created_at"].as_str().is_some_and(|at| at.starts_with("2025-11-24T16:00:00.")), "{rest}");
    assert!(rest.get("endpoint").is_none());
}

#[test]
fn names_the_model_once_it_runs() {
    let plan = BatchPlan { created_at: CREATED, model: Some("gpt-4o-mini".into()), ..BatchPlan::default() };
    assert_eq!(simulate(&plan, CREATED).unwrap()["model"], Value::Null);
    assert_eq!(simulate(&plan, CREATED + DAY).unwrap()["model"], "gpt-4o-mini-2024-07-18");
}

#[test]
fn an_invalid_plan_is_an_error() {
    let error_of = |plan: Value| {
        let read = parse_plan(&plan).and_then(|plan| simulate(&plan, CREATED).map(drop));
        read.expect_err("an error").to_string()
    };
    let with = |name: &str, value: Value| error_of(json!({ "created_at": CREATED, name: value }));
    assert_eq!(error_of(json!([])), "expected an object, found a list at plan");
    assert_eq!(error_of(json!({})), "expected Unix seconds, found nothing at created_at");
    assert_eq!(with("seed", json!(1.5)), "expected a whole number, 0 or more, found 1.5 at seed");
    assert_eq!(with("failureRate", json!(2)), "expected a number from 0 to 1, found 2 at failureRate");
    assert_eq!(
        with("completion_window", json!("1h")),
        "expected a completion window that the server accepts, found \"1h\" at completion_window"
    );
    assert_eq!(
        with("id", json!("job 1")),
        "expected a string without whitespace that starts with batch, found \"job 1\" at id"
    );
    assert_eq!(
        with("failures", json!([{ "index": 100 }])),
        "expected indexes below 100, the number of requests, found 100 at failures"
    );
    assert_eq!(
        with("cancelAt", json!(1)),
        "expected a time of 1764000000 or later, when the batch is created, found 1 at cancelAt"
    );
    assert_eq!(with("requests", json!(100_001)), "expected at most 100000, found 100001 at requests");
    let fields = PLAN_FIELDS.join(", ");
    assert_eq!(with("colour", json!(1)), format!("expected one of {fields}, found \"colour\" at plan"));
    assert!(with("wire", json!("mistral")).starts_with("expected one of openai, openai_early, azure"));
}

#[test]
fn rejections_use_the_messages_of_servers() {
    let endpoint = "/v1/chat/completions";
    let message = "expected x, found y";
    let fault = |code, param, found| InputProblem { code, line: Some(2), param, found, endpoint, message };
    let written = |fault: &InputProblem| {
        let entry = rejection(fault);
        (entry.code.unwrap(), entry.message.unwrap(), entry.param)
    };
    let (code, message, param) = written(&fault("missing_required_parameter", Some("body.messages"), ""));
    assert_eq!(
        (code.as_str(), message.as_str()),
        ("missing_required_parameter", "Missing required parameter: 'messages'.")
    );
    assert_eq!(param.as_deref(), Some("body.messages"));
    let (_, message, param) = written(&fault("invalid_json_line", Some("x"), ""));
    assert_eq!((message.as_str(), param), ("This line is not parseable as valid JSON.", None));
    let (_, message, _) = written(&fault("model_not_found", Some("body.model"), "m-1"));
    assert_eq!(message, "The provided model 'm-1' is not supported by the Batch API.");
    let (code, message, _) = written(&fault("wrong_method", Some("method"), "GET"));
    assert_eq!((code.as_str(), message.as_str()), ("invalid_request", "simulated: expected x, found y"));
    let streaming = fault("streaming_unsupported", Some("body.stream"), "");
    assert_eq!(written(&streaming).1, "Chat Completions: Streaming is not supported in the Batch API.");
    // A message that names an endpoint is not used for another one.
    let (code, message, _) = written(&InputProblem { endpoint: "/v1/responses", ..streaming });
    assert_eq!(
        (code.as_str(), message.as_str()),
        ("streaming_unsupported", "simulated: expected x, found y")
    );
    let (_, message, _) = written(&fault("duplicate_custom_id", Some("custom_id"), "q-1"));
    assert_eq!(
        message,
        "The custom_id 'q-1' for this request is a duplicate of another request. The custom_id parameter \
            must be unique for each request in a batch."
    );
    let missing = missing_file("file-1");
    assert_eq!((missing.param.as_deref(), missing.line), (Some("file_id"), None));
    assert!(missing.message.unwrap().starts_with("Cannot find file file-1, or organization "));
}

#[test]
fn made_up_messages_are_marked_as_simulated() {
    let api_errors = API_ERRORS.iter().map(|row| (row.message, row.source));
    let causes = CAUSES.iter().map(|row| (row.message, row.source));
    let unfinished = UNFINISHED.iter().map(|row| (row.message, row.source));
    let rejections = REJECTIONS.iter().map(|row| (row.message, Some(row.source)));
    for (message, source) in api_errors.chain(causes).chain(unfinished).chain(rejections) {
        assert_eq!(message.starts_with("simulated: "), source.is_none(), "{message}");
    }
}

#[test]
fn api_errors_match_the_recorded_ones() {
    let rows = include_str!("../fixtures/refusals.jsonl").lines();
    for row in rows.map(|row| serde_json::from_str::<Value>(row).unwrap()) {
        let api_error = API_ERRORS
            .iter()
            .find(|api_error| api_error.name == row["name"])
            .expect("an API error with this name");
        let fill = |text: &str| {
            let text = text.replace("{a}", row["a"].as_str().unwrap_or_default());
            text.replace("{b}", row["b"].as_str().unwrap_or_default())
        };
        let error = &row["error"];
        assert_eq!(fill(api_error.message), error["message"]);
        assert_eq!(json!(api_error.kind), error["type"]);
        assert_eq!(json!(api_error.code), error["code"]);
        assert_eq!(json!(api_error.param.map(fill)), error["param"]);
        assert!(api_error.source.is_some());
    }
}

//! Verdicts do not depend on how the results are distributed over files and chunks.

use super::File;
use super::FileRole::{Error, Input, Output};
use super::Verdict::{self, Conflicting, Duplicate, Failed, Missing, Succeeded};
use super::{failure, file, reconcile, request, success};
use proptest::prelude::*;
use serde_json::Value;

/// A generated request.
#[derive(Clone, Debug)]
struct GeneratedRequest {
    /// The index of the input file.
    shard: u16,
    /// Whether the input line occurs twice.
    twice: bool,
    /// The results of each attempt: the answers of successes, and the number of failures.
    attempts: Vec<(Vec<u8>, u8)>,
    /// The order of its results among the others.
    order: u32,
}

fn generated_request() -> impl Strategy<Value = GeneratedRequest> {
    let attempt = (prop::collection::vec(0u8..2, 0..3), 0u8..2);
    let usual = prop_oneof![Just((vec![0], 0)), Just((vec![], 1)), Just((vec![], 0)), attempt];
    let attempts = prop::collection::vec(usual, 0..4);
    (0u16..3, prop::bool::weighted(0.1), attempts, any::<u32>())
        .prop_map(|(shard, twice, attempts, order)| GeneratedRequest { shard, twice, attempts, order })
}

/// The verdict by definition.
fn expected_verdict(generated: &GeneratedRequest) -> Verdict {
    let answers: Vec<u8> = generated.attempts.iter().flat_map(|attempt| attempt.0.clone()).collect();
    let contradicts =
        generated.attempts.iter().any(|(successes, failures)| !successes.is_empty() && *failures > 0);
    match () {
        () if generated.twice => Duplicate,
        () if contradicts || answers.iter().any(|answer| *answer != answers[0]) => Conflicting,
        () if !answers.is_empty() => Succeeded,
        () if generated.attempts.iter().any(|attempt| attempt.1 > 0) => Failed,
        () => Missing,
    }
}

// 128 cases: each spreads its requests and results over several files.
proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn verdicts_do_not_depend_on_the_distribution_of_results(
        requests in prop::collection::vec(generated_request(), 0..60),
        unknown in 0usize..4,
        size in 1usize..300,
    ) {
        let id = |at: usize| format!("request-{at}");
        let mut inputs = vec![Vec::new(); 3];
        let mut expected: Vec<Vec<(String, Verdict)>> = vec![Vec::new(); 3];
        for (at, generated) in requests.iter().enumerate() {
            let shard = usize::from(generated.shard);
            for _ in 0..=usize::from(generated.twice) {
                inputs[shard].push(request(&id(at)));
                expected[shard].push((id(at), expected_verdict(generated)));
            }
        }
        let inputs = (0u16..).zip(&inputs);
        let mut files: Vec<File> = inputs.map(|(index, lines)| file(Input, index, lines)).collect();
        for attempt in 0..4 {
            let mut outputs: Vec<(u32, String)> = Vec::new();
            let mut errors = Vec::new();
            for (at, row) in requests.iter().enumerate() {
                let Some((successes, failures)) = row.attempts.get(usize::from(attempt)) else { continue };
                for (nth, answer) in (0u32..).zip(successes) {
                    outputs.push((row.order.rotate_left(nth * 8), success(&id(at), &answer.to_string())));
                }
                errors.extend((0..*failures).map(|_| (row.order.rotate_left(5), failure(&id(at), 500))));
            }
            if attempt == 0 {
                outputs.extend((0..unknown).map(|at| (7, success(&format!("stranger-{at}"), "1"))));
            }
            outputs.sort();
            errors.sort();
            let lines = |rows: Vec<(u32, String)>| rows.into_iter().map(|row| row.1).collect::<Vec<_>>();
            files.push(file(Output, attempt, &lines(outputs)));
            files.push(file(Error, attempt, &lines(errors)));
        }
        let (reconciliation, found) = reconcile(&files, size, &[]);
        let expected = expected.concat();
        let verdicts: Vec<_> =
            reconciliation.verdicts().map(|row| (row.custom_id.to_owned(), row.verdict)).collect();
        prop_assert_eq!(&verdicts, &expected);
        let count = |verdict| expected.iter().filter(|row| row.1 == verdict).count() as u64;
        prop_assert_eq!(found.succeeded, count(Succeeded));
        prop_assert_eq!(found.failed, count(Failed));
        prop_assert_eq!(found.missing, count(Missing));
        prop_assert_eq!(found.duplicate, count(Duplicate));
        prop_assert_eq!(found.conflicting, count(Conflicting));
        prop_assert_eq!(found.unknown, unknown as u64);
        prop_assert_eq!(found.causes.iter().map(|cause| cause.count).sum::<u64>(), count(Failed));
        let all = expected.len() as u64;
        prop_assert_eq!(found.complete, all > 0 && count(Succeeded) + count(Failed) == all);
        for row in reconciliation.verdicts() {
            let input = row.input.unwrap();
            let from = usize::try_from(input.offset).unwrap();
            let text = &files[usize::from(input.index)].2[from..][..input.length as usize];
            prop_assert_eq!(text, request(row.custom_id));
            if let Some(result) = row.result {
                let of = |file: &&File| (file.0, file.1) == (result.file, result.index);
                let text = &files.iter().find(of).unwrap().2;
                let from = usize::try_from(result.offset).unwrap();
                let line: Value = serde_json::from_str(&text[from..][..result.length as usize]).unwrap();
                prop_assert_eq!(line["custom_id"].as_str(), Some(row.custom_id));
                let succeeds = line["response"]["status_code"] == 200;
                prop_assert_eq!(succeeds, row.cause.is_none());
            }
        }
    }
}

//! The state machine of a run: whatever the server answers and wherever the program crashes, no batch is
//! created twice and no request is lost.

use std::collections::BTreeMap;

use batchlight::run::{Action, Record, Run, RunLimits, ShardRecord, Step};
use proptest::prelude::*;

use Action::{Create, Fetch, Find, Finish, Follow, Reconcile, Upload, Wait};
use ShardRecord::{Created, Creating, Ended, Fetched, Limited, NotCreated, Planned, Reconciled, Uploaded};

const LIMITS: RunLimits = RunLimits { attempts: 3, queue_tokens: None };

fn run_of(limits: RunLimits, records: &[Record]) -> Run {
    let mut run = Run::new(limits);
    for &record in records {
        run.apply(record).unwrap();
    }
    run
}

const fn planned(index: usize, tokens: u64) -> Record {
    Record::Shard(index, Planned { model: 0, tokens })
}

/// The records that bring a planned shard to the state after `last`.
fn until(index: usize, last: ShardRecord) -> Vec<Record> {
    let all = [Uploaded, Creating, Created, Ended, Fetched, Reconciled];
    let end = all.iter().position(|&each| each == last).unwrap();
    all[..=end].iter().map(|&each| Record::Shard(index, each)).collect()
}

fn actions(run: &Run) -> Vec<Action> {
    run.steps().iter().map(|step| step.action).collect()
}

#[test]
fn a_shard_passes_all_steps() {
    let mut run = run_of(LIMITS, &[planned(0, 1)]);
    let mut seen = actions(&run);
    for record in until(0, Reconciled) {
        run.apply(record).unwrap();
        seen.extend(actions(&run));
    }
    assert_eq!(seen, [Upload, Create, Find, Follow, Fetch, Reconcile, Finish]);
}

#[test]
fn a_next_attempt_begins_with_its_input_and_ends_with_the_last_one() {
    let mut run = run_of(RunLimits { attempts: 2, ..LIMITS }, &[planned(0, 9)]);
    for record in until(0, Reconciled) {
        run.apply(record).unwrap();
    }
    run.apply(planned(0, 1)).unwrap();
    let expected = Step { action: Upload, attempt: 2, submission: 1, may_retry: false };
    assert_eq!(run.steps(), [expected]);
    for record in until(0, Reconciled) {
        run.apply(record).unwrap();
    }
    assert_eq!(run.apply(planned(0, 1)).unwrap_err().0, planned(0, 1));
}

#[test]
fn a_record_that_does_not_fit_changes_nothing() {
    let mut run = run_of(LIMITS, &[planned(0, 1)]);
    let created = Record::Shard(0, Created);
    let error = run.apply(created).unwrap_err();
    assert!(error.to_string().contains("Created"), "{error}");
    assert!(run.apply(planned(2, 1)).is_err());
    assert!(run.apply(Record::Shard(7, Uploaded)).is_err());
    assert_eq!(actions(&run), [Upload]);
}

#[test]
fn a_cancelled_run_sends_nothing_more_and_collects_what_exists() {
    let mut run = run_of(LIMITS, &[planned(0, 1), planned(1, 1), planned(2, 1), planned(3, 1)]);
    let records = [until(1, Uploaded), until(2, Creating), until(3, Created), vec![Record::Cancelled]];
    for record in records.concat() {
        run.apply(record).unwrap();
    }
    assert!(run.is_cancelled());
    assert_eq!(actions(&run), [Finish, Finish, Find, Follow]);
    assert!(run.steps().iter().all(|step| !step.may_retry));
}

#[test]
fn shards_wait_for_room_in_the_queue_of_their_model() {
    let limits = RunLimits { queue_tokens: Some(10), ..LIMITS };
    let other = Record::Shard(3, Planned { model: 1, tokens: 8 });
    let mut run = run_of(limits, &[planned(0, 6), planned(1, 6), planned(2, 4), other]);
    for index in 0..4 {
        run.apply(Record::Shard(index, Uploaded)).unwrap();
    }
    assert_eq!(actions(&run), [Create, Wait, Create, Create]);
    run.apply(Record::Shard(0, Creating)).unwrap();
    assert_eq!(actions(&run), [Find, Wait, Create, Create]);
    run.apply(Record::Shard(0, Created)).unwrap();
    run.apply(Record::Shard(0, Ended)).unwrap();
    assert_eq!(actions(&run), [Fetch, Create, Create, Create]);
    // Alone, a shard is created even if it exceeds the limit.
    let run = run_of(limits, &[planned(0, 99), Record::Shard(0, Uploaded)]);
    assert_eq!(actions(&run), [Create]);
}

#[test]
fn a_batch_that_failed_at_the_token_limit_waits_until_another_has_ended() {
    let mut run = run_of(LIMITS, &[planned(0, 1), planned(1, 1), planned(2, 1)]);
    run.apply(Record::Shard(2, Uploaded)).unwrap();
    for record in [until(0, Created), until(1, Created)].concat() {
        run.apply(record).unwrap();
    }
    run.apply(Record::Shard(1, Limited)).unwrap();
    // A new shard of the model waits, too: it would fail in the same way.
    assert_eq!(actions(&run), [Follow, Wait, Wait]);
    assert_eq!((run.steps()[1].attempt, run.steps()[1].submission), (1, 2));
    run.apply(Record::Shard(0, Ended)).unwrap();
    assert_eq!(actions(&run), [Fetch, Create, Wait]);
    // A creation that the server refuses does not let the other shard go first.
    run.apply(Record::Shard(1, Creating)).unwrap();
    run.apply(Record::Shard(1, NotCreated)).unwrap();
    assert_eq!(actions(&run), [Fetch, Create, Wait]);
    run.apply(Record::Shard(1, Creating)).unwrap();
    run.apply(Record::Shard(1, Created)).unwrap();
    assert_eq!(actions(&run), [Fetch, Follow, Create]);
}

/// What the server does with a batch, drawn when it is created.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fate {
    Runs,
    IsLimited,
}

/// A server and its requests. It is outside of the program, so it survives crashes.
#[derive(Debug, Default)]
struct Server {
    batches: BTreeMap<(usize, u32, u32), Fate>,
    /// For each shard and request: how often it still fails, and how often it was run.
    requests: Vec<Vec<(u8, u32)>>,
    /// How many batches it may still fail at the token limit.
    limited: u8,
}

impl Server {
    fn create(&mut self, key: (usize, u32, u32), input: &[usize], draw: u8) {
        assert!(!self.batches.contains_key(&key), "batch {key:?} was created twice");
        let is_limited = draw & 1 == 1 && self.limited > 0;
        self.limited -= u8::from(is_limited);
        self.batches.insert(key, if is_limited { Fate::IsLimited } else { Fate::Runs });
        for &request in input.iter().filter(|_| !is_limited) {
            let (failures, runs) = &mut self.requests[key.0][request];
            *failures = failures.saturating_sub(u8::from(*runs > 0));
            *runs += 1;
        }
    }
}

/// The program: what it has stored. Its memory is lost with each crash.
struct Program {
    limits: RunLimits,
    journal: Vec<Record>,
    /// The stored input of the current attempt of each shard.
    inputs: Vec<Vec<usize>>,
}

impl Program {
    fn steps(&self) -> Vec<Step> {
        run_of(self.limits, &self.journal).steps()
    }

    fn record(&mut self, index: usize, record: ShardRecord) {
        self.journal.push(Record::Shard(index, record));
    }

    /// Takes a step. A bit of `draw` decides what the server answers, another whether the program crashes
    /// before it records the answer.
    fn take(&mut self, server: &mut Server, index: usize, step: Step, draw: u8) {
        let key = (index, step.attempt, step.submission);
        let crashes = draw & 0b1000 != 0;
        match step.action {
            Upload if !crashes => self.record(index, Uploaded),
            Create => {
                self.record(index, Creating);
                let is_refused = draw & 0b110 == 0b110;
                let is_lost = draw & 0b110 == 0b100;
                if !is_refused && !is_lost {
                    server.create(key, &self.inputs[index], draw);
                }
                // The answer is lost in half of the cases, whether or not the server has created the batch.
                if !crashes && draw & 0b1_0000 == 0 && !is_lost {
                    let record = if is_refused { NotCreated } else { Created };
                    self.record(index, record);
                }
            }
            Find if !crashes => {
                let found = server.batches.contains_key(&key);
                self.record(index, if found { Created } else { NotCreated });
            }
            Follow if !crashes => {
                let is_limited = server.batches[&key] == Fate::IsLimited;
                self.record(index, if is_limited { Limited } else { Ended });
            }
            Fetch if !crashes => self.record(index, Fetched),
            Reconcile if !crashes => {
                let requests = &server.requests[index];
                let failed = |&request: &usize| requests[request].0 > 0;
                let retried: Vec<usize> = self.inputs[index].iter().copied().filter(failed).collect();
                self.record(index, Reconciled);
                if step.may_retry && !retried.is_empty() {
                    // One line of the journal holds both records.
                    let tokens = retried.len() as u64;
                    self.record(index, Planned { model: 0, tokens });
                    self.inputs[index] = retried;
                }
            }
            _ => {}
        }
    }
}

fn may_act(action: Action) -> bool {
    !matches!(action, Wait | Finish)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn no_batch_is_created_twice_and_no_request_is_lost(
        failures in prop::collection::vec(prop::collection::vec(0u8..4, 1..4), 1..5),
        draws in prop::collection::vec((any::<u8>(), any::<u8>()), 0..200),
        attempts in 1u32..4,
        queue_tokens in prop::option::of(1u64..8),
        limited in 0u8..6,
    ) {
        let limits = RunLimits { attempts, queue_tokens };
        let requests = failures.iter().map(|shard| shard.iter().map(|&each| (each, 0)).collect());
        let mut server = Server { requests: requests.collect(), limited, ..Server::default() };
        let inputs: Vec<Vec<usize>> = failures.iter().map(|shard| (0..shard.len()).collect()).collect();
        let journal = inputs.iter().enumerate().map(|(at, input)| planned(at, input.len() as u64));
        let mut program = Program { limits, journal: journal.collect(), inputs };
        // After the drawn steps, nothing fails and nothing crashes any more.
        for (choice, draw) in draws.into_iter().chain(std::iter::repeat_n((0, 0), 1000)) {
            let steps = program.steps();
            let possible: Vec<usize> = (0..steps.len()).filter(|&at| may_act(steps[at].action)).collect();
            if possible.is_empty() {
                break;
            }
            let index = possible[usize::from(choice) % possible.len()];
            program.take(&mut server, index, steps[index], draw);
        }
        prop_assert!(program.steps().iter().all(|step| step.action == Finish));
        for (shard, requests) in server.requests.iter().enumerate() {
            for (request, &(left, runs)) in requests.iter().enumerate() {
                // A request that fails n times is run n + 1 times, unless the attempts are used up.
                let expected = (u32::from(failures[shard][request]) + 1).min(attempts);
                let about = format!("request {request} of shard {shard}, {left} failures left");
                prop_assert_eq!(runs, expected, "{}", about);
            }
        }
    }

    #[test]
    fn damaged_journals_never_panic(records in prop::collection::vec((0usize..3, 0u8..10), 0..60)) {
        let mut run = Run::new(LIMITS);
        for (index, code) in records {
            let own = [Planned { model: 0, tokens: 1 }, Uploaded, Creating, Created, NotCreated, Limited];
            let all = [&own[..], &[Ended, Fetched, Reconciled]].concat();
            let of_shard = |&own| Record::Shard(index, own);
            let record = all.get(usize::from(code)).map_or(Record::Cancelled, of_shard);
            let before = run.steps();
            if run.apply(record).is_err() {
                prop_assert_eq!(run.steps(), before);
            }
        }
    }
}

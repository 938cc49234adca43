//! The code paths that users wait for. `npm run counts` counts their instructions, because counts, unlike
//! times, do not depend on what else the machine does.
//!
//! `hot_paths CASE REPEATS` runs one case. Without arguments, it prints the names of all cases.

use std::env;
use std::fmt::Write as _;
use std::hint::black_box;

use batchlight::jsonl::{CheckOptions, FileRole, Reconciler, check_reader};
use batchlight::model::Snapshot;
use batchlight::view::{Catalog, DescribeOptions, describe_json, next_poll};
use batchlight::{Batch, ProfileName, compare, parse};
use serde_json::{Value, json};

type Case = (&'static str, fn(&Input));

/// The name of each case, and the function that runs it once.
const CASES: &[Case] = &[
    ("parse", |input| {
        for json in &input.json {
            let _ = black_box(parse(json.as_bytes()));
        }
    }),
    ("report", |input| {
        for json in &input.invalid {
            let _ = black_box(parse(json.as_bytes()));
        }
    }),
    ("describe", |input| {
        let messages = Catalog::default();
        let options = DescribeOptions { now: NOW, history: &[], seed: 0, messages: &messages };
        for json in &input.json {
            black_box(describe_json(json.as_bytes(), ProfileName::Openai, options));
        }
    }),
    ("compare", |input| {
        for batch in &input.batches {
            black_box(compare(black_box(batch), batch));
        }
    }),
    ("poll", |input| {
        let messages = Catalog::default();
        for batch in &input.batches {
            black_box(next_poll(&Snapshot::from(batch), NOW, &[], 0, &messages));
        }
    }),
    ("check small lines", |input| check(&input.small)),
    ("check large lines", |input| check(&input.large)),
    ("check escapes", |input| check(&input.escaped)),
    ("check Chinese", |input| check(&input.chinese)),
    ("reconcile", |input| {
        let mut reconciler = Reconciler::new(1);
        for (role, file) in [(FileRole::Input, &input.small), (FileRole::Output, &input.results)] {
            assert!(reconciler.read(role, 0, file.as_bytes()).is_ok());
        }
        assert!(reconciler.finish(&[]).report().complete);
    }),
];

/// A time at which the recorded batches have ended, in Unix seconds.
const NOW: u64 = 1_790_000_000;

/// The number of lines of each file.
const LINES: usize = 2_000;

struct Input {
    json: Vec<String>,
    invalid: Vec<String>,
    batches: Vec<Batch>,
    small: String,
    large: String,
    escaped: String,
    chinese: String,
    results: String,
}

impl Input {
    fn new() -> Self {
        let json: Vec<String> = include_str!("../tests/fixtures/batches.jsonl")
            .lines()
            .map(|line| serde_json::from_str(line).unwrap_or_default())
            .filter(|row: &Value| row["kind"] == "recorded" && row["provider"] == "openai")
            .map(|row| row["batch"].to_string())
            .collect();
        Self {
            invalid: json.iter().map(|json| json.replace("\"status\":\"", "\"status\":\"un")).collect(),
            batches: json.iter().flat_map(|json| parse(json.as_bytes())).map(|parsed| parsed.batch).collect(),
            small: requests("What is the capital of France?"),
            large: requests(&"The quick brown fox jumps over the lazy dog, and then it sleeps. ".repeat(60)),
            escaped: requests(&"fn main() {\n\tprintln!(\"\u{e9}\");\n}\n".repeat(20)),
            chinese: requests(&"请用简单的语言解释量子力学的基本原理。".repeat(20)),
            results: lines(|line| {
                json!({
                    "id": format!("batch_req_{line}"),
                    "custom_id": format!("request-{line}"),
                    "response": { "status_code": 200, "request_id": format!("r{line}"), "body": {
                        "id": format!("chatcmpl-{line}"), "object": "chat.completion",
                        "created": 1_736_489_775,
                        "model": "gpt-4o-mini",
                        "choices": [{
                            "index": 0, "finish_reason": "stop",
                            "message": { "role": "assistant", "content": "Paris." },
                        }],
                        "usage": { "prompt_tokens": 14, "completion_tokens": 2, "total_tokens": 16 },
                    } },
                    "error": null,
                })
            }),
            json,
        }
    }
}

fn requests(content: &str) -> String {
    lines(|line| {
        json!({
            "custom_id": format!("request-{line}"), "method": "POST", "url": "/v1/chat/completions",
            "body": {
                "model": "gpt-4o-mini", "max_tokens": 100,
                "messages": [{ "role": "user", "content": content }],
            },
        })
    })
}

fn lines(line_at: impl Fn(usize) -> Value) -> String {
    let mut file = String::new();
    for line in 0..LINES {
        assert!(writeln!(file, "{}", line_at(line)).is_ok());
    }
    file
}

fn check(file: &str) {
    let report = check_reader(file.as_bytes(), CheckOptions::default());
    assert!(report.is_ok_and(|report| report.ok && report.requests == LINES as u64));
}

fn main() {
    // Cargo passes `--bench`.
    let arguments: Vec<String> = env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let [name, repeats] = arguments.as_slice() {
        let (_, run) = CASES.iter().find(|(known, _)| known == name).expect("the name of a case");
        let input = Input::new();
        for _ in 0..repeats.parse::<u32>().expect("a number of repeats") {
            run(black_box(&input));
        }
    } else {
        for (name, _) in CASES {
            println!("{name}");
        }
    }
}

//! Checks an input file and prints its issues like a compiler, or reconciles an input file with its result
//! files.
//!
//! ```sh
//! cargo run --example check_file -- input.jsonl
//! cargo run --example check_file -- input.jsonl output.jsonl errors.jsonl
//! ```

use std::env;
use std::fs::File;
use std::io;
use std::process::ExitCode;

use batchlight::Level;
use batchlight::jsonl::{CheckOptions, FileRole, Reconciler, RetryFilter, check_reader};

fn main() -> io::Result<ExitCode> {
    let paths: Vec<String> = env::args().skip(1).collect();
    match paths.as_slice() {
        [input] => check(input),
        [input, results @ ..] => reconcile(input, results),
        [] => {
            eprintln!("usage: check_file INPUT [OUTPUT [ERRORS]]");
            Ok(ExitCode::from(2))
        }
    }
}

fn check(path: &str) -> io::Result<ExitCode> {
    let report = check_reader(File::open(path)?, CheckOptions::default())?;
    for issue in &report.issues {
        let level = match issue.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note => "note",
        };
        println!("{level}[{}]: {}", issue.code, issue.message);
        println!("  --> {path}:{}:{}", issue.line, issue.column);
        if let Some(related) = issue.related {
            println!("  --> {path}:{}:{}", related.line, related.column);
        }
        println!("  help: {}\n", issue.help);
    }
    let tokens = report.input_tokens;
    println!("{} requests, {} to {} input tokens", report.requests, tokens.low, tokens.high);
    Ok(if report.ok { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn reconcile(input: &str, results: &[String]) -> io::Result<ExitCode> {
    let mut reconciler = Reconciler::new(1);
    reconciler.read(FileRole::Input, 0, File::open(input)?)?;
    for (role, path) in [FileRole::Output, FileRole::Error].into_iter().zip(results) {
        reconciler.read(role, 0, File::open(path)?)?;
    }
    let reconciliation = reconciler.finish(&[]);
    let report = reconciliation.report();
    println!("{} succeeded, {} failed, {} missing", report.succeeded, report.failed, report.missing);
    for cause in &report.causes {
        println!("{} times: {} ({})", cause.count, cause.message, cause.advice);
    }
    // The bytes of these ranges of the input file are the requests to retry.
    for range in reconciliation.retry(&RetryFilter::default()) {
        println!("retry {} bytes from offset {}", range.length, range.offset);
    }
    Ok(if report.complete { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

//! The check of input files: every rule of the catalogue, and the servers' own replies.

#[path = "fixtures/inputs.rs"]
mod inputs;

use batchlight::jsonl::CheckOptions;
use inputs::{LineRow, chat, check, invalid_files};

fn openai() -> CheckOptions {
    CheckOptions::default()
}

#[test]
fn a_good_file_has_no_finding() {
    let file = [chat("a"), chat("b"), chat("c")].concat();
    let report = check(&file, openai());
    assert!(report.ok && report.findings.is_empty(), "{:?}", report.findings);
    assert_eq!((report.requests, report.lines, report.bytes), (3, 3, file.len() as u64));
    assert_eq!(report.models[0].model, "gpt-4o-mini");
    assert_eq!((report.models[0].requests, report.endpoints[0].requests), (3, 3));
    assert_eq!(report.endpoints[0].endpoint, "/v1/chat/completions");
}

#[test]
fn servers_own_findings_are_told_with_code_line_and_param() {
    for row in invalid_files() {
        let mut options = CheckOptions { profile: row.profile, ..CheckOptions::default() };
        options.endpoint = row.endpoint.clone();
        let report = check(&row.file, options);
        assert!(!report.ok || row.only_warned, "{}", row.source);
        for (code, line, param) in &row.errors {
            let told = report.findings.iter().any(|finding| {
                finding.code == code
                    && line.is_none_or(|line| finding.line == line)
                    && finding.param.as_deref() == param.as_deref()
            });
            assert!(told, "{}: {code} {line:?} {param:?} not in {:#?}", row.source, report.findings);
        }
    }
}

#[test]
fn lines_of_servers_have_no_false_finding() {
    for LineRow { source, profile, line } in inputs::lines() {
        let report = check(format!("{line}\n"), CheckOptions { profile, ..CheckOptions::default() });
        assert!(report.findings.is_empty(), "{source}: {:#?}", report.findings);
    }
}

//! Files that were chosen by mistake have one issue in every operation.

use batchlight::jsonl::{CheckOptions, Digester, FileRole, Reconciler, ReconciliationReport, digest_reader};

use crate::support::inputs::{chat, check};

/// The beginnings of real files by the specifications of PNG, RFC 1952 (gzip), zip and PDF, and exports of
/// spreadsheets, each with its code and what is found. Each file has many lines.
fn files() -> Vec<(Vec<u8>, &'static str, &'static str)> {
    let more = b"\n\x00\x01\xfe{\"custom_id\"\n".repeat(700);
    let binary = |bytes: &[u8]| [bytes, &more].concat();
    let csv = "custom_id,method,url\n".to_owned() + &"a,POST,/v1/chat/completions\n".repeat(700);
    let utf16 =
        |to: fn(u16) -> [u8; 2]| -> Vec<u8> { chat("a").repeat(700).encode_utf16().flat_map(to).collect() };
    vec![
        (binary(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "wrong_file", "a PNG image"),
        (binary(b"\xff\xd8\xff\xe0\0\x10JFIF"), "wrong_file", "a JPEG image"),
        (binary(b"%PDF-1.7\n"), "wrong_file", "a PDF document"),
        (binary(b"\x1f\x8b\x08\0\0\0\0\0\0\x03"), "wrong_file", "gzip data"),
        (binary(b"PK\x03\x04\x14\0\0\0\x08\0"), "wrong_file", "a zip archive"),
        (b"<!DOCTYPE html>\n<p>Not Found</p>\n".repeat(700), "wrong_file", "HTML or XML"),
        (csv.into_bytes(), "wrong_file", "a table (CSV)"),
        ([&b"\xff\xfe"[..], &utf16(u16::to_le_bytes)].concat(), "not_utf8", "UTF-16"),
        (utf16(u16::to_be_bytes), "not_utf8", "UTF-16"),
    ]
}

fn result(id: &str) -> String {
    let response = "{\"status_code\": 200, \"body\": {}}";
    format!(
        "{{\"id\": \"batch_req_1\", \"custom_id\": \"{id}\", \"response\": {response}, \"error\": null}}\n"
    )
}

fn results() -> String {
    (0..700).map(|at| result(&at.to_string())).collect()
}

fn requests() -> String {
    (0..700).map(|at| chat(&at.to_string())).collect()
}

#[test]
fn a_check_reports_another_kind_of_file_once() {
    let results = (results().into_bytes(), "wrong_file", "results");
    for (file, code, found) in files().into_iter().chain([results]) {
        let report = check(&file, CheckOptions::default());
        let [issue] = report.issues.as_slice() else { panic!("{found}: {:#?}", report.issues) };
        assert_eq!((issue.code, issue.line, issue.column, issue.found.as_str()), (code, 1, 1, found));
        assert_eq!((report.ok, report.requests, report.counts[0].count), (false, 0, 1), "{found}");
    }
}

#[test]
fn a_digest_reports_another_kind_of_file_once() {
    let requests = (requests().into_bytes(), "wrong_file", "requests");
    for (file, code, found) in files().into_iter().chain([requests]) {
        let mut digester = Digester::new();
        digester.read(FileRole::Output, 0, file.as_slice()).unwrap();
        // The next file is read.
        digester.read(FileRole::Error, 0, result("a").as_bytes()).unwrap();
        let digest = digester.finish();
        assert_eq!((digest.succeeded, digest.failed, digest.malformed.count), (1, 0, 1), "{found}");
        let issue = &digest.malformed.lines[0];
        assert_eq!((issue.code, issue.line, issue.found.as_str()), (code, 1, found));
    }
}

fn reconciled(files: &[(FileRole, &[u8])]) -> ReconciliationReport {
    let inputs = files.iter().filter(|(role, _)| *role == FileRole::Input).count();
    let mut reconciler = Reconciler::new(u16::try_from(inputs).unwrap());
    for &(role, file) in files {
        reconciler.read(role, 0, file).unwrap();
    }
    reconciler.finish(&[]).report().clone()
}

#[test]
fn a_reconciliation_reports_another_kind_of_file_once() {
    let (requests, results) = (requests(), results());
    let (input, output) = (requests.as_bytes(), results.as_bytes());
    for (file, code, found) in files() {
        for role in [FileRole::Input, FileRole::Output] {
            let given = match role {
                FileRole::Input => [(FileRole::Input, file.as_slice()), (FileRole::Output, output)],
                _ => [(FileRole::Input, input), (FileRole::Output, file.as_slice())],
            };
            let report = reconciled(&given);
            assert_eq!((report.malformed.count, report.unknown, report.complete), (1, 0, false), "{found}");
            let issue = &report.malformed.lines[0];
            assert_eq!((issue.code, issue.file, issue.found.as_str()), (code, role, found));
        }
    }
    let report = reconciled(&[(FileRole::Input, output), (FileRole::Output, input)]);
    let found: Vec<_> =
        report.malformed.lines.iter().map(|issue| (issue.file, issue.found.as_str())).collect();
    assert_eq!(found, [(FileRole::Input, "results"), (FileRole::Output, "requests")]);
    assert_eq!((report.malformed.count, report.unknown, report.requests), (2, 0, 0));
    assert!(reconciled(&[(FileRole::Input, input), (FileRole::Output, output)]).complete);
}

#[test]
fn an_invalid_first_line_does_not_make_a_wrong_file() {
    // Invalid first lines, and results that some servers write without a response.
    for first in ["{\"custom_id\": \"a\",\n", "oops\n", "\n", "[1]\n", "\"a\", \"b\"\n"] {
        let report = check(first.to_owned() + &chat("b"), CheckOptions::default());
        assert!(report.issues.iter().all(|issue| issue.code != "wrong_file"), "{first}");
        assert_eq!(report.requests, 1, "{first}");
    }
    let bare =
        b"{\"custom_id\": \"a\", \"body\": {}, \"error\": {\"code\": \"x\"}}\n{\"custom_id\": \"b\"}\n";
    let digest = digest_reader(&bare[..]).unwrap();
    assert_eq!((digest.failed, digest.malformed.count), (2, 0));
}

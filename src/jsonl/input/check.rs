//! The check of an input file: line by line, in bounded memory, by every rule of the catalogue.

use std::io::{self, Read};

use crate::diagnostics::Level;
use crate::json::Span;
use crate::jsonl::common::file_role::FileRole;
use crate::jsonl::common::file_writer::FileWriter;
use crate::jsonl::common::limits::DEFAULT_MAX_ISSUES;
use crate::jsonl::common::lines::{Line, LineEnd, LineHandler, ParsedLine};
use crate::jsonl::common::wrong_file::WrongFile;
use crate::model::Profile;

use super::corrections::is_utf16;
use super::issue::{Diagnostic, FilePlace, Found, InputIssues};
use super::limit::LimitedCounter;
use super::line_report::LineReporter;
use super::malformed::MalformedLines;
use super::report::{CheckOptions, EndpointRequests, InputReport, Limits, ModelRequests};
use super::request::RequestChecker;
use super::rules::Rule;

/// How deep the tape records an input line: down to the properties of `body`.
pub const INPUT_DEPTH: usize = 2;

/// Reads an input file to its end and checks it.
///
/// ```
/// use batchlight::jsonl::{CheckOptions, check_reader};
/// let file = br#"{"custom_id":"a","method":"POST","url":"/v1/embeddings","body":{"model":"m","input":"x"}}
/// {"custom_id":"a","method":"POST","url":"/v1/embeddings","body":{"model":"m","input":["y","z"]}}
/// "#;
/// let report = check_reader(&file[..], CheckOptions::default())?;
/// assert_eq!((report.requests, report.embedding_inputs), (2, 3));
/// let duplicate = report.issues.iter().find(|issue| issue.code == "duplicate_custom_id").unwrap();
/// assert_eq!((duplicate.line, duplicate.related.unwrap().line), (2, 1));
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Errors
/// The error of the reader.
pub fn check_reader(reader: impl Read, options: CheckOptions) -> io::Result<InputReport> {
    let mut checker = InputChecker::new(options);
    checker.file().read_from(reader)?;
    Ok(checker.finish())
}

/// Checks an input file that is written in chunks. [`check_reader`] checks a complete file.
///
/// ```
/// use std::io::Write;
///
/// use batchlight::jsonl::{CheckOptions, InputChecker};
/// let mut checker = InputChecker::new(CheckOptions::default());
/// let mut file = checker.file();
/// file.write_all(b"{'custom_")?;
/// file.write_all(b"id': 'a'}\n")?;
/// drop(file);
/// let report = checker.finish();
/// assert_eq!(report.issues[0].message, "expected double quotes, found \"'\"");
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct InputChecker {
    profile: &'static Profile,
    /// Whether the size limit comes from the profile, and sources disagree about it.
    is_max_bytes_disputed: bool,
    issues: InputIssues,
    malformed: MalformedLines,
    lines: u64,
    bytes: LimitedCounter,
    requests: RequestChecker,
}

impl InputChecker {
    /// Creates a checker, before the first byte of a file.
    #[must_use]
    pub fn new(options: CheckOptions) -> Self {
        let profile = options.profile.profile();
        let (given, default) = (options.limits, &profile.file_limits);
        let limits = Limits {
            requests: given.requests.or(default.max_requests),
            bytes: given.bytes.or(default.max_bytes),
            embedding_inputs: given.embedding_inputs.or(default.max_embedding_inputs),
        };
        Self {
            profile,
            is_max_bytes_disputed: given.bytes.is_none() && default.is_max_bytes_disputed,
            issues: InputIssues::new(options.max_issues.unwrap_or(DEFAULT_MAX_ISSUES)),
            malformed: MalformedLines::default(),
            lines: 0,
            bytes: LimitedCounter::new(limits.bytes),
            requests: RequestChecker::new(profile, options.endpoint, &limits),
        }
    }

    /// Returns a writer for the bytes of the file, which can be written in chunks of any size.
    pub fn file(&mut self) -> FileWriter<'_, Self> {
        FileWriter::new(self, INPUT_DEPTH)
    }

    /// Ends the file and returns the report.
    #[must_use]
    pub fn finish(mut self) -> InputReport {
        let RequestChecker { count, urls, bodies, .. } = self.requests;
        self.malformed.finish(&mut self.issues);
        let line_at = |place: Option<FilePlace>| {
            let (number, offset) = place.map_or((1, 0), |place| (place.line, place.offset));
            Line { number, offset, bytes: &[], length: 0, end: LineEnd::File }
        };
        if !self.malformed.has_content() {
            let found = if self.bytes.count() == 0 { "an empty file" } else { "no requests" };
            let diagnostic = Diagnostic::new(Rule::EmptyFile, Found::Description(found));
            self.issues.report(&diagnostic, &line_at(None));
        }
        for (rule, counter) in [
            (Rule::TooManyRequests, count),
            (Rule::TooManyBytes, self.bytes),
            (Rule::TooManyInputs, bodies.embedding_inputs),
        ] {
            if let Some(max) = counter.exceeded_max() {
                let (max, found) = (max.to_string(), counter.count().to_string());
                let diagnostic = Diagnostic::new(rule, Found::Description(&found));
                let is_disputed = rule == Rule::TooManyBytes && self.is_max_bytes_disputed;
                let level = if is_disputed { Level::Warning } else { diagnostic.level };
                let diagnostic = Diagnostic { level, expected: &max, ..diagnostic };
                self.issues.report(&diagnostic, &line_at(counter.exceeded_at()));
            }
        }
        let (ok, fixable) = (!self.issues.has_error(), self.issues.fixable());
        let (issues, counts) = self.issues.finish();
        let (models, urls) = (bodies.models.names.rows(), urls.urls.rows());
        InputReport {
            ok,
            bytes: self.bytes.count(),
            lines: self.lines,
            requests: count.count(),
            models: models.map(|(model, requests)| ModelRequests { model, requests }).collect(),
            endpoints: urls.map(|(endpoint, requests)| EndpointRequests { endpoint, requests }).collect(),
            embedding_inputs: bodies.embedding_inputs.count(),
            input_tokens: bodies.tokens.estimate(),
            issues,
            counts,
            fixable,
        }
    }

    fn check_content(&mut self, line: &Line<'_>, parsed: ParsedLine<'_>) {
        let mut report = LineReporter { line, issues: &mut self.issues };
        match parsed {
            _ if line.is_cut() => {
                self.malformed.note_content();
                // The first byte of a line that is too long decides whether it is a request.
                match line.bytes.trim_ascii_start().first() {
                    Some(b'{') => self.requests.count.add(1, line),
                    Some(_) => {
                        report
                            .report(&Diagnostic::new(Rule::NotAnObject, Found::Description("another value")));
                    }
                    None => {}
                }
                report.report(&Diagnostic::new(Rule::LineTooLong, Found::Description("a longer line")));
            }
            Ok(tape) if tape.nodes().is_empty() => {
                report.report(&Diagnostic::new(Rule::BlankLine, Found::Description("a blank line")));
            }
            Ok(tape) => {
                self.malformed.note_content();
                self.requests.check(tape, &mut report);
            }
            Err(fault) => self.malformed.report(line, fault, &mut self.issues),
        }
    }

    #[inline(never)] // called at most once a file; kept out of the hot path
    fn report_wrong_file(&mut self, line: &Line<'_>, kind: WrongFile) {
        let rule = match kind {
            WrongFile::Other(_) | WrongFile::Requests => Rule::WrongFile,
            WrongFile::Compressed(_) => Rule::CompressedFile,
            WrongFile::Utf16 => Rule::Utf16,
            WrongFile::Results => Rule::ResultFile,
        };
        // Without a byte order mark, the order of the bytes is not certain.
        let is_fixable = kind == WrongFile::Utf16 && is_utf16(line.bytes);
        let diagnostic = Diagnostic::new(rule, Found::Description(kind.found()));
        self.issues.report(&Diagnostic { is_fixable, ..diagnostic }, line);
        self.malformed.stop();
    }

    fn report_byte_order_mark(&mut self, line: &Line<'_>) {
        let is_rejected = self.profile.file_limits.rejects_byte_order_mark;
        let level = if is_rejected { Level::Error } else { Level::Warning };
        let diagnostic = Diagnostic::new(Rule::ByteOrderMark, Found::Description("a byte order mark"));
        self.issues.report(&Diagnostic { level, ..diagnostic }, &Line { offset: 0, ..*line });
    }

    #[inline(never)] // kept out of the hot path, because it is rare
    fn report_line_end(&mut self, line: &Line<'_>) {
        let (rule, found) = match line.end {
            LineEnd::CrLf => (Rule::CarriageReturn, "a carriage return before the newline"),
            LineEnd::File if line.length > 0 => (Rule::NoLastNewline, "the end of the file"),
            _ => return,
        };
        let end = u32::try_from(line.bytes.len()).unwrap_or_default();
        let at = Span { start: end, end };
        self.issues.report(&Diagnostic { at, ..Diagnostic::new(rule, Found::Description(found)) }, line);
    }
}

impl LineHandler for InputChecker {
    fn line(&mut self, line: &Line<'_>, parsed: ParsedLine<'_>) {
        self.lines = line.number;
        self.bytes.reach(line.offset + line.length, line);
        if line.number == 1
            && let Some(kind) = WrongFile::detect(line, parsed, FileRole::Input)
        {
            return self.report_wrong_file(line, kind);
        }
        if line.number == 1 && line.offset > 0 {
            self.report_byte_order_mark(line);
        }
        if !self.malformed.needs_lines() || !self.malformed.is_part_of_value(line, parsed, &mut self.issues) {
            self.check_content(line, parsed);
        }
        if line.end != LineEnd::Lf && !self.malformed.has_stopped() {
            self.report_line_end(line);
        }
    }

    fn end_file(&mut self, bytes: u64) {
        self.bytes.finish(bytes);
    }
}

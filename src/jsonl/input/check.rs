//! The check of an input file: line by line, in bounded memory, every rule of the catalogue.
//!
//! ```
//! use batchlight::jsonl::{CheckOptions, INPUT_DEPTH, InputChecker, LineParser};
//! let file = br#"{"custom_id":"a","method":"POST","url":"/v1/embeddings","body":{"model":"m","input":"x"}}
//! {"custom_id":"a","method":"POST","url":"/v1/embeddings","body":{"model":"m","input":["y","z"]}}
//! "#;
//! let (mut lines, mut check) = (LineParser::new(INPUT_DEPTH), InputChecker::new(CheckOptions::default()));
//! lines.spare_mut(file.len())[..file.len()].copy_from_slice(file);
//! lines.advance(file.len(), &mut |line, reading| check.line(&line, reading));
//! let bytes = lines.bytes();
//! lines.end(&mut |line, reading| check.line(&line, reading));
//! let report = check.finish(bytes);
//! assert_eq!((report.requests, report.embedding_inputs), (2, 3));
//! let duplicate = report.issues.iter().find(|issue| issue.code == "duplicate_custom_id").unwrap();
//! assert_eq!((duplicate.line, duplicate.related.unwrap().line), (2, 1));
//! ```

use crate::diagnostics::Level;
use crate::json::Span;
use crate::jsonl::FileRole;
use crate::jsonl::common::by_shape::ByShape;
use crate::jsonl::common::lines::{Line, LineEnd, ParsedLine};
use crate::jsonl::common::name_counter::NameCounter;
use crate::jsonl::common::wrong_file::WrongFile;
use crate::model::Profile;

use super::estimate::TokenCounter;
use super::ids::Ids;
use super::issue::{DEFAULT_MAX_ISSUES, Diagnostic, FilePlace, Found, InputIssues};
use super::malformed::Broken;
use super::models::ModelName;
use super::parameter_check::ParameterCheck;
use super::report::{CheckOptions, EndpointRequests, InputReport, Limits, ModelRequests};
use super::request::{RequestFields, Url};
use super::rules::Rule;

/// How deep the tape of an input line must reach: the members of its body.
pub const INPUT_DEPTH: usize = 2;

/// A check that is under way.
#[derive(Debug)]
pub struct InputChecker {
    pub(crate) profile: &'static Profile,
    pub(crate) endpoint: Option<String>,
    pub(crate) limits: Limits,
    /// Whether the maximum size is the profile's, and sources disagree about it.
    is_max_bytes_disputed: bool,
    pub(crate) issues: InputIssues,
    broken: Broken,
    lines: u64,
    pub(crate) requests: u64,
    /// Where the limits of requests, bytes and inputs are exceeded.
    pub(crate) exceeded: [Option<FilePlace>; 3],
    pub(crate) ids: Ids,
    pub(crate) all_ids: bool,
    pub(crate) members: ByShape<RequestFields>,
    /// None for servers about whose parameters nothing is known.
    pub(crate) parameter_check: Option<Box<ParameterCheck>>,
    pub(crate) models: NameCounter,
    /// What is known about each name of a model.
    pub(crate) model_names: Vec<ModelName>,
    pub(crate) urls: NameCounter,
    pub(crate) url_facts: Vec<Url>,
    /// The first url that is right by itself.
    pub(crate) first_url: Option<usize>,
    pub(crate) embedding_inputs: u64,
    pub(crate) prompt: TokenCounter,
}

impl InputChecker {
    /// Starts on a file.
    #[must_use]
    pub fn new(options: CheckOptions) -> Self {
        let profile = options.profile.profile();
        let (given, known) = (options.limits, &profile.file_limits);
        Self {
            profile,
            endpoint: options.endpoint,
            limits: Limits {
                requests: given.requests.or(known.max_requests),
                bytes: given.bytes.or(known.max_bytes),
                embedding_inputs: given.embedding_inputs.or(known.max_embedding_inputs),
            },
            is_max_bytes_disputed: given.bytes.is_none() && known.is_max_bytes_disputed,
            issues: InputIssues::new(options.max_issues.unwrap_or(DEFAULT_MAX_ISSUES)),
            broken: Broken::default(),
            lines: 0,
            requests: 0,
            exceeded: [None; 3],
            ids: Ids::default(),
            all_ids: true,
            members: ByShape::default(),
            parameter_check: ParameterCheck::new(profile).map(Box::new),
            models: NameCounter::default(),
            model_names: Vec::new(),
            urls: NameCounter::default(),
            url_facts: Vec::new(),
            first_url: None,
            embedding_inputs: 0,
            prompt: TokenCounter::default(),
        }
    }

    /// Checks the next line; its tape must reach [`INPUT_DEPTH`].
    pub fn line(&mut self, line: &Line<'_>, reading: ParsedLine<'_>) {
        self.lines = line.number;
        if line.number == 1 && line.offset > 0 {
            self.byte_order_mark(line);
        }
        let end = line.offset + line.length;
        if self.exceeded[1].is_none() && self.limits.bytes.is_some_and(|most| end > most) {
            self.exceeded[1] = Some(FilePlace { line: line.number, column: 1, offset: line.offset });
        }
        if line.number == 1
            && let Some(wrong) = WrongFile::detect(line, reading, FileRole::Input)
        {
            return self.wrong_file(line, wrong);
        }
        if !self.broken.is_busy() || !self.broken.takes(line, reading, &mut self.issues) {
            self.content(line, reading);
        }
        if line.end != LineEnd::Lf && !self.broken.is_over() {
            self.line_end(line);
        }
    }

    #[inline(never)] // once
    fn wrong_file(&mut self, line: &Line<'_>, wrong: WrongFile) {
        let rule = match wrong {
            WrongFile::Other(_) | WrongFile::Requests => Rule::WrongFile,
            WrongFile::Compressed(_) => Rule::CompressedFile,
            WrongFile::Utf16 => Rule::Utf16,
            WrongFile::Results => Rule::ResultFile,
        };
        self.report(line, &Diagnostic::new(rule, Found::Words(wrong.found())));
        self.broken.give_up();
    }

    fn content(&mut self, line: &Line<'_>, reading: ParsedLine<'_>) {
        match reading {
            _ if line.is_cut() => {
                self.broken.start();
                // The first byte tells what a line is that is not read to its end.
                match line.bytes.trim_ascii_start().first() {
                    Some(b'{') => self.count_request(line),
                    Some(_) => {
                        self.report(line, &Diagnostic::new(Rule::NotAnObject, Found::Words("another value")))
                    }
                    None => {}
                }
                self.report(line, &Diagnostic::new(Rule::LineTooLong, Found::Words("a longer line")));
            }
            Ok(tape) if tape.nodes().is_empty() => {
                self.report(line, &Diagnostic::new(Rule::BlankLine, Found::Words("a blank line")));
            }
            Ok(tape) => {
                self.broken.start();
                self.request(line, tape);
            }
            Err(fault) => self.broken.report(line, fault, &mut self.issues),
        }
    }

    /// Ends the check of a file of so many bytes.
    #[must_use]
    pub fn finish(mut self, bytes: u64) -> InputReport {
        self.broken.finish(&mut self.issues);
        let place = |at: Option<FilePlace>| {
            let (number, offset) = at.map_or((1, 0), |at| (at.line, at.offset));
            Line { number, offset, bytes: &[], length: 0, end: LineEnd::File }
        };
        if !self.broken.has_started() {
            let found = if bytes == 0 { "an empty file" } else { "none" };
            self.report(&place(None), &Diagnostic::new(Rule::EmptyFile, Found::Words(found)));
        }
        let limits = self.limits;
        for (at, rule, most, is) in [
            (0, Rule::TooManyRequests, limits.requests, self.requests),
            (1, Rule::TooManyBytes, limits.bytes, bytes),
            (2, Rule::TooManyInputs, limits.embedding_inputs, self.embedding_inputs),
        ] {
            if let Some(most) = most.filter(|&most| is > most) {
                let (most, is) = (most.to_string(), is.to_string());
                let told = Diagnostic { demand: &most, ..Diagnostic::new(rule, Found::Words(&is)) };
                let is_disputed = rule == Rule::TooManyBytes && self.is_max_bytes_disputed;
                let level = if is_disputed { Level::Warning } else { told.level };
                self.report(&place(self.exceeded[at]), &Diagnostic { level, ..told });
            }
        }
        let ok = !self.issues.has_error();
        let (issues, counts) = self.issues.finish();
        InputReport {
            ok,
            bytes,
            lines: self.lines,
            requests: self.requests,
            models: self.models.rows().map(|(model, requests)| ModelRequests { model, requests }).collect(),
            endpoints: self
                .urls
                .rows()
                .map(|(endpoint, requests)| EndpointRequests { endpoint, requests })
                .collect(),
            embedding_inputs: self.embedding_inputs,
            input_tokens: self.prompt.estimate(),
            issues,
            counts,
        }
    }

    pub(crate) fn report(&mut self, line: &Line<'_>, told: &Diagnostic<'_>) {
        self.issues.report(told, line);
    }

    fn byte_order_mark(&mut self, line: &Line<'_>) {
        let level =
            if self.profile.file_limits.rejects_byte_order_mark { Level::Error } else { Level::Warning };
        let told = Diagnostic::new(Rule::ByteOrderMark, Found::Words("a byte order mark"));
        self.report(&Line { offset: 0, ..*line }, &Diagnostic { level, ..told });
    }

    #[inline(never)] // rare
    fn line_end(&mut self, line: &Line<'_>) {
        let end = u32::try_from(line.bytes.len()).unwrap_or_default();
        let at = Span { start: end, end };
        match line.end {
            LineEnd::CrLf => {
                let found = Found::Words("a carriage return before it");
                self.report(line, &Diagnostic { at, ..Diagnostic::new(Rule::CarriageReturn, found) });
            }
            LineEnd::File if line.length > 0 => {
                let found = Found::Words("the end of the file");
                self.report(line, &Diagnostic { at, ..Diagnostic::new(Rule::NoLastNewline, found) });
            }
            _ => {}
        }
    }
}

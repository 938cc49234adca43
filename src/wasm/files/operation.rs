//! The operations on files, which are fed chunk by chunk. Most of them process lines.

use crate::jsonl::{
    ByteHash, CheckOptions, Digester, FileRole, FixReport, Fixer, INPUT_DEPTH, InputChecker, Limits, Line,
    LineHandler, LineParser, ParsedLine, RESULT_DEPTH, Reconciler, Reconciliation, SplitOptions, Splitter,
};
use crate::model::Snapshot;

use super::super::json_text::write_json;
use super::boundary::{AnswerPart, NumberOption, OperationCode, StringOption};
use super::rows::{number, write_id_hashes, write_ids, write_long_ids, write_origins, write_rows};
use super::run::Journal;
use super::settings::Settings;

/// A running operation.
#[derive(Default)]
pub struct Operation {
    task: Task,
    lines: Option<LineParser>,
    /// The lines and bytes of the files before the current one. Fixing has no line parser, so the line breaks
    /// of the current file are included.
    previous: (u64, u64),
    /// The hash of a file that is read twice to be given ids: both passes must have the same.
    hash: Option<ByteHash>,
}

#[derive(Default)]
enum Task {
    #[default]
    None,
    Check(Box<InputChecker>),
    Fix(Box<Fixer>, Option<FixReport>),
    /// Collects the `custom_id`s of a file before a second pass adds the missing ones.
    Survey(Box<Fixer>),
    Split(Box<Splitter>),
    Digest(Box<Digester>),
    Reconcile(Box<Reconciler>, Vec<Snapshot<'static>>),
    Reconciled(Box<Reconciliation>),
    Run(Journal),
}

impl Task {
    fn line(&mut self, line: &Line<'_>, reading: ParsedLine<'_>) {
        match self {
            Self::None | Self::Fix(..) | Self::Survey(_) | Self::Reconciled(_) | Self::Run(_) => {}
            Self::Check(check) => check.line(line, reading),
            Self::Split(splitter) => splitter.line(line, reading),
            Self::Digest(digest) => digest.line(line, reading),
            Self::Reconcile(reconciler, _) => reconciler.line(line, reading),
        }
    }
}

impl Operation {
    /// Opens an operation by its number. An unknown number opens none.
    pub fn open(code: usize, settings: &mut Settings) -> Self {
        let Some(code) = OperationCode::ALL.get(code) else { return Self::default() };
        let adds_ids = settings.number(NumberOption::FirstId).is_some_and(|first| first > 0);
        let task = match code {
            OperationCode::Check => Task::Check(Box::new(InputChecker::new(check_options(settings)))),
            OperationCode::Fix => Task::Fix(Box::new(fixer(settings)), None),
            OperationCode::Split => Task::Split(Box::new(Splitter::new(&split_options(settings)))),
            OperationCode::Digest => Task::Digest(Box::default()),
            OperationCode::Reconcile => {
                let inputs = settings.number(NumberOption::InputFiles).unwrap_or(0);
                let inputs = u16::try_from(inputs).unwrap_or(u16::MAX);
                Task::Reconcile(Box::new(Reconciler::new(inputs)), settings.batches())
            }
            OperationCode::Survey => {
                let prefix = settings.string(StringOption::IdPrefix).unwrap_or_default();
                Task::Survey(Box::new(Fixer::surveying(&prefix)))
            }
            OperationCode::Run => Task::Run(Journal::new(settings)),
        };
        let is_read_twice = matches!(&task, Task::Survey(_)) || matches!(&task, Task::Fix(..) if adds_ids);
        Self { task, hash: is_read_twice.then(ByteHash::default), ..Self::default() }
    }

    /// Begins a file with this role, by its number, and this index among the files of the role.
    pub fn file(&mut self, role: u32, index: u16) {
        let depth = match &mut self.task {
            Task::None | Task::Fix(..) | Task::Survey(_) | Task::Reconciled(_) | Task::Run(_) => return,
            Task::Check(_) | Task::Split(_) => INPUT_DEPTH,
            Task::Digest(digest) => {
                digest.begin(FileRole::Output, index);
                RESULT_DEPTH
            }
            Task::Reconcile(reconciler, _) => {
                let is = |known: &FileRole| *known as u32 == role;
                let role =
                    [FileRole::Input, FileRole::Output].into_iter().find(is).unwrap_or(FileRole::Error);
                reconciler.begin(role, index);
                role.depth()
            }
        };
        self.lines = Some(LineParser::new(depth));
    }

    /// A buffer for a chunk of at least this size, if a file has begun.
    pub fn spare_mut(&mut self, size: usize) -> Option<&mut [u8]> {
        match &mut self.task {
            Task::Fix(fixer, _) | Task::Survey(fixer) => Some(fixer.spare_mut(size)),
            Task::Run(journal) => Some(journal.spare_mut(size)),
            _ => self.lines.as_mut().map(|lines| lines.spare_mut(size)),
        }
    }

    /// Processes a chunk of this size that was written into the buffer.
    pub fn advance(&mut self, size: usize) {
        if let Task::Fix(fixer, _) | Task::Survey(fixer) = &mut self.task {
            let chunk = fixer.spare_mut(size);
            let newlines: u64 = chunk[..size].iter().map(|&byte| u64::from(byte == b'\n')).sum();
            self.previous.0 += newlines;
            if let Some(hash) = &mut self.hash {
                hash.update(&chunk[..size]);
            }
            fixer.advance(size);
        }
        if let Task::Survey(fixer) = &mut self.task {
            fixer.consume();
        }
        if let Task::Run(journal) = &mut self.task {
            journal.advance(size);
        }
        if let Some(lines) = &mut self.lines {
            lines.advance(size, &mut |line, reading| self.task.line(&line, reading));
        }
    }

    /// Ends the file.
    pub fn end(&mut self) {
        match &mut self.task {
            Task::Fix(fixer, report) => *report = Some(fixer.finish()),
            // The last line can have an id, too.
            Task::Survey(fixer) => drop(fixer.finish()),
            _ => {}
        }
        if let Some(mut lines) = self.lines.take() {
            self.previous.1 += lines.bytes();
            let mut last = lines.ended();
            lines.end(&mut |line, reading| {
                last = line.number;
                self.task.line(&line, reading);
            });
            self.previous.0 += last;
        }
    }

    /// The number of lines of all files that have been read.
    pub fn lines(&self) -> u64 {
        self.previous.0 + self.lines.as_ref().map_or(0, LineParser::ended)
    }

    /// Writes a part of the answer. A page after the last one is empty.
    pub fn answer(&mut self, part: usize, page: usize, out: &mut Vec<u8>) {
        let Some(&part) = AnswerPart::ALL.get(part) else { return };
        match (part, &mut self.task) {
            (AnswerPart::Result, _) => self.write_result(out),
            (AnswerPart::Output, Task::Fix(fixer, _)) => {
                out.extend_from_slice(fixer.output());
                fixer.consume();
            }
            (AnswerPart::Hash, _) => write_hash(self.hash.as_ref(), page, out),
            (AnswerPart::Rows, Task::Reconciled(reconciliation)) => write_rows(reconciliation, page, out),
            (AnswerPart::Ids, Task::Reconciled(reconciliation)) => write_ids(reconciliation, page, out),
            (AnswerPart::LongIds, Task::Reconciled(reconciliation)) if page == 0 => {
                write_long_ids(reconciliation, out);
            }
            (AnswerPart::IdHashes, Task::Reconciled(reconciliation)) if page == 0 => {
                write_id_hashes(reconciliation, out);
            }
            (AnswerPart::Origins, Task::Reconciled(reconciliation)) if page == 0 => {
                write_origins(reconciliation, out);
            }
            _ => {}
        }
    }

    fn write_result(&mut self, out: &mut Vec<u8>) {
        match &mut self.task {
            Task::Fix(_, None) => return,
            Task::Fix(_, Some(report)) => return write_json(report, out),
            Task::Survey(fixer) => return write_json(&fixer.free_number(), out),
            Task::Run(journal) => return write_json(&journal.steps(), out),
            _ => {}
        }
        match std::mem::take(&mut self.task) {
            Task::Reconcile(reconciler, batches) => {
                let reconciliation = Box::new(reconciler.finish(&batches));
                write_json(reconciliation.report(), out);
                self.task = Task::Reconciled(reconciliation);
            }
            Task::Check(mut check) => {
                check.end_file(self.previous.1);
                write_json(&check.finish(), out);
            }
            Task::Digest(digest) => write_json(&digest.finish(), out),
            Task::Split(splitter) => write_json(&splitter.finish(), out),
            _ => {}
        }
    }
}

fn write_hash(hash: Option<&ByteHash>, page: usize, out: &mut Vec<u8>) {
    if let (Some(hash), 0) = (hash, page) {
        out.extend_from_slice(&number(hash.finish()).to_le_bytes());
    }
}

fn check_options(settings: &mut Settings) -> CheckOptions {
    CheckOptions {
        endpoint: settings.string(StringOption::Endpoint),
        profile: settings.profile(),
        limits: Limits {
            requests: settings.number(NumberOption::MaxRequests),
            bytes: settings.number(NumberOption::MaxBytes),
            embedding_inputs: settings.number(NumberOption::MaxEmbeddingInputs),
        },
        max_issues: settings.number_u32(NumberOption::MaxIssues),
    }
}

fn fixer(settings: &mut Settings) -> Fixer {
    match settings.number(NumberOption::FirstId) {
        None | Some(0) => Fixer::new(),
        Some(first) => Fixer::adding_ids(&settings.string(StringOption::IdPrefix).unwrap_or_default(), first),
    }
}

fn split_options(settings: &mut Settings) -> SplitOptions {
    SplitOptions {
        profile: settings.profile(),
        requests: settings.number(NumberOption::MaxRequests),
        bytes: settings.number(NumberOption::MaxBytes),
        embedding_inputs: settings.number(NumberOption::MaxEmbeddingInputs),
        tokens: settings.number(NumberOption::MaxTokens),
        name: settings.string(StringOption::Name),
    }
}

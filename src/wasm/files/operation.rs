//! The operations, each fed line by line.

use serde::Serialize;

use crate::jsonl::{
    CheckOptions, Digest, FileRole, FixReport, Fixer, INPUT_DEPTH, InputCheck, Limits, Line, Lines,
    RESULT_DEPTH, Reading, Reconciler, ReconciliationReport, Retry, SplitOptions, Splitter, Verdict,
};
use crate::model::Snapshot;

use super::super::json_text::write;
use super::super::output_value::Plain;
use super::rows::{write_ids, write_rows};
use super::settings::Settings;

/// The part of the answer in which a file waits that is made while another is read.
const OUTPUT: u32 = u32::MAX;

/// An operation under way.
#[derive(Default)]
pub struct Work {
    task: Task,
    lines: Option<Lines>,
    /// How many lines and bytes the files before this one have.
    before: (u64, u64),
}

#[derive(Default)]
enum Task {
    #[default]
    None,
    Check(Box<InputCheck>),
    Fix(Box<Fixer>, Option<FixReport>),
    /// The first reading of a file in which requests are given ids: those it has.
    Survey(Box<Fixer>),
    Split(Box<Splitter>),
    Digest(Box<Digest>),
    Reconcile(Box<Reconciler>, Vec<Snapshot<'static>>),
}

/// What is said first of a reconciliation: all but the requests, and what the numbers in their rows stand
/// for.
#[derive(Serialize)]
struct Reconciled {
    report: ReconciliationReport,
    verdicts: Vec<Verdict>,
    retries: Vec<Retry>,
}

impl Task {
    fn line(&mut self, line: &Line<'_>, reading: Reading<'_>) {
        match self {
            Self::None | Self::Fix(..) | Self::Survey(_) => {}
            Self::Check(check) => check.line(line, reading),
            Self::Split(splitter) => splitter.line(line, reading),
            Self::Digest(digest) => digest.line(line, reading),
            Self::Reconcile(reconciler, _) => reconciler.line(line, reading),
        }
    }
}

impl Work {
    /// Opens an operation.
    pub fn open(operation: u32, settings: &mut Settings) -> Self {
        let task = match operation {
            0 => Task::Check(Box::new(InputCheck::new(check_options(settings)))),
            1 => Task::Fix(Box::new(fixer(settings)), None),
            2 => Task::Split(Box::new(Splitter::new(&split_options(settings)))),
            3 => Task::Digest(Box::default()),
            4 => {
                let inputs = u16::try_from(settings.number(0).unwrap_or(0)).unwrap_or(u16::MAX);
                Task::Reconcile(Box::new(Reconciler::new(inputs)), settings.batches())
            }
            5 => Task::Survey(Box::new(Fixer::surveying(&settings.text(0).unwrap_or_default()))),
            _ => Task::None,
        };
        Self { task, ..Self::default() }
    }

    /// Begins a file: what it is in the operation, and which of these.
    pub fn file(&mut self, role: u32, index: u16) {
        let depth = match &mut self.task {
            Task::None | Task::Fix(..) | Task::Survey(_) => return,
            Task::Check(_) | Task::Split(_) => INPUT_DEPTH,
            Task::Digest(digest) => {
                digest.begin(FileRole::Output, index);
                RESULT_DEPTH
            }
            Task::Reconcile(reconciler, _) => {
                let role = match role {
                    0 => FileRole::Input,
                    1 => FileRole::Output,
                    _ => FileRole::Error,
                };
                reconciler.begin(role, index);
                role.depth()
            }
        };
        self.lines = Some(Lines::new(depth));
    }

    /// Room for a piece, if there is a file.
    pub fn room(&mut self, size: usize) -> Option<&mut [u8]> {
        match &mut self.task {
            Task::Fix(fixer, _) | Task::Survey(fixer) => Some(fixer.room(size)),
            _ => self.lines.as_mut().map(|lines| lines.room(size)),
        }
    }

    /// Takes a piece.
    pub fn take(&mut self, size: usize) {
        if let Task::Fix(fixer, _) | Task::Survey(fixer) = &mut self.task {
            let piece = fixer.room(size);
            let newlines: u64 = piece[..size].iter().map(|&byte| u64::from(byte == b'\n')).sum();
            self.before.0 += newlines;
            fixer.take(size);
        }
        if let Task::Survey(fixer) = &mut self.task {
            fixer.give();
        }
        if let Some(lines) = &mut self.lines {
            lines.take(size, &mut |line, reading| self.task.line(&line, reading));
        }
    }

    /// Ends the file.
    pub fn end(&mut self) {
        match &mut self.task {
            Task::Fix(fixer, report) => *report = Some(fixer.finish()),
            // Its last line may have the last id.
            Task::Survey(fixer) => drop(fixer.finish()),
            _ => {}
        }
        if let Some(mut lines) = self.lines.take() {
            self.before.1 += lines.bytes();
            let mut last = lines.ended();
            lines.end(&mut |line, reading| {
                last = line.number;
                self.task.line(&line, reading);
            });
            self.before.0 += last;
        }
    }

    /// How many lines have ended.
    pub fn lines(&self) -> u64 {
        self.before.0 + self.lines.as_ref().map_or(0, Lines::ended)
    }

    /// Writes a part of the answer; what comes in pages is empty from the page behind the last.
    pub fn answer(&mut self, part: u32, page: usize, out: &mut Vec<u8>) {
        match &mut self.task {
            Task::Fix(fixer, report) => {
                if part == OUTPUT {
                    out.extend_from_slice(fixer.ready());
                    fixer.give();
                } else if let Some(report) = report {
                    json(report, out);
                }
                return;
            }
            Task::Survey(fixer) => return json(&fixer.free_number(), out),
            _ => {}
        }
        if let Task::Reconcile(reconciler, batches) = &mut self.task {
            return match part {
                0 => {
                    let report = reconciler.finish(batches);
                    let retries = vec![Retry::Transient, Retry::Permanent, Retry::Unknown];
                    json(&Reconciled { report, verdicts: Verdict::ALL.to_vec(), retries }, out);
                }
                1 => write_rows(reconciler, page, out),
                _ => write_ids(reconciler, page, out),
            };
        }
        match std::mem::take(&mut self.task) {
            Task::Check(check) => json(&check.finish(self.before.1), out),
            Task::Digest(digest) => json(&digest.finish(), out),
            Task::Split(splitter) => json(&splitter.finish(), out),
            _ => {}
        }
    }
}

fn check_options(settings: &mut Settings) -> CheckOptions {
    CheckOptions {
        endpoint: settings.text(0),
        profile: settings.profile(0),
        limits: Limits {
            requests: settings.number(1),
            bytes: settings.number(2),
            embedding_inputs: settings.number(3),
        },
        keep: settings.small(4),
    }
}

/// 0: ids stay as they are; else they are given, from this number on.
fn fixer(settings: &mut Settings) -> Fixer {
    match settings.number(0) {
        None | Some(0) => Fixer::new(),
        Some(first) => Fixer::naming(&settings.text(0).unwrap_or_default(), first),
    }
}

fn split_options(settings: &mut Settings) -> SplitOptions {
    SplitOptions {
        profile: settings.profile(0),
        requests: settings.number(1),
        bytes: settings.number(2),
        embedding_inputs: settings.number(3),
        tokens: settings.number(4),
        name: settings.text(0),
    }
}

fn json(answer: &impl Serialize, out: &mut Vec<u8>) {
    write(&Plain::of(answer), out);
}

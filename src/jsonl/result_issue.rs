//! Issues in result files, as people read them; the first few of each kind are kept, the rest counted.

use serde::Serialize;

use crate::diagnostics::{Level, quoted};
use crate::json::Fault;
pub use crate::model::FileRole;
use crate::text::beginning;

use super::issue::{KEPT, column};
use super::lines::Line;
use super::result_rules::Rule;

/// The longest `custom_id` that an issue quotes, in code points.
const LONGEST_ID: usize = 200;

impl FileRole {
    /// How deep the tape of such a file's lines must reach.
    #[must_use]
    pub const fn depth(self) -> usize {
        match self {
            Self::Input => 1,
            Self::Output | Self::Error => super::RESULT_DEPTH,
        }
    }
}

/// A place in one of several files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct ResultPlace {
    /// Which kind of file.
    pub file: FileRole,
    /// Which of these files, from 0.
    pub index: u16,
    /// The line, from 1; blank lines count.
    pub line: u64,
    /// The column, from 1, in UTF-16 units as editors count them.
    pub column: u64,
    /// The same place in bytes, from the beginning of the file.
    pub offset: u64,
}

impl ResultPlace {
    /// The beginning of a line.
    pub(super) const fn of(file: FileRole, index: u16, line: &Line<'_>) -> Self {
        Self { file, index, line: line.number, column: 1, offset: line.offset }
    }
}

/// One thing that is wrong with a line of a result file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct ResultIssue {
    /// The code, such as `invalid_json_line`.
    pub code: &'static str,
    /// How grave it is.
    pub level: Level,
    /// Which kind of file it stands in.
    pub file: FileRole,
    /// Which of these files, from 0.
    pub index: u16,
    /// The line, from 1; blank lines count.
    pub line: u64,
    /// The column, from 1, in UTF-16 units as editors count them.
    pub column: u64,
    /// The same place in bytes, from the beginning of the file.
    pub offset: u64,
    /// The request it is about, cut to 200 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_id: Option<String>,
    /// The whole of it in one line.
    pub message: String,
    /// What was expected there.
    pub expected: &'static str,
    /// What was found there. Text of the file is quoted and cut to 80 characters.
    pub found: String,
    /// What to do about it.
    pub help: &'static str,
    /// The other place it is about, such as the first of two lines with one `custom_id`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub related: Option<ResultPlace>,
}

/// Issues of one kind: the first 20, and how many there are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Listed {
    /// How many there are.
    pub count: u64,
    /// The first of them.
    pub lines: Vec<ResultIssue>,
}

/// Which request an issue is about, and the other place.
#[derive(Clone, Copy, Debug)]
pub(super) struct About<'a> {
    pub(super) custom_id: &'a str,
    pub(super) related: Option<ResultPlace>,
}

impl Listed {
    /// Counts an issue, and keeps it if there are few; without words, what is found is the id.
    #[inline(never)] // every kind of issue ends here
    pub(super) fn add(
        &mut self,
        rule: Rule,
        place: ResultPlace,
        found: &'static str,
        about: Option<About<'_>>,
    ) {
        self.count += 1;
        if self.lines.len() >= KEPT as usize {
            return;
        }
        let mut found = String::from(found);
        let id = about.map(|about| about.custom_id);
        if let Some(id) = id.filter(|_| found.is_empty()) {
            found.push_str("custom_id ");
            found.push_str(&quoted(id));
        }
        let mut issue = ResultIssue::new(rule, rule.info().expected, place, found);
        issue.custom_id = id.map(|id| beginning(id, LONGEST_ID).0.to_owned());
        issue.related = about.and_then(|about| about.related);
        self.lines.push(issue);
    }

    /// Counts a line that is no JSON, and keeps the issue if there are few.
    pub(super) fn add_fault(&mut self, fault: Fault, place: ResultPlace, line: &Line<'_>) {
        self.count += 1;
        if self.lines.len() >= KEPT as usize {
            return;
        }
        let (rule, before) = (Rule::InvalidJson, line.bytes.get(..fault.offset).unwrap_or(line.bytes));
        let place =
            ResultPlace { column: column(before), offset: place.offset + fault.offset as u64, ..place };
        let found = fault.found(line.bytes);
        self.lines.push(ResultIssue::new(rule, fault.expected, place, found));
    }
}

impl ResultIssue {
    fn new(rule: Rule, expected: &'static str, place: ResultPlace, found: String) -> Self {
        let info = rule.info();
        let mut message = String::from("expected ");
        for part in [expected, ", found ", &found] {
            message.push_str(part);
        }
        let ResultPlace { file, index, line, column, offset } = place;
        Self {
            code: info.code,
            level: info.level,
            file,
            index,
            line,
            column,
            offset,
            custom_id: None,
            message,
            expected,
            found,
            help: info.help,
            related: None,
        }
    }
}

//! The fixture rows: batches as servers sent or documented them.

use batchlight::ProfileName;
use serde_json::Value;

/// A row of `batches.jsonl` or `batches-2.jsonl`.
pub struct Row {
    /// The file.
    pub file: &'static str,
    /// The line of the file, from 1.
    pub line: usize,
    /// Where the object is from.
    pub source: String,
    /// The provider whose server sent it.
    pub provider: String,
    /// How it was obtained: `recorded`, `reported`, `docs`, `test` or `synthetic`.
    pub kind: String,
    /// Whether the source abridged it.
    pub partial: bool,
    /// The object.
    pub batch: Value,
}

impl Row {
    /// The profile of the server that sent it.
    pub fn profile(&self) -> ProfileName {
        match self.provider.as_str() {
            "openai" => ProfileName::Openai,
            "azure" => ProfileName::Azure,
            "groq" => ProfileName::Groq,
            "dashscope(alibaba)" => ProfileName::Dashscope,
            "together" => ProfileName::Together,
            _ => ProfileName::Compatible,
        }
    }

    /// The object as bytes.
    pub fn json(&self) -> Vec<u8> {
        serde_json::to_vec(&self.batch).unwrap()
    }

    /// The name of the row in the messages of failed tests.
    pub fn name(&self) -> String {
        format!("line {} of {} ({}, {})", self.line, self.file, self.provider, self.source)
    }
}

/// Every row of `batches.jsonl`, in the order of the file.
pub fn rows() -> Vec<Row> {
    let rows = parse("batches.jsonl", include_str!("../../fixtures/batches.jsonl"));
    assert_eq!(rows.len(), 69, "rows of batches.jsonl");
    rows
}

/// Every row of `batches-2.jsonl`, which also has objects of other interfaces.
pub fn later_rows() -> Vec<Row> {
    let rows = parse("batches-2.jsonl", include_str!("../../fixtures/batches-2.jsonl"));
    assert_eq!(rows.len(), 41, "rows of batches-2.jsonl");
    rows
}

fn parse(file: &'static str, text: &str) -> Vec<Row> {
    text.lines()
        .enumerate()
        .map(|(index, line)| {
            let mut row: Value = serde_json::from_str(line).unwrap();
            let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
            Row {
                file,
                line: index + 1,
                source: text("source"),
                provider: text("provider"),
                kind: text("kind"),
                partial: row["partial"] == true,
                batch: row["batch"].take(),
            }
        })
        .collect()
}

/// The row on a line of the file.
pub fn row(line: usize) -> Row {
    rows().swap_remove(line - 1)
}

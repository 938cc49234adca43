//! Files to check: valid requests, and the recorded replies of servers to invalid files.

use batchlight::ProfileName;
use batchlight::jsonl::{CheckOptions, InputChecker, InputReport};
use batchlight::model::EXAMPLE_MODEL;
use serde_json::Value;

/// A chat request as a line.
pub fn chat(id: &str) -> String {
    let messages = r#"[{"role": "user", "content": "Hello"}]"#;
    request(id, "/v1/chat/completions", &format!(r#"{{"model": "{EXAMPLE_MODEL}", "messages": {messages}}}"#))
}

/// An embeddings request as a line.
pub fn embed(id: &str, input: &str) -> String {
    request(id, "/v1/embeddings", &format!(r#"{{"model": "text-embedding-3-small", "input": {input}}}"#))
}

fn request(id: &str, url: &str, body: &str) -> String {
    format!("{{\"custom_id\": \"{id}\", \"method\": \"POST\", \"url\": \"{url}\", \"body\": {body}}}\n")
}

/// Checks a file.
pub fn check(file: impl AsRef<[u8]>, options: CheckOptions) -> InputReport {
    check_in_chunks(file.as_ref(), 1 << 16, options)
}

/// Checks a file that is written in chunks of a size.
pub fn check_in_chunks(file: &[u8], size: usize, options: CheckOptions) -> InputReport {
    let mut checker = InputChecker::new(options);
    super::files::write_chunks(file, size, checker.file());
    checker.finish()
}

/// A request that a server accepted or documented.
pub struct LineRow {
    /// The source.
    pub source: String,
    /// The profile of the server.
    pub profile: ProfileName,
    /// The line.
    pub line: String,
}

/// A file that a server rejected.
pub struct Refused {
    /// The source.
    pub source: String,
    /// The profile of the server.
    pub profile: ProfileName,
    /// The endpoint of the batch.
    pub endpoint: Option<String>,
    /// The file.
    pub file: String,
    /// Code, line and param of each error.
    pub errors: Vec<(String, Option<u64>, Option<String>)>,
    /// Whether only a server can know it, so that it is a warning here.
    pub only_warned: bool,
}

fn profile_of(provider: &str) -> ProfileName {
    match provider {
        "openai" => ProfileName::Openai,
        "azure" => ProfileName::Azure,
        "groq" => ProfileName::Groq,
        "dashscope(alibaba)" => ProfileName::Dashscope,
        _ => ProfileName::Compatible,
    }
}

fn rows(text: &str) -> impl Iterator<Item = Value> + '_ {
    text.lines().map(|row| serde_json::from_str(row).unwrap())
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// Every request that a server accepted or documented.
pub fn lines() -> impl Iterator<Item = LineRow> {
    rows(include_str!("../../fixtures/input_lines.jsonl")).map(|row| LineRow {
        source: text(&row["source"]),
        profile: profile_of(row["provider"].as_str().unwrap()),
        line: row["line"].to_string(),
    })
}

/// Every recorded reply about the content of a file.
pub fn invalid_files() -> Vec<Refused> {
    rows(include_str!("../../fixtures/invalid.jsonl")).filter_map(|row| refused(&row)).collect()
}

fn refused(row: &Value) -> Option<Refused> {
    let input = &row["input"];
    let chat = "/v1/chat/completions";
    let (mut endpoint, file) = match input {
        Value::String(file) => (Some(chat.to_owned()), file.clone()),
        // A file that is made from the description.
        Value::Object(_) if input["line_1_url"].is_string() => {
            (None, self::chat("a").replace(chat, input["line_1_url"].as_str().unwrap()))
        }
        Value::Object(_) if input["line_urls"].is_string() => {
            (None, [self::chat("a"), self::chat("b")].concat().replace(EXAMPLE_MODEL, "batch-test-model"))
        }
        Value::Object(_) => match input["file"].as_str()? {
            "empty" => (None, String::new()),
            "UTF-8 with BOM" => (None, format!("\u{feff}{}", self::chat("a"))),
            // No file shows how many tokens an organization has enqueued.
            "too many enqueued tokens" => return None,
            file => (None, file.to_owned()),
        },
        _ => return None,
    };
    if let Some(given) = input["endpoint"].as_str() {
        endpoint = Some(given.to_owned());
    }
    let error = |entry: &Value| {
        let code = match (text(&entry["code"]).as_str(), &entry["param"]) {
            // The code of August 2025. A year later, it is missing_required_parameter.
            ("invalid_request", Value::String(_)) => "missing_required_parameter".to_owned(),
            (code, _) => code.to_owned(),
        };
        (code, entry["line"].as_u64(), entry["param"].as_str().map(str::to_owned))
    };
    let errors: Vec<_> = match row["error"]["data"].as_array() {
        Some(entries) => entries.iter().map(error).collect(),
        None => vec![("byte_order_mark".to_owned(), Some(1), None)],
    };
    let only_warned = errors.iter().all(|(code, ..)| code == "model_not_found");
    let profile = profile_of(row["provider"].as_str().unwrap());
    Some(Refused { source: text(&row["source"]), profile, endpoint, file, errors, only_warned })
}

/// Checks a file with a profile.
pub fn under(profile: ProfileName, file: impl AsRef<[u8]>) -> InputReport {
    check(file, CheckOptions { profile, ..CheckOptions::default() })
}

/// The chat request with a part replaced.
pub fn with(part: &str, other: &str) -> String {
    let line = chat("a");
    assert!(line.contains(part), "{part}");
    line.replace(part, other)
}

//! Files to check: lines that are right, and the rows of what servers refuse.

use batchlight::ProfileName;
use batchlight::jsonl::{CheckOptions, INPUT_DEPTH, InputChecker, InputReport, LineParser};
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

/// The report on a file.
pub fn check(file: impl AsRef<[u8]>, options: CheckOptions) -> InputReport {
    check_in_pieces(file.as_ref(), 1 << 16, options)
}

/// The report on a file that comes in pieces.
pub fn check_in_pieces(file: &[u8], piece: usize, options: CheckOptions) -> InputReport {
    let (mut lines, mut check) = (LineParser::new(INPUT_DEPTH), InputChecker::new(options));
    for piece in file.chunks(piece) {
        lines.spare_mut(piece.len())[..piece.len()].copy_from_slice(piece);
        lines.advance(piece.len(), &mut |line, reading| check.line(&line, reading));
    }
    let bytes = lines.bytes();
    lines.end(&mut |line, reading| check.line(&line, reading));
    check.finish(bytes)
}

/// A line as a server takes it.
pub struct LineRow {
    /// Where it is from.
    pub source: String,
    /// The profile of the server.
    pub profile: ProfileName,
    /// The line.
    pub line: String,
}

/// A file as a server refuses it.
pub struct Refused {
    /// Where it is from.
    pub source: String,
    /// The profile of the server.
    pub profile: ProfileName,
    /// The endpoint of the batch.
    pub endpoint: Option<String>,
    /// The file.
    pub file: String,
    /// Code, line and param of each error.
    pub errors: Vec<(String, Option<u64>, Option<String>)>,
    /// Whether only a server can be sure of it, so that it is a warning here.
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

/// Every line that a server took or documented.
pub fn lines() -> impl Iterator<Item = LineRow> {
    rows(include_str!("../../fixtures/input_lines.jsonl")).map(|row| LineRow {
        source: text(&row["source"]),
        profile: profile_of(row["provider"].as_str().unwrap()),
        line: row["line"].to_string(),
    })
}

/// Every row about the content of a file.
pub fn invalid_files() -> Vec<Refused> {
    rows(include_str!("../../fixtures/invalid.jsonl")).filter_map(|row| refused(&row)).collect()
}

fn refused(row: &Value) -> Option<Refused> {
    let input = &row["input"];
    let chat = "/v1/chat/completions";
    let (mut endpoint, file) = match input {
        Value::String(file) => (Some(chat.to_owned()), file.clone()),
        // What the row tells of the file, made into one.
        Value::Object(_) if input["line_1_url"].is_string() => {
            (None, self::chat("a").replace(chat, input["line_1_url"].as_str().unwrap()))
        }
        Value::Object(_) if input["line_urls"].is_string() => {
            (None, [self::chat("a"), self::chat("b")].concat().replace(EXAMPLE_MODEL, "batch-test-model"))
        }
        Value::Object(_) => match input["file"].as_str()? {
            "empty" => (None, String::new()),
            "UTF-8 with BOM" => (None, format!("\u{feff}{}", self::chat("a"))),
            // How many tokens an organization has in the queue, no file tells.
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
            // The wording of August 2025; the same is missing_required_parameter a year later.
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

/// Checks a file under a profile.
pub fn under(profile: ProfileName, file: impl AsRef<[u8]>) -> InputReport {
    check(file, CheckOptions { profile, ..CheckOptions::default() })
}

/// The chat request with a part put in place of another.
pub fn with(part: &str, other: &str) -> String {
    let line = chat("a");
    assert!(line.contains(part), "{part}");
    line.replace(part, other)
}

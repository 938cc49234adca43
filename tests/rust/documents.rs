//! The parts of the documents between `<!-- generated:NAME -->` and `<!-- /generated -->` are generated from
//! the tables. A test fails if one is stale.
//!
//! `BATCHLIGHT_UPDATE=1 cargo test --test all documents` writes them.

use std::fmt::Write;
use std::path::Path;

use batchlight::check::{REASONS, RULES};
use batchlight::diagnostics::{RuleInfo, RuleReason};
use batchlight::jsonl::{
    BodyField, Constraint, ENDPOINTS, FAILURE_CATALOGUE, FAILURE_SOURCES, FILE_REASONS, FailurePattern,
    FileRule, Fixability, Parameters, RESULT_REASONS, RESULT_RULES, describe_kinds, endpoint_bit,
};
use batchlight::model::{
    CompletionWindows, Counts, ENDPOINT_SHUTDOWNS, Expiry, FACTS_DATE, LIFECYCLE, OPENAI_ENDPOINTS,
    OPENAI_VERSION, Profile, Tolerances, Transition, model_shutdowns,
};
use batchlight::view::{DisplayState, PRESENTATIONS, outcome};
use batchlight::{BatchOutcome, BatchStatus, Evidence, Snapshot};

/// A generated part: its name, and what makes it.
type Part = (&'static str, fn() -> String);

/// Each document with the parts it must have.
const DOCUMENTS: [(&str, &[Part]); 4] = [
    ("docs/lifecycle.md", &[("lifecycle", lifecycle), ("outcomes", outcomes)]),
    ("docs/rules.md", &[("rules", rules), ("profiles", profiles), ("moves", moves)]),
    (
        "docs/files.md",
        &[
            ("issues", issues),
            ("bodies", bodies),
            ("ranges", ranges),
            ("parameters", parameters),
            ("shutdowns", shutdowns),
            ("limits", limits),
        ],
    ),
    ("docs/results.md", &[("failures", failures), ("results", results)]),
];

const END: &str = "<!-- /generated -->";

fn begin(name: &str) -> String {
    format!("<!-- generated:{name} -->")
}

#[test]
fn documents_are_up_to_date() {
    let update = std::env::var_os("BATCHLIGHT_UPDATE").is_some_and(|value| value == "1");
    for (file, parts) in DOCUMENTS {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
        let before = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{file}: {error}"));
        check_marked_parts(file, &before, parts);
        let after = parts.iter().fold(before.clone(), |text, part| with_part(file, &text, part));
        if update {
            std::fs::write(&path, after).unwrap();
            continue;
        }
        let stale = before.lines().zip(after.lines()).position(|(is, should)| is != should);
        assert!(
            before == after,
            "{file} is stale from line {} on: run BATCHLIGHT_UPDATE=1 cargo test --test all documents",
            stale.map_or_else(|| before.lines().count().min(after.lines().count()), |line| line + 1),
        );
    }
}

/// Panics unless the parts that a document marks are those that are generated.
fn check_marked_parts(file: &str, text: &str, parts: &[Part]) {
    let marked: Vec<_> = text.lines().filter(|line| line.contains("<!-- generated:")).collect();
    let known: Vec<_> = parts.iter().map(|(name, _)| begin(name)).collect();
    assert_eq!(marked.len(), known.len(), "{file} has {marked:?}");
    assert!(known.iter().all(|line| marked.contains(&line.as_str())), "{file} has {marked:?}");
}

/// The text with a part made anew.
fn with_part(file: &str, text: &str, (name, make): &Part) -> String {
    let begin = begin(name);
    let missing = || -> ! { panic!("{file}: expected the lines {begin} and {END}, found none") };
    let Some((before, rest)) = text.split_once(&begin) else { missing() };
    let Some((_, after)) = rest.split_once(END) else { missing() };
    format!("{before}{begin}\n\n{}\n{END}{after}", make())
}

/// A table in Markdown.
fn table<const N: usize>(head: [&str; N], rows: impl IntoIterator<Item = [String; N]>) -> String {
    let escaped = rows.into_iter().map(|row| row.map(|cell| cell.replace('|', "\\|")));
    let rows: Vec<_> = [head.map(str::to_owned)].into_iter().chain(escaped).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0).max(3);
    let widths: [usize; N] = std::array::from_fn(width);
    let line = |cells: &[String; N]| {
        let cells = cells.iter().zip(widths).map(|(cell, width)| format!(" {cell:width$} |"));
        format!("|{}\n", cells.collect::<String>())
    };
    let (head, body) = rows.split_at(1);
    let rule = widths.map(|width| "-".repeat(width));
    head.iter().chain([&rule]).chain(body).map(line).collect()
}

fn code(text: &str) -> String {
    format!("`{text}`")
}

/// The name a value has in JSON.
fn named(value: impl serde::Serialize) -> String {
    serde_json::to_value(value).unwrap().as_str().unwrap().to_owned()
}

fn lifecycle() -> String {
    let mut text = String::from("```mermaid\nstateDiagram-v2\n    direction LR\n    [*] --> validating\n");
    let (recorded, unobserved): (Vec<&Transition>, Vec<_>) =
        LIFECYCLE.iter().partition(|step| step.evidence == Evidence::Observed);
    for step in recorded {
        writeln!(text, "    {} --> {}", step.from, step.to).unwrap();
    }
    for status in BatchStatus::ALL.into_iter().filter(|status| status.is_terminal()) {
        writeln!(text, "    {status} --> [*]").unwrap();
    }
    text.push_str(
        "```\n\nThese transitions are plausible, but were never observed. `transition` makes them only with \
         the option `unobserved` (in Rust, `allow_unobserved`):\n\n",
    );
    for step in unobserved {
        writeln!(text, "- `{}` → `{}`: {}", step.from, step.to, step.source).unwrap();
    }
    text
}

fn moves() -> String {
    let rows = LIFECYCLE.iter().map(|step| {
        let known = if step.evidence == Evidence::Observed { "yes" } else { "no" };
        [code(step.from.as_str()), code(step.to.as_str()), known.to_owned(), step.source.to_owned()]
    });
    table(["from", "to", "observed", "where it was observed, or why it is plausible"], rows)
}

/// The statuses in which a batch can have this outcome.
fn statuses_of(wanted: BatchOutcome) -> Vec<BatchStatus> {
    let counts = [None, Some(0), Some(1), Some(2)];
    let of_counts = counts.into_iter().flat_map(|completed| counts.map(|failed| (completed, failed)));
    let cases: Vec<_> = of_counts.flat_map(|case| [None, Some("file-1")].map(|file| (case, file))).collect();
    let can_have = |status: &BatchStatus| {
        cases.iter().any(|&((completed, failed), file)| {
            let counts = Counts { completed, failed, total: Some(2) };
            let snapshot =
                Snapshot { status: Some(*status), counts, output_file_id: file, ..Snapshot::default() };
            outcome(&snapshot) == Some(wanted)
        })
    };
    BatchStatus::ALL.into_iter().filter(can_have).collect()
}

fn outcomes() -> String {
    let rows = PRESENTATIONS.iter().map(|face| {
        let (statuses, outcome) = match face.state {
            DisplayState::Validating => (vec![BatchStatus::Validating], None),
            DisplayState::Waiting | DisplayState::Running => (vec![BatchStatus::InProgress], None),
            DisplayState::Finalizing => (vec![BatchStatus::Finalizing], None),
            DisplayState::Cancelling => (vec![BatchStatus::Cancelling], None),
            DisplayState::Ended(outcome) => (statuses_of(outcome), Some(outcome)),
            DisplayState::Unknown | DisplayState::NotABatch => (Vec::new(), None),
        };
        let status = match face.state {
            DisplayState::Unknown => "any other".to_owned(),
            DisplayState::NotABatch => "not a batch".to_owned(),
            DisplayState::Waiting => format!("{}, none finished", code(statuses[0].as_str())),
            DisplayState::Running => format!("{}, some finished", code(statuses[0].as_str())),
            _ => statuses.iter().map(|status| code(status.as_str())).collect::<Vec<_>>().join(", "),
        };
        let label = match face.label.english() {
            "{status}" => "the status".to_owned(),
            label => label.to_owned(),
        };
        [
            status,
            outcome.map_or_else(String::new, |outcome| code(&named(outcome))),
            label,
            code(&named(face.tone)),
            face.advice.map_or_else(String::new, |advice| advice.english().to_owned()),
            outcome.map_or_else(String::new, |outcome| code(&named(outcome.retry()))),
        ]
    });
    table(["status", "outcome", "label", "tone", "next step", "retry"], rows)
}

fn rules() -> String {
    catalogue(RULES, REASONS)
}

fn issues() -> String {
    let rows = FileRule::ALL.iter().zip(FILE_REASONS).map(|(rule, reason)| {
        let fix = match rule.fixability() {
            Fixability::Always => "yes",
            Fixability::DependsOnValue => "some values",
            Fixability::Never => "no",
        };
        let [code, level, expected, help, why, source] = catalogue_row(&rule.info(), reason);
        [code, level, fix.to_owned(), expected, help, why, source]
    });
    table(["code", "level", "fixable", "expected", "what to do", "why", "source"], rows)
}

fn results() -> String {
    catalogue(RESULT_RULES, RESULT_REASONS)
}

fn failures() -> String {
    let rows = FAILURE_CATALOGUE.iter().zip(FAILURE_SOURCES).map(|(row, source)| {
        let pattern = match row.pattern {
            FailurePattern::Code(name) => format!("code {}", code(name)),
            FailurePattern::Type(name) => format!("type {}", code(name)),
            FailurePattern::Status(first, last) if first == last => format!("status {first}"),
            FailurePattern::Status(first, last) => format!("any other status from {first} to {last}"),
            FailurePattern::Anything => "anything else".to_owned(),
        };
        let [retry, responsibility] = [named(row.retry), named(row.responsibility)];
        [pattern, row.meaning.to_owned(), responsibility, retry, row.help.to_owned(), (*source).to_owned()]
    });
    table(["failure", "what happened", "responsible", "retry", "what to do", "source"], rows)
}

fn catalogue(rules: &[RuleInfo], reasons: &[RuleReason]) -> String {
    let rows = rules.iter().zip(reasons).map(|(rule, reason)| catalogue_row(rule, reason));
    table(["code", "level", "expected", "what to do", "why", "source"], rows)
}

fn catalogue_row(rule: &RuleInfo, reason: &RuleReason) -> [String; 6] {
    [
        code(rule.code),
        named(rule.level),
        rule.expected.to_owned(),
        rule.help.to_owned(),
        reason.why.to_owned(),
        reason.source.to_owned(),
    ]
}

fn bodies() -> String {
    let names =
        |members: &[BodyField]| -> Vec<String> { members.iter().map(|member| code(member.name())).collect() };
    let rows = ENDPOINTS.iter().map(|rules| {
        let required: Vec<_> = rules
            .required
            .iter()
            .map(|required| {
                let level = if required.is_known { "error" } else { "warning" };
                format!("{}: {} ({level})", names(required.any_of).join(" or "), required.expected)
            })
            .collect();
        [code(rules.endpoint), required.join("; "), names(rules.prompts).join(", ")]
    });
    table(["endpoint", "required", "counted as input tokens"], rows)
}

fn ranges() -> String {
    let rows = BodyField::ALL.iter().filter_map(|member| {
        let kinds = describe_kinds(member.kinds());
        let range = member.range().map(|(least, greatest)| format!("{least} to {greatest}"));
        let tells = kinds != "a value" || range.is_some();
        tells.then(|| [code(member.name()), kinds.to_owned(), or(range.unwrap_or_default(), "not checked")])
    });
    let n = ENDPOINTS.iter().filter_map(|rules| {
        let (least, greatest) = rules.n?;
        Some([
            format!("`n` at `{}`", rules.endpoint),
            "a number".to_owned(),
            format!("{least} to {greatest}"),
        ])
    });
    table(["parameter", "type", "range"], rows.chain(n))
}

fn as_of() -> String {
    format!("As of {FACTS_DATE}, from the types of `openai` {OPENAI_VERSION}.\n\n")
}

fn parameters() -> String {
    let all = Parameters::default();
    let rows = OPENAI_ENDPOINTS.map(|endpoint| {
        let bit = endpoint_bit(endpoint).unwrap();
        let names = all.iter().filter(|(_, known)| known.endpoints() & bit != 0).map(|(name, known)| {
            match known.at(bit).unwrap().constraint {
                Constraint::None => code(name),
                Constraint::OneOf(values) => format!("{}: {}", code(name), values.replace('|', ", ")),
                Constraint::Range(least, greatest) => format!("{}: {least} to {greatest}", code(name)),
            }
        });
        [code(endpoint), names.collect::<Vec<_>>().join("; ")]
    });
    as_of() + &table(["endpoint", "parameters, with the values that the types list"], rows)
}

fn shutdowns() -> String {
    let mut by_date: Vec<(&str, Vec<String>)> = Vec::new();
    let endpoints = ENDPOINT_SHUTDOWNS.map(|(endpoint, date)| (date, endpoint));
    for (date, name) in model_shutdowns().chain(endpoints) {
        let name = if name.ends_with('-') { format!("names that begin with `{name}`") } else { code(name) };
        match by_date.iter_mut().find(|(known, _)| *known == date) {
            Some((_, names)) => names.push(name),
            None => by_date.push((date, vec![name])),
        }
    }
    by_date.sort_by(|(one, _), (other, _)| other.cmp(one));
    as_of()
        + &table(
            ["date", "models and endpoints"],
            by_date.into_iter().map(|(date, names)| [date.to_owned(), names.join(", ")]),
        )
}

fn limits() -> String {
    let rows = Profile::ALL.into_iter().map(|profile| {
        let files = &profile.file_limits;
        let most = |most: Option<u64>| most.map_or_else(|| "not checked".to_owned(), |most| most.to_string());
        let models: Vec<_> = files.model_prefixes.iter().map(|model| code(model)).collect();
        [
            code(profile.name.as_str()),
            most(files.max_requests),
            most(files.max_bytes) + if files.is_max_bytes_disputed { " (warning)" } else { "" },
            most(files.max_embedding_inputs),
            or(models.join(", "), "not checked"),
        ]
    });
    table(["profile", "requests", "bytes", "embedding inputs", "model prefixes"], rows)
}

fn profiles() -> String {
    let rows = Profile::ALL.into_iter().map(|profile| {
        let endpoints: Vec<_> = profile.endpoints.iter().map(|endpoint| code(endpoint)).collect();
        let windows = match profile.completion_windows {
            CompletionWindows::Any => "not checked".to_owned(),
            CompletionWindows::Only(window) => code(window),
            CompletionWindows::Hours(least, most) => format!("`{least}h` to `{most}h`"),
        };
        let expiry = match profile.expiry {
            Expiry::Window(0) => "creation plus window".to_owned(),
            Expiry::Window(slack) => format!("creation plus window, within {slack} s"),
            Expiry::Unset => "often unset".to_owned(),
        };
        let prefix = |prefix: Option<&str>| prefix.map_or_else(|| "any".to_owned(), code);
        let omitted: Vec<_> = profile.omitted_fields.iter().map(|member| code(member.name())).collect();
        [
            code(profile.name.as_str()),
            profile.summary.to_owned(),
            or(endpoints.join(", "), "not checked"),
            windows,
            expiry,
            format!("{}, {}", prefix(profile.id_prefix), prefix(profile.file_id_prefix)),
            or(tolerated(profile.tolerances), "nothing"),
            or(omitted.join(", "), "nothing"),
        ]
    });
    table(
        [
            "profile",
            "for",
            "endpoints",
            "windows",
            "`expires_at`",
            "prefixes of batch and file ids",
            "tolerated deviations (notes)",
            "omitted fields",
        ],
        rows,
    )
}

fn tolerated(tolerances: Tolerances) -> String {
    let Tolerances {
        status_spelling,
        status_synonyms,
        string_timestamps,
        millisecond_timestamps,
        unset_timestamps,
        error_shapes,
        partial_objects,
    } = tolerances;
    let rows = [
        (status_spelling, "status spellings"),
        (status_synonyms, "other words for a status"),
        (string_timestamps, "string timestamps"),
        (millisecond_timestamps, "millisecond timestamps"),
        (unset_timestamps, "0 for timestamps that are not set"),
        (error_shapes, "other shapes of errors"),
        (partial_objects, "partial objects"),
    ];
    rows.iter().filter(|(tolerated, _)| *tolerated).map(|(_, name)| *name).collect::<Vec<_>>().join(", ")
}

fn or(text: String, otherwise: &str) -> String {
    if text.is_empty() { otherwise.to_owned() } else { text }
}

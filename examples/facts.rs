//! Prints the tables of this crate as one JSON object, for the build of the npm package.

use batchlight::check::{
    ENTRY_CELLS, FILE_IDS, FOREIGN_ABSENT_FIELD, FOREIGN_KEYS, HeaderCell, ID_FORBIDDEN_BYTES,
    MAX_ERROR_ENTRIES, MAX_PAIRS, NESTING_KEYS, REASONS, REQUEST_TOTAL, RESULT_FILES, RULES, RawBatch,
    RawKind, Requirement, SENTINELS, STATUS_ALL_FINISHED, STATUS_NONE_COUNTED, STATUS_WITH_ERRORS,
    TOKEN_DETAILS, TOKEN_TOTAL, Total, abi_hash, expiry_tolerance,
};
use batchlight::jsonl::{
    DEFAULT_MAX_ISSUES, FAILURE_CATALOGUE, FailurePattern, FileRule, MAX_CAUSE_EXAMPLES, MAX_CAUSES,
    OTHER_MESSAGES, Responsibility, Retry, Verdict, WRONG_FILE_RULES,
};
use batchlight::model::{
    BatchStatus, EXAMPLE_MODEL, EXAMPLE_SNAPSHOT, Evidence, FIELDS, Field, FileRole, INTERNED, LIFECYCLE,
    MAX_METADATA_KEY_LENGTH, MAX_METADATA_PAIRS, MAX_METADATA_VALUE_LENGTH, OBJECT, OPENAI_WINDOW, Profile,
    ProfileName, StatusSet, window_seconds,
};
use batchlight::view::{BatchOutcome, MESSAGES};
use serde_json::{Value, json};

#[path = "../src/wasm/files/boundary.rs"]
#[expect(dead_code, reason = "only the names are printed")]
mod boundary;

fn main() {
    let fields = FIELDS.iter().map(|info| {
        let parent = info.parent.map(|parent| parent as usize);
        let kind = format!("{:?}", info.kind).to_lowercase();
        let requirement = match Requirement::on(info.field) {
            Requirement::OneOf(strings) => json!({ "oneOf": strings }),
            Requirement::Integer(min, max) => json!({ "integer": [min, max] }),
            Requirement::String => json!("string"),
            Requirement::Object => json!("object"),
            Requirement::ObjectArray => json!("objectArray"),
            Requirement::StringMap => json!("stringMap"),
        };
        json!({
            "name": info.name, "parent": parent, "kind": kind, "required": info.required,
            "requirement": requirement,
            "knownValues": info.field.known_values(),
        })
    });
    let rules = RULES.iter().zip(REASONS).map(|(rule, reason)| {
        json!({
            "code": rule.code, "level": rule.level, "expected": rule.expected, "help": rule.help,
            "why": reason.why, "source": reason.source,
        })
    });
    let profiles = Profile::ALL.map(
        |profile| json!({ "name": profile.name, "summary": profile.summary, "endpoints": profile.endpoints }),
    );
    let lifecycle = LIFECYCLE.map(|step| {
        let evidence = format!("{:?}", step.evidence).to_lowercase();
        json!({ "from": step.from, "to": step.to, "evidence": evidence, "source": step.source })
    });
    let facts = json!({
        "abiHash": abi_hash(),
        "headerCells": HeaderCell::ALL.map(|cell| format!("{cell:?}")),
        "fieldCells": RawBatch::FIELD_CELLS,
        "entryCells": ENTRY_CELLS,
        "maxErrorEntries": MAX_ERROR_ENTRIES,
        "nestingKeys": NESTING_KEYS,
        "maxPairs": MAX_PAIRS,
        "metadata": {
            "pairs": MAX_METADATA_PAIRS, "key": MAX_METADATA_KEY_LENGTH, "value": MAX_METADATA_VALUE_LENGTH
        },
        "rawKinds": RawKind::ALL.map(|kind| format!("{kind:?}")),
        "totals": [total(REQUEST_TOTAL)],
        "invariants": invariants(),
        "unsetTimestamps": SENTINELS,
        "foreign": { "without": FOREIGN_ABSENT_FIELD as usize, "keys": FOREIGN_KEYS },
        "statusSets": status_sets(),
        "fields": fields.collect::<Value>(),
        "internedStrings": INTERNED,
        "statuses": BatchStatus::ALL,
        "outcomes": BatchOutcome::ALL,
        "verdicts": Verdict::ALL,
        "wrongFileCodes": WRONG_FILE_RULES.map(|rule| rule.info().code),
        "tokenLimitCode": FileRule::TooManyTokens.info().code,
        "accountFailures": account_failures(),
        "fileMixCodes": file_mix_codes(),
        "maxListedIssues": DEFAULT_MAX_ISSUES,
        "causes": { "max": MAX_CAUSES, "maxExamples": MAX_CAUSE_EXAMPLES, "others": OTHER_MESSAGES },
        "filesBoundary": files_boundary(),
        "object": OBJECT,
        "openaiWindow": OPENAI_WINDOW,
        "maxInputFileBytes": Profile::ALL.iter().filter_map(|profile| profile.file_limits.max_bytes).max(),
        "exampleModel": EXAMPLE_MODEL,
        "exampleSnapshot": EXAMPLE_SNAPSHOT,
        "modelPrefixes": ProfileName::Openai.profile().file_limits.model_prefixes,
        "rules": rules.collect::<Value>(),
        "profiles": profiles,
        "lifecycle": lifecycle,
        "messages": MESSAGES
            .iter()
            .map(|(id, text)| ((*id).to_owned(), Value::from(*text)))
            .collect::<Value>(),
    });
    println!("{facts}");
}

/// The numbers that stand for names on the boundary of the module for files: each list is in the order of the
/// numbers.
fn files_boundary() -> Value {
    let roles = [FileRole::Input, FileRole::Output, FileRole::Error];
    let retries = [Retry::Transient, Retry::Permanent, Retry::Unknown];
    assert!(
        roles.iter().enumerate().all(|(index, &role)| index == role as usize),
        "roles are in their order"
    );
    assert!(retries.iter().enumerate().all(|(index, &retry)| index == retry as usize), "retries, too");
    json!({
        "tables": {
            "OperationCode": boundary::OperationCode::NAMES,
            "NumberOption": boundary::NumberOption::NAMES,
            "StringOption": boundary::StringOption::NAMES,
            "AnswerPart": boundary::AnswerPart::NAMES,
            "RowColumn": boundary::RowColumn::NAMES,
            "rowWidths": boundary::RowColumn::ALL.map(boundary::RowColumn::width),
            "JournalColumn": boundary::JournalColumn::NAMES,
            "RunRecord": boundary::RunRecord::NAMES,
            "StepColumn": boundary::StepColumn::NAMES,
            "RunAction": boundary::RunAction::NAMES,
        },
        "roles": roles,
        "retries": retries,
    })
}

/// The codes of issues about files that mix endpoints or models.
fn file_mix_codes() -> [&'static str; 2] {
    [FileRule::UrlMixed, FileRule::ModelMixed].map(|rule| rule.info().code)
}

/// The codes of errors that last until the account is changed, each with its help.
fn account_failures() -> Value {
    FAILURE_CATALOGUE
        .iter()
        .filter(|advice| advice.responsibility == Responsibility::Account && advice.retry == Retry::Permanent)
        .filter_map(|advice| match advice.pattern {
            FailurePattern::Code(code) => Some((code.to_owned(), json!(advice.help))),
            _ => None,
        })
        .collect()
}

fn total(of: Total) -> Value {
    json!({ "parts": of.parts.map(|part| part as usize), "total": of.total as usize })
}

/// The invariants between the fields of a batch. Fields are row numbers of the field table, and sets of
/// statuses are bit sets.
fn invariants() -> Value {
    let files = RESULT_FILES.map(|result| {
        json!({
            "file": result.file as usize,
            "counted": result.counted as usize,
            "determinedIn": result.determined_in.bits(),
        })
    });
    let terminal = BatchStatus::ALL.iter().filter(|status| status.is_terminal());
    let timestamp = |status: BatchStatus| status.timestamp_field().field() as usize;
    json!({
        "timestampOrder": BatchStatus::TOPOLOGICAL_ORDER.map(timestamp),
        "statusTimestamps": BatchStatus::ALL.map(timestamp),
        "possibleTimestamps": BatchStatus::ALL.map(|status| status.ancestors().bits()),
        "expectedTimestamps": BatchStatus::ALL.map(|status| status.expected_timestamps().bits()),
        "terminalStatuses": terminal.fold(0, |bits, &status| bits | StatusSet::of(status).bits()),
        "allFinished": STATUS_ALL_FINISHED as usize,
        "noneCounted": STATUS_NONE_COUNTED as usize,
        "withErrors": STATUS_WITH_ERRORS as usize,
        "tokens": total(TOKEN_TOTAL),
        "tokenDetails": TOKEN_DETAILS.map(|(part, whole)| [part as usize, whole as usize]),
        "files": files,
        "status": Field::Status as usize,
        "endpoint": Field::Endpoint as usize,
        "window": Field::CompletionWindow as usize,
        "created": Field::CreatedAt as usize, "expires": Field::ExpiresAt as usize,
        "id": Field::Id as usize, "fileIds": FILE_IDS.map(|field| field as usize),
        "idForbiddenBytes": ID_FORBIDDEN_BYTES,
        "profiles": Profile::ALL.map(profile_facts),
    })
}

/// For each status, the statuses that can follow it, directly or at all: sets of statuses as bits, first by
/// observed transitions alone, then by all of them.
fn status_sets() -> Value {
    let by_evidence = |of: fn(BatchStatus, Evidence) -> StatusSet| {
        [Evidence::Observed, Evidence::Unobserved]
            .map(|weakest| BatchStatus::ALL.map(|status| of(status, weakest).bits()))
    };
    let next = |status: BatchStatus, weakest: Evidence| {
        let transitions = status.transitions().filter(|transition| transition.evidence <= weakest);
        transitions.fold(StatusSet::default(), |set, transition| set | StatusSet::of(transition.to))
    };
    json!({ "next": by_evidence(next), "reachable": by_evidence(BatchStatus::reachable) })
}

/// The id prefixes, known endpoints, completion windows and tolerated deviations of a profile.
fn profile_facts(profile: &Profile) -> Value {
    let is_known = |endpoint: &&str| profile.endpoints.is_empty() || profile.endpoints.contains(endpoint);
    let length =
        |&window: &&str| window_seconds(window).filter(|_| profile.completion_windows.contains(window));
    json!({
        "id": profile.id_prefix, "file": profile.file_id_prefix,
        "omitted": profile.omitted_fields.iter().map(|&field| field as usize).collect::<Vec<_>>(),
        "unsetTimestamps": profile.tolerances.unset_timestamps,
        "expiryTolerance": expiry_tolerance(profile),
        "endpoints": Field::Endpoint.known_values().iter().map(is_known).collect::<Vec<_>>(),
        "windows": Field::CompletionWindow.known_values().iter().map(length).collect::<Vec<_>>(),
    })
}

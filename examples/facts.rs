//! Prints what this crate knows, as one JSON object: for the npm package's build, its documents, and
//! anyone who wants the tables.

use batchlight::check::{
    ALL_FINISHED, Demand, Draft, ENTRY, FILE_IDS, FINISHED, Fixed, MOST_ENTRIES, MOST_PAIRS, NONE_COUNTED,
    NOT_IN_IDS, REASONS, RESULT_FILES, RULES, TOKEN_DETAILS, TOKENS, Tag, Total, WITH_ERRORS, layout, slack,
};
use batchlight::jsonl::Verdict;
use batchlight::model::{
    ATOMS, BatchStatus, LIFECYCLE, MEMBERS, METADATA_KEY, METADATA_PAIRS, METADATA_VALUE, Member, OBJECT,
    Profile, StatusSet, window_seconds,
};
use batchlight::view::{BatchOutcome, MESSAGES};
use serde_json::{Value, json};

fn main() {
    let members = MEMBERS.iter().map(|info| {
        let parent = info.parent.map(|parent| parent as usize);
        let kind = format!("{:?}", info.kind).to_lowercase();
        let demand = match Demand::on(info.member) {
            Demand::OneOf(texts) => json!({ "oneOf": texts }),
            Demand::Whole(least, most) => json!({ "whole": [least, most] }),
            Demand::Text => json!("text"),
            Demand::Members => json!("members"),
            Demand::Entries => json!("entries"),
            Demand::Texts => json!("texts"),
        };
        json!({
            "name": info.name, "parent": parent, "kind": kind, "required": info.required, "demand": demand,
            "usual": info.member.usual(),
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
        "abi": layout(),
        "fixed": Fixed::ALL.map(|fixed| format!("{fixed:?}")),
        "memberCells": Draft::MEMBER_CELLS,
        "entryCells": ENTRY,
        "mostEntries": MOST_ENTRIES,
        "mostPairs": MOST_PAIRS,
        "metadata": { "pairs": METADATA_PAIRS, "key": METADATA_KEY, "value": METADATA_VALUE },
        "tags": Tag::ALL.map(|tag| format!("{tag:?}")),
        "totals": [total(FINISHED)],
        "relations": relations(),
        "members": members.collect::<Value>(),
        "atoms": ATOMS,
        "statuses": BatchStatus::ALL,
        "outcomes": BatchOutcome::ALL,
        "verdicts": Verdict::ALL,
        "object": OBJECT,
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

fn total(of: Total) -> Value {
    json!({ "parts": of.parts.map(|part| part as usize), "total": of.total as usize })
}

/// What holds in a batch of which there is nothing to report, members by their rows and sets of statuses as
/// bits.
fn relations() -> Value {
    let files = RESULT_FILES.map(|result| {
        json!({
            "file": result.file as usize,
            "counted": result.counted as usize,
            "toldIn": result.told_in.bits(),
        })
    });
    let ended = BatchStatus::ALL.iter().filter(|status| status.is_terminal());
    json!({
        "order": BatchStatus::IN_ORDER.map(|status| status.stamp().member() as usize),
        "stamps": BatchStatus::ALL.map(|status| status.stamp().member() as usize),
        "before": BatchStatus::ALL.map(|status| status.before().bits()),
        "awaited": BatchStatus::ALL.map(|status| status.awaited().bits()),
        "ended": ended.fold(0, |bits, &status| bits | StatusSet::of(status).bits()),
        "allFinished": ALL_FINISHED as usize,
        "noneCounted": NONE_COUNTED as usize,
        "withErrors": WITH_ERRORS as usize,
        "tokens": total(TOKENS),
        "tokenDetails": TOKEN_DETAILS.map(|(part, whole)| [part as usize, whole as usize]),
        "files": files,
        "status": Member::Status as usize,
        "endpoint": Member::Endpoint as usize,
        "window": Member::CompletionWindow as usize,
        "created": Member::CreatedAt as usize, "expires": Member::ExpiresAt as usize,
        "id": Member::Id as usize, "fileIds": FILE_IDS.map(|member| member as usize), "notInIds": NOT_IN_IDS,
        "profiles": Profile::ALL.map(ways),
    })
}

/// What a profile has to say of texts that members hold as a rule, and of ids.
fn ways(profile: &Profile) -> Value {
    let known = |endpoint: &&str| profile.endpoints.is_empty() || profile.endpoints.contains(endpoint);
    let length = |&window: &&str| window_seconds(window).filter(|_| profile.windows.accept(window));
    json!({
        "id": profile.id_prefix, "file": profile.file_id_prefix, "slack": slack(profile),
        "endpoints": Member::Endpoint.usual().iter().map(known).collect::<Vec<_>>(),
        "windows": Member::CompletionWindow.usual().iter().map(length).collect::<Vec<_>>(),
    })
}

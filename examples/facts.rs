//! Prints what this crate knows, as one JSON object: for the npm package's build, its documents, and
//! anyone who wants the tables.

use batchlight::check::{
    Demand, Draft, ENTRY, FINISHED, Fixed, MOST_ENTRIES, MOST_PAIRS, PLAIN_TEXT, REASONS, RULES, Tag, layout,
};
use batchlight::model::{
    ATOMS, BatchStatus, LIFECYCLE, MEMBERS, METADATA_KEY, METADATA_PAIRS, METADATA_VALUE, OBJECT, Profile,
};
use batchlight::view::MESSAGES;
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
        json!({ "name": info.name, "parent": parent, "kind": kind, "required": info.required, "demand": demand })
    });
    let rules = RULES.iter().zip(REASONS).map(|(rule, reason)| {
        json!({
            "code": rule.code, "level": rule.level, "expected": rule.expected, "remedy": rule.remedy,
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
        "plainText": PLAIN_TEXT,
        "metadata": { "pairs": METADATA_PAIRS, "key": METADATA_KEY, "value": METADATA_VALUE },
        "tags": Tag::ALL.map(|tag| format!("{tag:?}")),
        "totals": [json!({
            "parts": FINISHED.parts.map(|part| part as usize), "total": FINISHED.total as usize,
        })],
        "members": members.collect::<Value>(),
        "atoms": ATOMS,
        "statuses": BatchStatus::ALL,
        "object": OBJECT,
        "rules": rules.collect::<Value>(),
        "profiles": profiles,
        "lifecycle": lifecycle,
        "messages": MESSAGES.iter().map(|(id, text)| ((*id).to_owned(), Value::from(*text))).collect::<Value>(),
    });
    println!("{facts}");
}

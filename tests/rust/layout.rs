//! The imports between the files of the crate: folders in one order, no circles.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::support::imports::{Crate, Import};

/// The folders and files directly in src/, from the top down. Each imports only from lines below its own.
/// ARCHITECTURE.md has the same list.
const ROOMS: [&[&str]; 7] = [
    &["wasm"],
    &["jsonl", "run", "simulate", "view"],
    &["lifecycle"],
    &["check"],
    &["diagnostics", "model"],
    &["json"],
    &["hash", "random", "text"],
];

fn source() -> BTreeMap<String, String> {
    fn read(folder: &Path, name: &str, files: &mut BTreeMap<String, String>) {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let name = format!("{name}/{}", entry.file_name().to_str().unwrap());
            if entry.path().is_dir() {
                read(&entry.path(), &name, files);
            } else if entry.path().extension().is_some_and(|extension| extension == "rs") {
                files.insert(name, fs::read_to_string(entry.path()).unwrap());
            }
        }
    }
    let mut files = BTreeMap::new();
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), "src", &mut files);
    files
}

/// The folder or file directly in src/ that a file belongs to, or `None` for src/lib.rs.
fn room(file: &str) -> Option<&str> {
    let name = file.strip_prefix("src/")?;
    let room = name.split_once('/').map_or(name, |(folder, _)| folder);
    (room != "lib.rs").then(|| room.strip_suffix(".rs").unwrap_or(room))
}

/// The line of [`ROOMS`] that a file belongs to.
fn floor(file: &str) -> Option<usize> {
    let room = room(file)?;
    let floor = ROOMS.iter().position(|rooms| rooms.contains(&room));
    Some(floor.unwrap_or_else(|| panic!("{room} is not in ROOMS and ARCHITECTURE.md")))
}

/// Imports from another room that is not on a lower line.
fn upward(imports: &BTreeSet<Import>) -> Vec<String> {
    let is_upward = |import: &&Import| {
        let (from, to) = (room(&import.from), room(&import.to));
        from != to && from.is_some() && to.is_none_or(|_| floor(&import.from) >= floor(&import.to))
    };
    imports.iter().filter(is_upward).map(|import| format!("{} imports {}", import.from, import.to)).collect()
}

/// Imports that go through a re-export of a parent module instead of the defining file.
fn through_parents(imports: &BTreeSet<Import>) -> Vec<String> {
    let violation = |import: &Import| {
        let parent = import.through_parent.as_ref()?;
        Some(format!("{} imports {} through {parent}", import.from, import.to))
    };
    imports.iter().filter_map(violation).collect()
}

/// All circles: files that import each other, directly or through others.
fn circles(imports: &BTreeSet<Import>) -> Vec<String> {
    let mut reached: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for import in imports {
        reached.entry(&import.from).or_default().insert(&import.to);
    }
    let reachable = |from: &str| {
        let (mut seen, mut next) = (BTreeSet::new(), vec![from]);
        while let Some(file) = next.pop() {
            for to in reached.get(file).into_iter().flatten() {
                if seen.insert(*to) {
                    next.push(to);
                }
            }
        }
        seen
    };
    let all: BTreeMap<&str, BTreeSet<&str>> = reached.keys().map(|from| (*from, reachable(from))).collect();
    let circle = |file: &&str| -> Vec<&str> {
        all.iter()
            .filter(|(other, seen)| seen.contains(file) && all[file].contains(*other))
            .map(|(other, _)| *other)
            .collect()
    };
    let circles: BTreeSet<Vec<&str>> = all.keys().map(circle).filter(|files| !files.is_empty()).collect();
    circles.into_iter().map(|files| format!("{} import each other", files.join(", "))).collect()
}

fn violations(files: &BTreeMap<String, String>) -> Vec<String> {
    let imports = Crate::new(files).imports();
    [upward(&imports), through_parents(&imports), circles(&imports)].concat()
}

#[test]
fn imports_go_one_way() {
    let found = violations(&source());
    assert!(found.is_empty(), "{} violations:\n{}", found.len(), found.join("\n"));
}

#[test]
fn architecture_md_has_the_order_of_the_folders() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/ARCHITECTURE.md");
    let document = fs::read_to_string(path).unwrap();
    let rooms = ROOMS.map(|rooms| rooms.join(", ")).join("\n");
    let expected = format!("```\n{rooms}\n```");
    assert!(document.contains(&expected), "expected in ARCHITECTURE.md:\n{expected}");
}

fn tree<const N: usize>(files: [(&str, &str); N]) -> BTreeMap<String, String> {
    files.map(|(path, text)| (path.to_owned(), text.to_owned())).into()
}

#[test]
fn a_circle_of_files_is_found() {
    let files = tree([
        ("src/lib.rs", "mod json;"),
        ("src/json/mod.rs", "mod a; mod b; mod c; pub use a::A;"),
        ("src/json/a.rs", "use super::b::B; pub struct A(B);"),
        ("src/json/b.rs", "pub struct B; impl B { fn c() -> u8 { crate::json::c::c() } }"),
        ("src/json/c.rs", "pub fn c() -> u8 { matches!(1, crate::json::a::ONE).into() }"),
    ]);
    let circle = "src/json/a.rs, src/json/b.rs, src/json/c.rs import each other";
    assert_eq!(violations(&files), [circle]);
}

#[test]
fn a_circle_through_a_module_file_with_items_of_its_own_is_found() {
    let files = tree([
        ("src/lib.rs", "mod json;"),
        ("src/json/mod.rs", "mod a; use a::A; pub struct Both(A);"),
        ("src/json/a.rs", "pub struct A; fn both(_: &super::Both) {}"),
    ]);
    assert_eq!(violations(&files), ["src/json/a.rs, src/json/mod.rs import each other"]);
}

#[test]
fn an_import_through_a_parent_is_found() {
    let files = tree([
        ("src/lib.rs", "mod json; mod view;"),
        ("src/json/mod.rs", "mod a; mod b; pub use a::A;"),
        ("src/json/a.rs", "pub struct A;"),
        ("src/json/b.rs", "use super::A; pub struct B(A);"),
        ("src/view.rs", "use crate::json::A; pub struct View(A);"),
    ]);
    assert_eq!(violations(&files), ["src/json/b.rs imports src/json/a.rs through src/json/mod.rs"]);
}

#[test]
fn an_import_from_a_higher_room_is_found() {
    let files = tree([
        ("src/lib.rs", "mod json; mod model; mod view;"),
        ("src/json/mod.rs", "pub mod a;"),
        ("src/json/a.rs", "use crate::model::{Model as Other}; pub struct A(Other);"),
        ("src/model.rs", "pub struct Model;"),
        ("src/view.rs", "use crate::json; pub fn view(_: json::a::A, _: crate::model::Model) {}"),
    ]);
    assert_eq!(violations(&files), ["src/json/a.rs imports src/model.rs"]);
}

#[test]
fn imports_of_tests_and_own_modules_are_allowed() {
    let files = tree([
        ("src/lib.rs", "mod json;"),
        ("src/json/mod.rs", "mod a; #[path = \"b_portable.rs\"] mod b; pub use a::A;"),
        (
            "src/json/a.rs",
            "use super::b::B; pub struct A(B); mod i { use super::A; } #[cfg(test)] mod t { use super::A; }",
        ),
        ("src/json/b_portable.rs", "pub struct B; #[cfg(test)] mod tests { use crate::json::a::A; }"),
    ]);
    assert_eq!(violations(&files), Vec::<String>::new());
}

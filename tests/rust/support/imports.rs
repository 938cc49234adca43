//! The imports between the files of a crate, read from its source text.

use std::collections::{BTreeMap, BTreeSet};

use syn::visit::Visit;
use syn::{Attribute, Expr, Item, ItemMod, ItemUse, Lit, Macro, Meta, UseTree, Visibility};

/// The path of a module, without `crate`.
type ModulePath = Vec<String>;

/// A file of the crate.
struct File {
    /// Its path, as `src/json/tape.rs`.
    path: String,
    syntax: syn::File,
    /// The names that it defines.
    defined: BTreeSet<String>,
    /// The names that it imports or re-exports, and the path of each.
    imported: BTreeMap<String, Vec<String>>,
    /// The absolute paths that it names, except in tests.
    references: Vec<Vec<String>>,
}

/// The files of a crate by module path. Modules with several files, one for each target, have several.
pub struct Crate {
    modules: BTreeMap<ModulePath, Vec<File>>,
}

/// An import of one file by another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Import {
    /// The importing file.
    pub from: String,
    /// The file that defines what is imported.
    pub to: String,
    /// The file whose re-export the import goes through, if that is a parent of the importing file.
    pub through_parent: Option<String>,
}

impl Crate {
    /// Reads a crate from its files: source texts by path. All modules are reached from `src/lib.rs`.
    ///
    /// # Panics
    /// If a file is missing or is not valid Rust.
    pub fn new(files: &BTreeMap<String, String>) -> Self {
        let mut found = Self { modules: BTreeMap::new() };
        found.add(files, "src/lib.rs".to_owned(), Vec::new());
        let paths: Vec<ModulePath> = found.modules.keys().cloned().collect();
        for path in paths {
            let mut of_module = found.modules.remove(&path).unwrap();
            // The module itself stays known while its references are resolved.
            found.modules.insert(path.clone(), Vec::new());
            for file in &mut of_module {
                found.read_references(&path, file);
            }
            found.modules.insert(path, of_module);
        }
        found
    }

    fn add(&mut self, files: &BTreeMap<String, String>, path: String, module: ModulePath) {
        let text = files.get(&path).unwrap_or_else(|| panic!("{path} is missing"));
        let syntax = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
        let (folder, name) = path.rsplit_once('/').unwrap();
        let children = match name {
            "lib.rs" | "mod.rs" => folder.to_owned(),
            _ => path.strip_suffix(".rs").unwrap().to_owned(),
        };
        for item in &syntax.items {
            let Item::Mod(ItemMod { ident, content: None, attrs, .. }) = item else { continue };
            let child = [module.clone(), vec![ident.to_string()]].concat();
            let candidates = match path_attribute(attrs) {
                Some(file) => vec![format!("{folder}/{file}")],
                None => vec![format!("{children}/{ident}.rs"), format!("{children}/{ident}/mod.rs")],
            };
            let file = candidates.iter().find(|candidate| files.contains_key(*candidate));
            self.add(files, file.unwrap_or_else(|| panic!("{candidates:?} are missing")).clone(), child);
        }
        let defined = syntax.items.iter().filter_map(name_of).collect();
        let file = File { path, syntax, defined, imported: BTreeMap::new(), references: Vec::new() };
        self.modules.entry(module).or_default().push(file);
    }

    fn read_references(&self, module: &ModulePath, file: &mut File) {
        let is_declaration = |item: &Item| matches!(item, Item::Use(_)) || is_file_module(item);
        // A file that only declares modules and re-exports their items does not depend on them.
        let only_declares = file.syntax.items.iter().all(is_declaration);
        let mut collector = Collector { known: self, module: module.clone(), ..Collector::default_in(self) };
        for item in &file.syntax.items {
            collector.visit_item(item);
        }
        file.imported = collector.imported;
        if !only_declares {
            file.references = collector.references;
        }
    }

    /// All imports between different files.
    pub fn imports(&self) -> BTreeSet<Import> {
        let mut imports = BTreeSet::new();
        for (module, files) in &self.modules {
            for file in files {
                for reference in &file.references {
                    self.resolve(module, file, reference, None, 0, &mut imports);
                }
            }
        }
        imports
    }

    /// Follows a path to the files that define what it names.
    fn resolve(
        &self,
        module: &ModulePath,
        from: &File,
        path: &[String],
        through_parent: Option<&str>,
        steps: usize,
        imports: &mut BTreeSet<Import>,
    ) {
        assert!(steps < 20, "{path:?} is re-exported in a circle");
        let depth = (0..=path.len()).rev().find(|&depth| self.modules.contains_key(&path[..depth])).unwrap();
        let owners = &self.modules[&path[..depth]];
        let is_parent = depth < module.len() && module.starts_with(&path[..depth]);
        for owner in owners {
            let re_exported = path.get(depth).filter(|name| !owner.defined.contains(*name));
            if let Some(target) = re_exported.and_then(|name| owner.imported.get(name)) {
                let parent = through_parent.or_else(|| is_parent.then_some(owner.path.as_str()));
                let target = [target, &path[depth + 1..]].concat();
                self.resolve(module, from, &target, parent, steps + 1, imports);
            } else if owner.path != from.path {
                imports.insert(Import {
                    from: from.path.clone(),
                    to: owner.path.clone(),
                    through_parent: through_parent.map(str::to_owned),
                });
            }
        }
    }
}

/// Collects the paths in a file that name something in the crate.
struct Collector<'a> {
    known: &'a Crate,
    module: ModulePath,
    /// The number of modules within the file around the current item.
    inner: usize,
    imported: BTreeMap<String, Vec<String>>,
    references: Vec<Vec<String>>,
}

impl<'a> Collector<'a> {
    const fn default_in(known: &'a Crate) -> Self {
        Self { known, module: Vec::new(), inner: 0, imported: BTreeMap::new(), references: Vec::new() }
    }

    /// The absolute path of a path, or `None` if it leaves the crate or is local.
    fn absolute(&self, segments: &[String]) -> Option<Vec<String>> {
        let (first, rest) = segments.split_first()?;
        let (mut base, mut rest) = match first.as_str() {
            "crate" => return Some(rest.to_vec()),
            "self" | "super" => (self.module.clone(), segments),
            _ => {
                let child = [self.module.clone(), vec![first.clone()]].concat();
                if self.known.modules.contains_key(&child) {
                    return Some([self.module.as_slice(), segments].concat());
                }
                let module =
                    self.imported.get(first).filter(|path| self.known.modules.contains_key(*path))?;
                return Some([module.as_slice(), rest].concat());
            }
        };
        let mut inner = self.inner;
        while let [first, behind @ ..] = rest {
            match first.as_str() {
                "self" => {}
                "super" if inner > 0 => inner -= 1,
                "super" => drop(base.pop()),
                _ => break,
            }
            rest = behind;
        }
        Some([base, rest.to_vec()].concat())
    }

    fn refer(&mut self, segments: &[String]) {
        self.references.extend(self.absolute(segments));
    }

    fn import(&mut self, prefix: &[String], tree: &UseTree) {
        let joined = |name: &syn::Ident| [prefix, &[name.to_string()]].concat();
        let (path, name) = match tree {
            UseTree::Path(path) => return self.import(&joined(&path.ident), &path.tree),
            UseTree::Group(group) => return group.items.iter().for_each(|tree| self.import(prefix, tree)),
            UseTree::Glob(_) => return self.refer(prefix),
            UseTree::Name(name) if name.ident == "self" => (prefix.to_vec(), prefix.last().cloned()),
            UseTree::Name(name) => (joined(&name.ident), Some(name.ident.to_string())),
            UseTree::Rename(rename) => (joined(&rename.ident), Some(rename.rename.to_string())),
        };
        if let (Some(absolute), Some(name)) = (self.absolute(&path), name) {
            if self.inner == 0 {
                self.imported.insert(name, absolute.clone());
            }
            self.references.push(absolute);
        }
    }
}

impl<'ast> Visit<'ast> for Collector<'_> {
    fn visit_item_mod(&mut self, module: &'ast ItemMod) {
        if !is_test(&module.attrs) {
            self.inner += 1;
            syn::visit::visit_item_mod(self, module);
            self.inner -= 1;
        }
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        if !is_test(&item.attrs) {
            self.import(&[], &item.tree);
        }
    }

    fn visit_visibility(&mut self, _: &'ast Visibility) {}

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if path.segments.len() > 1 {
            let segments: Vec<_> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
            self.refer(&segments);
        }
        syn::visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast Macro) {
        syn::visit::visit_macro(self, call);
        // The arguments of a macro are only tokens: find `crate::…` and `super::…` among them.
        let tokens = without_strings(&call.tokens.to_string()).replace("::", " :: ");
        let tokens: Vec<&str> =
            tokens.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':')).collect();
        let tokens: Vec<&str> = tokens.into_iter().filter(|token| !token.is_empty()).collect();
        for (at, _) in tokens.iter().enumerate().filter(|(_, token)| ["crate", "super"].contains(*token)) {
            let mut segments = vec![tokens[at].to_owned()];
            for pair in tokens[at + 1..].chunks_exact(2).take_while(|pair| pair[0] == "::") {
                segments.push(pair[1].to_owned());
            }
            if segments.len() > 1 {
                self.refer(&segments);
            }
        }
    }
}

/// Rust tokens without string literals, which may mention paths in documentation.
fn without_strings(tokens: &str) -> String {
    let parts = tokens.replace("\\\\", "").replace("\\\"", "").replace("'\"'", "");
    parts.split('"').step_by(2).collect::<Vec<_>>().join(" ")
}

fn is_file_module(item: &Item) -> bool {
    matches!(item, Item::Mod(module) if module.content.is_none() || is_test(&module.attrs))
}

/// Whether an item is compiled for unit tests only.
fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute.parse_args::<syn::Path>().is_ok_and(|path| path.is_ident("test"))
    })
}

/// The file in `#[path = "…"]`.
fn path_attribute(attributes: &[Attribute]) -> Option<String> {
    let path = attributes.iter().find(|attribute| attribute.path().is_ident("path"))?;
    let Meta::NameValue(pair) = &path.meta else { return None };
    let Expr::Lit(literal) = &pair.value else { return None };
    let Lit::Str(text) = &literal.lit else { return None };
    Some(text.value())
}

/// The name that an item defines.
fn name_of(item: &Item) -> Option<String> {
    let name = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Macro(item) => item.ident.as_ref()?,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        _ => return None,
    };
    Some(name.to_string())
}

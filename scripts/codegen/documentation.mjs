// Adds the documentation of Rust enum variants to their TypeScript declarations, which tsify omits, and converts Rust's
// links to plain names.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { at, ScriptError } from "../process.mjs";

/** The documentation of the variants of every enum of the crate, and of their fields, by the name of the enum. */
function enumsOfCrate() {
  const files = readdirSync(at("src"), { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".rs"));
  const texts = files.map((name) => readFileSync(join(at("src"), name), "utf8"));
  // The macro `names!` declares some enums, indented by one level.
  const inMacros = texts.flatMap((text) =>
    [...text.matchAll(/^names! \{\n([\s\S]*?)^\}/gm)].map(([, body]) => body.replace(/^ {4}/gm, "")),
  );
  const found = [...texts, ...inMacros].flatMap((text) => [
    ...text.matchAll(/^(?:pub enum )?(\w+) \{\n([\s\S]*?)^\}/gm),
  ]);
  return new Map(found.map(([, name, body]) => [name, variantsIn(body)]));
}

function variantsIn(body) {
  const variants = new Map();
  let docs = [];
  let variant;
  for (const line of body.split("\n")) {
    const [, doc] = /^\s*\/\/\/ ?(.*)$/.exec(line) ?? [];
    const [, name] = /^ {4}(\w+)/.exec(line) ?? [];
    const [, field] = /^ {8}(\w+):/.exec(line) ?? [];
    if (doc !== undefined) docs.push(doc);
    else if (name) {
      variant = { text: docs.join(" "), fields: new Map() };
      variants.set(normalized(name), variant);
    } else if (field && variant) variant.fields.set(normalized(field), docs.join(" "));
    if (name || field) docs = [];
  }
  return variants;
}

/** A name in lower case without separators: the same for `StatusChanged`, `status_changed` and `status-changed`. */
const normalized = (name) => name.replace(/[-_]/g, "").toLowerCase();

const enums = enumsOfCrate();

/** A declaration with the documentation of its variants: a list for strings, comments for objects. */
export function documented({ name, source }) {
  const file = ts.createSourceFile("type.ts", source, ts.ScriptTarget.Latest, true);
  const [statement] = file.statements;
  const variants = enums.get(name);
  if (!ts.isTypeAliasDeclaration(statement) || !variants) return withLinks(source);
  const parts = ts.isUnionTypeNode(statement.type) ? statement.type.types : [statement.type];
  if (parts.every(ts.isLiteralTypeNode))
    return withLinks(
      withList(
        name,
        source,
        parts.map((part) => part.literal.text),
        variants,
      ),
    );
  return withLinks(withComments(source, parts.filter(ts.isTypeLiteralNode), variants));
}

function withList(name, source, texts, variants) {
  const items = texts.map((text) => ` * - \`${text}\`: ${docOf(name, text, variants).text.replace(/\.$/, "")}`);
  return source.replace(/\n? \*\//, () => `\n *\n${items.join("\n")}\n */`);
}

function withComments(source, parts, variants) {
  const edits = parts.flatMap(({ members }) => {
    const tag = members.find((member) => member.type && ts.isLiteralTypeNode(member.type));
    if (!tag) return [];
    const { text, fields } = docOf("a variant", tag.type.literal.text, variants);
    return members.map((member) => [
      member.getStart(),
      member === tag ? text : fields.get(normalized(member.name.getText())),
    ]);
  });
  return edits
    .reverse()
    .reduce((whole, [at, text]) => `${whole.slice(0, at)}\n    /** ${text} */\n    ${whole.slice(at)}`, source);
}

function docOf(name, text, variants) {
  const found = variants.get(normalized(text));
  if (!found?.text) throw new ScriptError(`expected a documented Rust variant for "${text}" of ${name}`);
  return found;
}

/**
 * Replaces Rust's links, such as [`Level`] or [`view::Outcome`](crate::view::Outcome), by plain names, because their
 * targets are not part of the npm package.
 */
const withLinks = (source) => source.replace(/\[`(?:\w+::)*(\w+)`\](?:\([^)]*\))?/g, "`$1`");

// Brings the documentation of the Rust types' variants into their declarations, where tsify leaves it out, and its
// links into TSDoc.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { at, Stop } from "../say.mjs";

/** The enums of the crate: by name, the documentation of each variant and of its fields. */
function enumsOfCrate() {
  const files = readdirSync(at("src"), { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".rs"));
  const texts = files.map((name) => readFileSync(join(at("src"), name), "utf8"));
  // Some are written by a macro `names!`, one level deeper.
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
      variants.set(plain(name), variant);
    } else if (field && variant) variant.fields.set(plain(field), docs.join(" "));
    if (name || field) docs = [];
  }
  return variants;
}

/** A name as it is whatever its case: `StatusChanged`, `status_changed` and `status-changed` are one. */
const plain = (name) => name.replace(/[-_]/g, "").toLowerCase();

const enums = enumsOfCrate();

/** A type declaration with the documentation of its variants: a list for texts, comments for objects. */
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
      member === tag ? text : fields.get(plain(member.name.getText())),
    ]);
  });
  return edits
    .reverse()
    .reduce((whole, [at, text]) => `${whole.slice(0, at)}\n    /** ${text} */\n    ${whole.slice(at)}`, source);
}

function docOf(name, text, variants) {
  const found = variants.get(plain(text));
  if (!found?.text) throw new Stop(`${name} has the value "${text}", and no documented Rust variant goes with it`);
  return found;
}

/**
 * Rust's links, such as [`Stamp`] or [`view::Outcome`](crate::view::Outcome), as plain names: readers of the package
 * have no crate.
 */
const withLinks = (source) => source.replace(/\[`(?:\w+::)*(\w+)`\](?:\([^)]*\))?/g, "`$1`");

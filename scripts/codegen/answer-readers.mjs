// Writes the functions that read answers of the module for batches (src/wasm/answer.rs): one for each type, from its
// declaration. An answer has its values in the order of declaration and no names.
import ts from "typescript";
import { ScriptError } from "../process.mjs";
import { closureOf } from "./readonly.mjs";

/** @typedef {import("./readonly.mjs").Declaration} Declaration */

/** The types of whole answers. */
const answers = ["BatchViewBase", "PollAdvice", "Report", "ComparisonOutput", "TransitionOutput", "BatchIssue"];

/** The functions of pkg/src/runtime/answer-cells.ts. */
const primitives = ["flag", "list", "number", "oneOf", "string", "stringOrNumber"];

/**
 * @param {readonly Declaration[]} declarations all types
 * @returns {{ source: string, names: Set<string> }} the module without the imports of its types, and these types
 */
export function answerReaders(declarations) {
  const names = new Set(answers.flatMap((name) => [...closureOf(declarations, name)]));
  const readers = declarations
    .filter(({ name }) => names.has(name))
    .sort((a, b) => a.name.localeCompare(b.name, "en"))
    .map(readerOf);
  const imports = `import { ${primitives.join(", ")} } from "../src/runtime/answer-cells.js";`;
  const mutable = "type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };";
  return { source: [imports, mutable, ...readers].join("\n\n"), names };
}

/**
 * The function that reads a type.
 *
 * @param {Declaration} declaration
 */
function readerOf({ name, source }) {
  const [statement] = ts.createSourceFile("type.ts", source, ts.ScriptTarget.Latest, true).statements;
  const head = `/** Reads {@link ${name}}. */\nexport const read${name} = (): ${name} =>`;
  if (ts.isInterfaceDeclaration(statement)) return `${head} ${bodyOf(name, propertiesOf(statement))};`;
  if (!ts.isTypeAliasDeclaration(statement)) throw unreadable(statement);
  const { type } = statement;
  const variants = ts.isUnionTypeNode(type) ? type.types : [type];
  if (variants.every(ts.isLiteralTypeNode)) {
    const constant = `${name[0].toLowerCase()}${name.slice(1)}Names`;
    const strings = variants.map((each) => each.getText()).join(", ");
    return `const ${constant}: readonly ${name}[] = [${strings}];\n\n${head} oneOf(${constant});`;
  }
  if (variants.every(ts.isTypeLiteralNode)) return `${head} ${choiceOf(variants)};`;
  if (type.getText() === "string | number") return `${head} stringOrNumber();`;
  throw unreadable(type);
}

const propertiesOf = ({ members }) =>
  members.map((member) => ({
    name: member.name.getText(),
    value: expressionOf(member.type),
    isOptional: member.questionToken !== undefined,
  }));

/** An object literal of the fields before the first optional one, then a statement for each further field. */
function bodyOf(name, properties) {
  const first = properties.findIndex(({ isOptional }) => isOptional);
  if (first < 0) return `(${literalOf(properties)})`;
  const statements = properties.slice(first).map(({ name, value, isOptional }) => {
    const assignment = `value.${name} = ${value};`;
    return isOptional ? `if (flag()) ${assignment}` : assignment;
  });
  const start = `const value = ${literalOf(properties.slice(0, first))} as Mutable<${name}>;`;
  return `{\n  ${[start, ...statements, "return value;"].join("\n  ")}\n}`;
}

const literalOf = (properties) => `{${properties.map(({ name, value }) => ` ${name}: ${value}`).join(",")} }`;

/** Reads the tag, which is the first property of every variant, and the variant that it names. */
function choiceOf(variants) {
  const cases = variants.map((variant, index) => {
    const [{ name, type }, ...members] = variant.members;
    const tag = { name: name.getText(), value: type.getText() };
    const label = index < variants.length - 1 ? `case ${tag.value}` : "default";
    return `${label}:\n      return ${literalOf([tag, ...propertiesOf({ members })])};`;
  });
  return `{\n  switch (string()) {\n    ${cases.join("\n    ")}\n  }\n}`;
}

/** The expression that reads a value of a type. */
function expressionOf(type) {
  if (ts.isTypeOperatorNode(type)) return expressionOf(type.type);
  if (ts.isArrayTypeNode(type)) return `list(${readerFor(type.elementType)})`;
  return `${readerFor(type)}()`;
}

/** The function that reads a value of a type. */
function readerFor(type) {
  switch (type.kind) {
    case ts.SyntaxKind.StringKeyword:
      return "string";
    case ts.SyntaxKind.NumberKeyword:
      return "number";
    case ts.SyntaxKind.BooleanKeyword:
      return "flag";
  }
  if (!ts.isTypeReferenceNode(type)) throw unreadable(type);
  const name = type.typeName.getText();
  if (name !== "Exclude") return `read${name}`;
  // A subset of an enum: Exclude<FileRole, "input">.
  return `(read${type.typeArguments[0].getText()} as () => ${type.getText()})`;
}

const unreadable = (node) =>
  new ScriptError(`expected a type that an answer can hold, found ${node.getText()}; adapt src/wasm/answer.rs`);

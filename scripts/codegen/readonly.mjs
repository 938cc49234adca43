// Makes the declarations of what the package returns `readonly`, as the rest of its declarations are.
import ts from "typescript";

/** @typedef {{ name: string, source: string }} Declaration */

/**
 * The names of a type and of all types that it refers to, directly or not.
 *
 * @param {readonly Declaration[]} declarations
 * @param {string} name
 * @returns {Set<string>}
 */
export function closureOf(declarations, name) {
  const found = new Set([name]);
  for (const each of found) {
    const declaration = declarations.find((candidate) => candidate.name === each);
    for (const reference of declaration ? referencesIn(declaration.source) : [])
      if (declarations.some((candidate) => candidate.name === reference)) found.add(reference);
  }
  return found;
}

function referencesIn(source) {
  const names = [];
  visit(source, (node) => {
    if (ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName)) names.push(node.typeName.text);
  });
  return names;
}

/**
 * A declaration whose properties, arrays, tuples and records are `readonly`.
 *
 * @param {Declaration} declaration
 * @returns {Declaration}
 */
export function withReadonly({ name, source }) {
  /** @type {[at: number, text: string][]} */
  const insertions = [];
  visit(source, (node) => {
    if (ts.isPropertySignature(node) && !node.modifiers) insertions.push([node.name.getStart(), "readonly "]);
    else if (ts.isArrayTypeNode(node) || ts.isTupleTypeNode(node)) {
      const isNested = ts.isArrayTypeNode(node.parent);
      insertions.push([node.getStart(), isNested ? "(readonly " : "readonly "]);
      if (isNested) insertions.push([node.getEnd(), ")"]);
    } else if (ts.isTypeReferenceNode(node) && node.typeName.getText() === "Record") {
      insertions.push([node.getStart(), "Readonly<"], [node.getEnd(), ">"]);
    }
  });
  const edited = insertions
    .sort(([a], [b]) => b - a)
    .reduce((text, [at, inserted]) => text.slice(0, at) + inserted + text.slice(at), source);
  return { name, source: edited };
}

function visit(source, callback) {
  const step = (node) => {
    callback(node);
    ts.forEachChild(node, step);
  };
  step(ts.createSourceFile("type.ts", source, ts.ScriptTarget.Latest, true));
}

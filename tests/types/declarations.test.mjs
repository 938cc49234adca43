// The declarations as documentation: no `any`, a comment on every declaration, and no change without review.
import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import ts from "typescript";
import { at } from "../../scripts/process.mjs";

const dist = join(process.env.BATCHLIGHT_PROJECT, "node_modules", "batchlight", "dist");
const names = [
  "index.d.ts",
  "slim.d.ts",
  "js.d.ts",
  "files.d.ts",
  "worker.d.ts",
  "elements.d.ts",
  "store.d.ts",
  "mock.d.ts",
  "run.d.ts",
  "core.wasm.d.ts",
  "files.wasm.d.ts",
];
const options = {
  strict: true,
  types: [],
  module: ts.ModuleKind.NodeNext,
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2022.d.ts", "lib.dom.d.ts"],
};
const program = ts.createProgram(
  names.map((name) => join(dist, name)),
  options,
);
const checker = program.getTypeChecker();
const files = names.map((name) => program.getSourceFile(join(dist, name)));

/** Every node of a file, with the names of the declarations that contain it. */
function* nodesIn(node, above = []) {
  const name = node.name && ts.isIdentifier(node.name) ? node.name.text : node.name?.getText?.(node.getSourceFile());
  const here = name ? [...above, name] : above;
  yield [node, here.join(".")];
  const children = [];
  ts.forEachChild(node, (child) => void children.push(child));
  for (const child of children) yield* nodesIn(child, here);
}

const nodes = files.flatMap((file) => [...nodesIn(file)]);
const isMember = (node) => ts.isPropertySignature(node) || ts.isMethodSignature(node);
const isDeclaration = (node) =>
  ts.isInterfaceDeclaration(node) ||
  ts.isTypeAliasDeclaration(node) ||
  ts.isFunctionDeclaration(node) ||
  ts.isVariableDeclaration(node);
const commentOf = (node) =>
  (ts.isVariableDeclaration(node) ? node.parent.parent : node).jsDoc?.map((doc) => doc.getText()).join("\n") ?? "";

test("the declarations are found", () => {
  assert.ok(files.every(Boolean));
  assert.ok(nodes.filter(([node]) => isDeclaration(node)).length > 80);
});

test("no type is any", () => {
  const explicit = nodes.filter(([node]) => node.kind === ts.SyntaxKind.AnyKeyword).map(([, path]) => path);
  const inferred = nodes
    .filter(
      ([node]) =>
        (isMember(node) || isDeclaration(node)) && !!(checker.getTypeAtLocation(node).flags & ts.TypeFlags.Any),
    )
    .map(([, path]) => path);
  assert.deepEqual([...explicit, ...inferred], []);
});

test("every declaration and every property has a comment", () => {
  const undocumented = nodes
    .filter(([node]) => (isMember(node) || isDeclaration(node)) && !/[^\s/*]/.test(commentOf(node)))
    .map(([, path]) => path);
  assert.deepEqual(undocumented, []);
});

test("the comment on a union type explains each of its strings", () => {
  const undocumented = nodes.flatMap(([node, path]) => {
    if (!ts.isTypeAliasDeclaration(node) || !ts.isUnionTypeNode(node.type)) return [];
    const texts = node.type.types
      .filter((part) => ts.isLiteralTypeNode(part))
      .flatMap(({ literal }) => (ts.isStringLiteral(literal) ? [literal.text] : []));
    return texts.filter((text) => !commentOf(node).includes(`\`${text}\``)).map((text) => `${path}: ${text}`);
  });
  assert.deepEqual(undocumented, []);
});

test("comments contain no Rust syntax", () => {
  const rust = nodes
    .filter(([node]) => isMember(node) || isDeclaration(node))
    .filter(([node]) => /\[`|crate::|\b(u64|usize|Option<|Vec<|Some\()/.test(commentOf(node)));
  assert.deepEqual(
    rust.map(([, path]) => path),
    [],
  );
});

test("internal types are not exported", () => {
  const [index] = files;
  const exported = checker.getExportsOfModule(checker.getSymbolAtLocation(index)).map(({ name }) => name);
  assert.ok(exported.includes("ParsedBatch"));
  assert.deepEqual(
    exported.filter((name) => /^(Fix|FixValue|Moved|Report|RawExports|Draft)$/.test(name)),
    [],
  );
});

test("import and require get the same declarations", () => {
  for (const name of ["index", "slim", "files", "mock"]) {
    const [esm, cjs] = ["ts", "cts"].map((kind) =>
      readFileSync(join(dist, `${name}.d.${kind}`), "utf8").replaceAll(".cjs", ".js"),
    );
    assert.equal(cjs, esm);
  }
});

for (const name of ["index", "files", "mock"]) {
  test(`the public types are those of tests/types/${name}.reference.d.ts`, () => {
    const reference = at("tests", "types", `${name}.reference.d.ts`);
    const text = readFileSync(join(dist, `${name}.d.ts`), "utf8");
    if (process.env.BATCHLIGHT_UPDATE === "1") writeFileSync(reference, text);
    const hint =
      "the public types have changed; review the difference, and if it is intended, run " +
      "BATCHLIGHT_UPDATE=1 npm run t -- types";
    assert.ok(existsSync(reference), hint);
    assert.equal(text, readFileSync(reference, "utf8"), hint);
  });
}

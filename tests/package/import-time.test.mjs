// `sideEffects: false` in package.json requires that an import of the package has no effect.
import assert from "node:assert/strict";
import { build } from "esbuild";
import { test } from "node:test";
import vm from "node:vm";
import ts from "typescript";
import { expected, probe } from "./probe.mjs";
import { installedText, manifest, project } from "./support.mjs";

const platform = [
  ...[
    "WebAssembly",
    "TextDecoder",
    "TextEncoder",
    "atob",
    "fetch",
    "URL",
    "Response",
    "Blob",
    "crypto",
    "performance",
    "navigator",
  ],
  ...[
    "document",
    "window",
    "self",
    "process",
    "Buffer",
    "console",
    "setTimeout",
    "queueMicrotask",
    "structuredClone",
    "location",
  ],
];

/** Runs a CommonJS entry with these globals. It can require only files beside it. */
function loadAmong(globals, file) {
  const sandbox = vm.createContext(Object.defineProperties({}, Object.getOwnPropertyDescriptors(globals)));
  const load = (name) => {
    const module = { exports: {} };
    const run = vm.compileFunction(installedText("dist", name), ["module", "exports", "require"], {
      parsingContext: sandbox,
    });
    run(module, module.exports, (path) => load(/^\.\/([\w-]+\.cjs)$/.exec(path)[1]));
    return module.exports;
  };
  return { api: load(file), sandbox };
}

/** The globals of the platform as getters that count their uses. */
function watched(touched) {
  const getter = (name) => () => {
    touched.push(name);
    return globalThis[name];
  };
  return Object.defineProperties(
    {},
    Object.fromEntries(platform.map((name) => [name, { configurable: true, get: getter(name) }])),
  );
}

for (const file of ["index.cjs", "slim.cjs", "js.cjs"]) {
  test(`${file}: the import uses no global of the platform`, () => {
    const touched = [];
    loadAmong(watched(touched), file);
    assert.deepEqual(touched, []);
  });
}

test("the counting works: the first call compiles a module", () => {
  const touched = [];
  const { api } = loadAmong(watched(touched), "index.cjs");
  probe(api);
  assert.ok(touched.includes("WebAssembly"));
});

for (const file of ["index.cjs", "js.cjs"]) {
  test(`${file}: works without TextDecoder, TextEncoder and atob, as in Jest with jsdom`, () => {
    const { api, sandbox } = loadAmong({}, file);
    assert.equal(
      vm.runInContext("typeof TextDecoder + typeof TextEncoder + typeof atob", sandbox),
      "undefined".repeat(3),
    );
    assert.deepEqual(JSON.parse(JSON.stringify(probe(api))), expected);
  });
}

for (const file of ["index.js", "slim.js", "js.js"]) {
  test(`${file}: imports only files beside it, and uses no top-level await and no import.meta`, () => {
    const source = ts.createSourceFile(file, installedText("dist", file), ts.ScriptTarget.Latest, true);
    const specifiers = source.statements
      .filter((statement) => ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement))
      .flatMap(({ moduleSpecifier }) =>
        moduleSpecifier && ts.isStringLiteral(moduleSpecifier) ? [moduleSpecifier.text] : [],
      );
    const found = specifiers.filter((specifier) => !/^\.\/[\w-]+\.js$/.test(specifier));
    const visit = (node) => {
      if (ts.isMetaProperty(node)) found.push(node.getText());
      if (ts.isAwaitExpression(node) && !ts.findAncestor(node, ts.isFunctionLike)) found.push(node.getText());
      // The functions for files are loaded at their first call, from a file beside the entry.
      if (
        ts.isCallExpression(node) &&
        node.expression.kind === ts.SyntaxKind.ImportKeyword &&
        !(ts.isStringLiteralLike(node.arguments[0]) && /^\.\/files(-\w+)?\.js$/.test(node.arguments[0].text))
      )
        found.push(node.getText());
      ts.forEachChild(node, visit);
    };
    visit(source);
    assert.deepEqual(found, []);
  });
}

test("an unused import adds nothing to a bundle", async () => {
  // These entries are there for their effect: they register elements, and batchlight/js.
  assert.deepEqual(
    manifest.sideEffects,
    [
      ...["define", "status", "progress", "timeline", "card", "list"].map((name) => `elements-${name}`),
      "js-register",
    ].flatMap((name) => [`./dist/${name}.js`, `./dist/${name}.cjs`]),
  );
  const contents = `
    import "batchlight";
    import { init } from "batchlight";
    import * as slim from "batchlight/slim";
    import { renderBatch } from "batchlight/elements";
    import { BatchCard } from "batchlight/react";
    import { createBatchStore } from "batchlight/store";`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: project },
    bundle: true,
    format: "esm",
    external: ["react"],
    write: false,
    logLevel: "silent",
  });
  assert.equal(outputFiles[0].text.trim(), "");
});

test("a page that only uses the hooks of batchlight/react contains no element", async () => {
  const { outputFiles } = await build({
    stdin: { contents: 'export { useBatch, useBatchView } from "batchlight/react";', resolveDir: project },
    bundle: true,
    format: "esm",
    write: false,
    logLevel: "silent",
    external: ["react"],
  });
  assert.doesNotMatch(outputFiles[0].text, /batch-card/);
});

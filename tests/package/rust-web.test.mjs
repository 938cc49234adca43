// The crate in a Rust web application, with the feature `js`: its views are those of the npm package.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { describeBatch } from "batchlight";
import { cache, at, run } from "../../scripts/process.mjs";
import { setUp } from "../../scripts/setup.mjs";

const batch = {
  id: "batch_1",
  object: "batch",
  endpoint: "/v1/embeddings",
  input_file_id: "file-1",
  completion_window: "24h",
  status: "in_progress",
  created_at: 1_736_489_775,
  in_progress_at: 1_736_489_780,
  request_counts: { total: 200, completed: 50, failed: 1 },
  metadata: { job: "é 漢 😀" },
};

let app;
before(async () => {
  const { bindgen } = await setUp();
  const targetDir = join(cache, "rust-web");
  const target = "wasm32-unknown-unknown";
  const manifest = at("tests", "rust-web", "Cargo.toml");
  await run("cargo", ["build", "--manifest-path", manifest, "--target", target, "--target-dir", targetDir]);
  const out = join(targetDir, "bindgen");
  await bindgen(join(targetDir, target, "debug", "batchlight_rust_web.wasm"), out, "app");
  app = await import(pathToFileURL(join(out, "app.js")).href);
  app.initSync({ module: readFileSync(join(out, "app_bg.wasm")) });
});

test("views are those of the npm package", () => {
  for (const value of [batch, JSON.stringify(batch), { ...batch, status: "paused" }, {}, null, 7]) {
    const options = /** @type {const} */ ({ now: 1_736_490_000, seed: 1, profile: "openai" });
    const view = app.describe(value);
    const expected = JSON.parse(JSON.stringify(describeBatch(value, options)));
    for (const name of ["label", "summary", "progress", "issues"])
      assert.deepEqual(view[name], expected[name], `${name} of ${JSON.stringify(value)}`);
  }
});

test("values without JSON are described as no batch", () => {
  const itself = { ...batch, itself: undefined };
  itself.itself = itself;
  for (const value of [undefined, () => 1, itself]) assert.equal(app.describe(value).label, app.describe(null).label);
});

test("valid batches are parsed, and errors have the package's message", () => {
  assert.equal(app.id_of(batch), "batch_1");
  assert.throws(
    () => app.id_of({ ...batch, id: 7 }),
    (error) => error === "expected a string, found number 7 at id",
  );
});

// Parts of the build and the loader with inputs that do not occur in the real modules.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { build } from "esbuild";
import { reasonOf, recorded, tableOf } from "../../scripts/dev/compatibility.mjs";
import { embed } from "../../scripts/wasm/embed.mjs";
import { adaptWasm2js } from "../../scripts/wasm/glue.mjs";
import { ScriptError, at } from "../../scripts/process.mjs";

/**
 * Imports a TypeScript module from its path or its source.
 *
 * @param {{ path: string } | { text: string }} source
 */
async function load(source) {
  /** @type {import("esbuild").BuildOptions} */
  const input = "path" in source ? { entryPoints: [source.path] } : { stdin: { contents: source.text, loader: "ts" } };
  const { outputFiles } = await build({ ...input, bundle: true, format: "esm", write: false });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
}

const { bytesOf } = await load({ path: at("pkg", "src", "runtime", "load", "embedded.ts") });
const { unpacked } = await load({ path: at("pkg", "src", "runtime", "load", "unpack.ts") });

const every = Uint8Array.from({ length: 256 }, (_, byte) => byte);
const noise = Uint8Array.from({ length: 20_000 }, (_, at) => (Math.imul(at + 1, 2_654_435_761) >>> 13) & 255);
const modules = {
  "no bytes": new Uint8Array(0),
  "every byte once": every,
  noise: noise,
  "only bytes above 127": noise.map((byte) => byte | 128),
  "what a literal would have to escape": Buffer.from("\\\"'`${}</script>\0\n\r\u2028".repeat(50)),
  "the module itself": readFileSync(at("pkg", "dist", "core.wasm")),
};

for (const [name, bytes] of Object.entries(modules)) {
  test(`bytes are encoded and decoded: ${name}`, async () => {
    const text = embed(bytes);
    assert.match(text, /^[\x20-\x7e\n]*$/, "plain ASCII");
    const embedded = await load({ text });
    assert.deepEqual(Buffer.from(bytesOf(embedded)), Buffer.from(bytes), "by JavaScript");
    assert.deepEqual(Buffer.from(unpacked(embedded)), Buffer.from(bytes), "by the small module");
  });
}

test("the encoded module is shorter than base64", () => {
  const bytes = modules["the module itself"];
  assert.ok(embed(bytes).length < bytes.length * 1.2);
});

const strings = [
  "",
  "plain",
  "é ü ß",
  "漢字かな",
  "😀 👩‍👩‍👧",
  "\0\x7f\x80\u07ff\u0800\uffff\u{10000}\u{10ffff}",
  "lone \ud800 and \udc00 halves\ud83d",
  "a".repeat(5000),
];

test("the portable encoder and decoder agree with those of the platform", async () => {
  const text = await load({ path: at("pkg", "src", "runtime", "utf8.ts") });
  const { TextEncoder, TextDecoder } = globalThis;
  delete globalThis.TextEncoder;
  delete globalThis.TextDecoder;
  const plain = { encoder: text.newEncoder(), decoder: text.newDecoder() };
  Object.assign(globalThis, { TextEncoder, TextDecoder });
  const own = { encoder: new TextEncoder(), decoder: new TextDecoder("utf-8", { ignoreBOM: true }) };
  assert.notEqual(plain.encoder.constructor, own.encoder.constructor);
  for (const string of strings) {
    const bytes = own.encoder.encode(string);
    assert.deepEqual(plain.encoder.encode(string), bytes);
    assert.equal(plain.decoder.decode(bytes), own.decoder.decode(bytes));
    for (const room of [0, 1, 2, 3, 5, 9, bytes.length, bytes.length + 1]) {
      const [mine, theirs] = [new Uint8Array(room), new Uint8Array(room)];
      assert.deepEqual(plain.encoder.encodeInto(string, mine), own.encoder.encodeInto(string, theirs));
      assert.deepEqual(mine, theirs);
    }
  }
  assert.equal(plain.decoder.decode(Uint8Array.of(0x61, 0xff, 0xc3, 0x28, 0xf0, 0x9f)), "a\ufffd\ufffd(\ufffd");
});

test("a changed output of wasm2js stops the build", () => {
  assert.throws(() => adaptWasm2js("export default 1;"), ScriptError);
});

test("a project that cannot be installed keeps its earlier rows, with their day, and says why", () => {
  const earlier = { date: "2026-01-01", rows: [{ tool: "Next", version: "16.0.0" }] };
  const message = "`npm install` exited with 1\nnpm error code ETARGET\nnpm error notarget No version of next /tmp/x";
  const reason = reasonOf(new Error(message));
  assert.equal(reason, "ETARGET");
  const notRun = [{ tool: "next", result: /** @type {const} */ ("not run"), reason }];
  const first = recorded(earlier, notRun, "2026-02-02");
  const again = recorded(first, notRun, "2026-03-03");
  for (const [results, date] of /** @type {const} */ ([
    [first, "2026-02-02"],
    [again, "2026-03-03"],
  ])) {
    const rows = tableOf({ next: results }).split("\n").slice(2);
    assert.equal(rows.length, 2);
    assert.match(rows[0], /Next +\| 16\.0\.0 .*passed .*2026-01-01/);
    assert.match(rows[1], new RegExp(`not run: ETARGET .*${date}`));
  }
  const passed = [{ tool: "Next", version: "16.1.0" }];
  assert.deepEqual(recorded(again, passed, "2026-04-04"), { date: "2026-04-04", rows: passed });
});

// Compares checks of hostile lines and files with JSON.parse of the same bytes. No line should take more than five
// times as long, or much more than 64 MiB besides the line itself, which is the size of the smaller buffers that it
// outgrew.
import { pathToFileURL } from "node:url";
import { at } from "../scripts/process.mjs";
import { table } from "./tables.mjs";

const head =
  '{"custom_id":"a","method":"POST","url":"/v1/chat/completions","body":{"model":"gpt-5.4-mini","messages":[],';
const id = (number) => String(number).padStart(4, "0");
const long = "p".repeat(505);

/** Makes a file of about `bytes` bytes from a prefix, numbered parts and a suffix. */
function fill(bytes, before, part, after) {
  const parts = [before];
  for (let number = 0, size = before.length + after.length; ; number++) {
    const text = part(number);
    size += text.length;
    if (size >= bytes) break;
    parts.push(text);
  }
  return [...parts, after].join("");
}

/**
 * Hostile lines: a prefix, the part that is repeated with a number, and a suffix.
 *
 * @type {Record<string, [string, (number: number) => string, string]>}
 */
const lines = {
  "one key": [head, () => '"a":1,', '"b":1}}\n'],
  "one long key": [head, () => `"${"k".repeat(40)}":1,`, '"b":1}}\n'],
  "one key, in an array": [`${head}"x":[{`, () => '"a":1,', '"b":1}]}}\n'],
  "keys that count up": [head, (number) => `"k${number}":1,`, '"b":1}}\n'],
  "the same in an array": [`${head}"x":[{`, (number) => `"k${number}":1,`, '"b":1}]}}\n'],
  "the same with escapes": [`${head}"x":[{`, (number) => `"\\u006b${number}":1,`, '"b":1}]}}\n'],
  "empty keys and strings": ["{", () => '"":"",', '"":""}\n'],
  "small objects": [`${head}"x":[`, () => '{"a":1,"b":2,"c":3},', "1]}}\n"],
  zeros: [`${head}"x":[`, () => "0,", "0]}}\n"],
  "empty strings": [`${head}"x":[`, () => '"",', '""]}}\n'],
  "true and true": [`${head}"x":[`, () => "true,", "1]}}\n"],
  "empty arrays": [`${head}"x":[`, () => "[],", "1]}}\n"],
  "objects in objects": ["", () => '{"a":', "\n"],
  escapes: [`${head}"x":"`, () => "\\n", '"}}\n'],
  "a string without an end": [`${head}"x":"`, () => "a", "\n"],
};

/** Hostile files of many lines, each with a number. */
const files = {
  "long models with one beginning": (number) =>
    `{"custom_id":"${number}","url":"/v1/embeddings","body":{"model":"${long}${id(number % 256)}","input":"x"}}\n`,
  "long urls with one beginning": (number) => `{"custom_id":"${number}","url":"${long}${id(number % 256)}"}\n`,
  "one id": () => '{"custom_id":"a"}\n',
  "empty objects": () => "{}\n",
};

/** Measures, prints a table and returns the results. */
export async function measureHostile() {
  const { checkInput } = await import(pathToFileURL(at("pkg", "dist", "files.js")).href);
  const measured = {};
  /** @type {[string, () => string][]} */
  const cases = [];
  for (const [name, parts] of Object.entries(lines)) cases.push([`line: ${name}`, () => fill(64e6, ...parts)]);
  for (const [name, part] of Object.entries(files)) cases.push([`file: ${name}`, () => fill(16e6, "", part, "")]);
  for (const [name, make] of cases) {
    const bytes = new TextEncoder().encode(make());
    const parsed = time(() => {
      for (const line of new TextDecoder().decode(bytes).split("\n")) parse(line);
    });
    let memory = 0;
    const start = performance.now();
    await checkInput(bytes, { onProgress: (progress) => (memory = progress.memory) });
    const spent = performance.now() - start;
    const held = name.startsWith("line") ? bytes.length : 0;
    measured[name] = { bytes: bytes.length, parsed, spent, ratio: spent / parsed, memory: memory - held };
  }
  const row = ([name, { parsed, spent, ratio, memory }]) => [
    name,
    parsed.toFixed(0),
    spent.toFixed(0),
    `${ratio.toFixed(2)} x`,
    (memory / 2 ** 20).toFixed(0),
  ];
  const titles = ["", "JSON.parse, ms", "batchlight, ms", "time", "MiB besides the line"];
  table("Hostile input: 64 MB in a line, 16 MB in many", titles, Object.entries(measured).map(row));
  return { measured, blocks: {} };
}

function time(work) {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function parse(line) {
  try {
    return JSON.parse(line);
  } catch {
    return undefined; // Invalid JSON is measured too.
  }
}

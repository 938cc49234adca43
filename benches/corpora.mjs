// The files for the benchmarks, in a cache folder. The same seed gives the same file on every machine.
// node benches/corpora.mjs NAME [BYTES] [SEED] writes one and prints its path. Without a name, it lists the names.
//
// The files are formatted as usual programs do: `big` and `b64` without spaces, like JSON.stringify, and the others
// with a space after commas and colons, like Python's json.dumps and like results. Prose, code and numbers are
// generated once and cut at random, so that a large file is generated as fast as it can be written.
import { createHash } from "node:crypto";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { random } from "../scripts/random.mjs";
import { at } from "../scripts/process.mjs";

/** The content and the default size of each file. */
export const corpora = {
  big: { what: "chat requests of 4 kB", bytes: 200e6, lines: bigLines },
  small: { what: "chat requests of a few words", bytes: 32e6, lines: smallLines },
  embin: { what: "embedding requests: texts, and token numbers", bytes: 32e6, lines: embeddingInputs },
  cjk: { what: "chat requests in Chinese and Japanese", bytes: 32e6, lines: cjkLines },
  b64: { what: "chat requests with images", bytes: 64e6, lines: imageLines },
  esc: {
    what: "chat requests full of escapes: code, and text beyond ASCII as \\uXXXX",
    bytes: 32e6,
    lines: escapedLines,
  },
  output: { what: "chat results for big, one in fifty missing, in another order", bytes: 32e6, lines: outputLines },
  errors: { what: "the failures that output lacks", bytes: 1e6, lines: errorLines },
  embout: { what: "embedding results", bytes: 64e6, lines: embeddingOutputs },
};

/** The names of the files. */
export const names = /** @type {(keyof typeof corpora)[]} */ (Object.keys(corpora));

/** A hash of the script that makes a file, for the name of the file. */
export const recipeOf = (script) => createHash("sha256").update(readFileSync(script)).digest("hex").slice(0, 8);

/**
 * Writes a corpus unless it exists.
 *
 * @param {keyof typeof corpora} name
 * @param {{ bytes?: number, lines?: number, seed?: number, folder?: string }} [options] `bytes`: the
 * approximate size; `lines`: the number of lines instead, or for results the number of requests in the input
 * @returns {{ file: string, bytes: number, lines: number }}
 */
export function corpus(name, { bytes, lines, seed = 1, folder = at(".cache", "corpora") } = {}) {
  const { bytes: usual, lines: make } = corpora[name];
  // A change of this file changes the corpora, so its hash is part of the name.
  const recipe = recipeOf(new URL(import.meta.url));
  const size = lines === undefined ? `${bytes ?? usual}` : `${lines}-lines`;
  const file = join(folder, `${name}-${size}-${seed}-${recipe}.jsonl`);
  const facts = `${file}.json`;
  if (!existsSync(facts)) {
    mkdirSync(folder, { recursive: true });
    const written = write(`${file}.part`, make(random(seed), lines), { bytes: bytes ?? usual, lines });
    renameSync(`${file}.part`, file);
    writeAll(facts, JSON.stringify(written));
  }
  return { file, ...JSON.parse(readFileSync(facts, "utf8")) };
}

function write(file, source, { bytes: wanted, lines: count }) {
  const descriptor = openSync(file, "w");
  let [bytes, lines, pending] = [0, 0, []];
  const flush = () => {
    const piece = Buffer.from(pending.join(""));
    for (let done = 0; done < piece.length; ) done += writeSync(descriptor, piece, done);
    [bytes, pending] = [bytes + piece.length, []];
  };
  let characters = 0;
  for (const line of source) {
    pending.push(line, "\n");
    lines += 1;
    characters += line.length;
    if (characters > 1 << 20 || lines === count) [characters] = [0, flush()];
    // Compares the limit with the bytes that were written and, roughly, those that are buffered.
    if (count === undefined ? bytes + characters >= wanted : lines === count) break;
  }
  flush();
  closeSync(descriptor);
  return { bytes, lines };
}

function writeAll(file, text) {
  const descriptor = openSync(file, "w");
  writeSync(descriptor, text);
  closeSync(descriptor);
}

const words = `
  the of and to in is that for it as was with be by on not he his but at are this have from or had an they which one
  you were all her she there would their we him been has when who will no more if out so up said what its about than
  into them can only other time new some could these two may first then do any like my now over such our man me even
  most made after also did many off before must well back through years where much your way down should because long
  each just state those people too mr how little good world make very year still see own work men day get here old
  life both between being under three never know same last another while us might great go come since against right
  came take used himself few house American use place during high without again home around small however found Mrs.
  part school thought went say general once upon
`
  .trim()
  .split(/\s+/u);

const prose = (next, length) => {
  let text = "";
  for (let sentence = 0; text.length < length; sentence = 0) {
    for (const end = 6 + next(18); sentence < end; sentence += 1)
      text += `${sentence ? " " : ""}${words[next(words.length)]}`;
    text += next(12) === 0 ? ' ("so it is said").' : ".";
    text += next(7) === 0 ? "\n\n" : " ";
  }
  return text;
};

const code = (next, length) => {
  let text = "";
  while (text.length < length) {
    const name = () => words[next(words.length)].replace(/\W/gu, "");
    text += `\tif (${name()} === "${name()}\\n") {\r\n`;
    text += `\t\treturn "${name()}/${name()}" + '\\t' + ${next(1000)};\r\n\t}\r\n`;
  }
  return text;
};

const cjk = (next, length) => {
  let text = "";
  while (text.length < length) {
    for (let i = 4 + next(20); i > 0; i -= 1)
      text += String.fromCodePoint(next(3) ? 0x4e00 + next(3000) : 0x3042 + next(80));
    text += next(6) ? "，" : "。GPT 4 ";
  }
  return text;
};

const base64 = (next, length) => {
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i += 1) bytes[i] = next(256);
  return Buffer.from(bytes).toString("base64");
};

/** Returns a function that cuts JSON strings out of a text, never within an escape or a surrogate pair. */
function cutter(next, text, quote = JSON.stringify) {
  const pieces = text.match(/[^ ,，。\n]+[ ,，。\n]*/gsu);
  return (length) => {
    let cut = "";
    for (let i = next(pieces.length); cut.length < length; i = (i + 1) % pieces.length) cut += pieces[i];
    return quote(cut);
  };
}

/** JSON.stringify with all characters beyond ASCII escaped, like json.dumps. */
const ascii = (text) =>
  JSON.stringify(text).replace(/[^\0-\x7f]/gu, (c) =>
    Array.from({ length: c.length }, (_, i) => `\\u${c.charCodeAt(i).toString(16).padStart(4, "0")}`).join(""),
  );

const count = (lines, each) =>
  (function* () {
    for (let i = 0; lines === undefined || i < lines; i += 1) yield each(i);
  })();

function bigLines(next, lines) {
  const text = cutter(next, prose(next, 2e6));
  return count(
    lines,
    (i) =>
      `{"custom_id":"request-${i}","method":"POST","url":"/v1/chat/completions","body":` +
      `{"model":"gpt-5.4-mini","messages":[` +
      `{"role":"system","content":${text(400)}},{"role":"user","content":${text(2000 + next(3000))}}],` +
      `"temperature":0.${next(10)},"max_tokens":${100 + next(900)}}}`,
  );
}

function smallLines(next, lines) {
  const text = cutter(next, prose(next, 1e5));
  return count(
    lines,
    (i) =>
      `{"custom_id": "task-${i}", "method": "POST", "url": "/v1/chat/completions", "body": ` +
      `{"model": "gpt-5.4-mini", "messages": [` +
      `{"role": "system", "content": "You are a helpful assistant."}, ` +
      `{"role": "user", "content": ${text(10 + next(80))}}, ` +
      `{"role": "assistant", "content": ${text(10 + next(60))}}, ` +
      `{"role": "user", "content": ${text(10 + next(200))}}], ` +
      `"temperature": 0.${next(10)}, "seed": ${next(100000)}, "stream": false, "max_tokens": ${100 + next(900)}}}`,
  );
}

function embeddingInputs(next, lines) {
  const text = cutter(next, prose(next, 1e6));
  const list = (length, one) => Array.from({ length }, one).join(", ");
  return count(
    lines,
    (i) =>
      `{"custom_id": "embed-${i}", "method": "POST", "url": "/v1/embeddings", "body": ` +
      `{"model": "text-embedding-3-small", ` +
      `"input": [${i % 2 ? list(20, () => text(150 + next(150))) : list(800, () => next(100000))}]}}`,
  );
}

function cjkLines(next, lines) {
  const text = cutter(next, cjk(next, 1e6));
  return count(
    lines,
    (i) =>
      `{"custom_id": "任务-${i}", "method": "POST", "url": "/v1/chat/completions", "body": ` +
      `{"model": "gpt-5.4-mini", "messages": [` +
      `{"role": "system", "content": ${text(60)}}, {"role": "user", "content": ${text(200 + next(800))}}]}}`,
  );
}

function imageLines(next, lines) {
  const [text, image] = [cutter(next, prose(next, 1e5)), base64(next, 3e5)];
  const part = () => {
    const start = 4 * next(25000);
    return image.slice(start, start + 4 * (5000 + next(20000)));
  };
  return count(
    lines,
    (i) =>
      `{"custom_id":"image-${i}","method":"POST","url":"/v1/chat/completions","body":` +
      `{"model":"gpt-5.4-mini","messages":[` +
      `{"role":"user","content":[{"type":"text","text":${text(100)}},` +
      `{"type":"image_url","image_url":{"url":"data:image/jpeg;base64,${part()}","detail":"low"}}]}]}}`,
  );
}

function escapedLines(next, lines) {
  const [program, text] = [cutter(next, code(next, 5e5)), cutter(next, cjk(next, 3e5), ascii)];
  return count(
    lines,
    (i) =>
      `{"custom_id": "escaped-${i}", "method": "POST", "url": "/v1/chat/completions", "body": ` +
      `{"model": "gpt-5.4-mini", "messages": ` +
      `[{"role": "system", "content": ${text(30)}}, {"role": "user", "content": ${program(1000 + next(1500))}}, ` +
      `{"role": "user", "content": ${text(50 + next(150))}}]}}`,
  );
}

const hex = (next, length) => Array.from({ length }, () => next(16).toString(16)).join("");

/** Result lines in another order than the requests. `of` selects the requests whose results the file contains. */
function* results(requests = Infinity, of, each) {
  // Servers finish blocks of requests one after the other. Each block is written backwards.
  const block = 7919;
  for (let start = 0; start < requests; start += block) {
    for (let i = Math.min(start + block, requests) - 1; i >= start; i -= 1) if (of(i)) yield each(i);
  }
}

const fails = (i) => i % 50 === 7;

function outputLines(next, lines) {
  const text = cutter(next, prose(next, 1e6));
  return results(
    lines,
    (i) => !fails(i),
    (i) => {
      const [prompt, completion] = [500 + next(1000), 50 + next(300)];
      return (
        `{"id": "batch_req_${hex(next, 32)}", "custom_id": "request-${i}", "response": ` +
        `{"status_code": 200, "request_id": ` +
        `"${hex(next, 32)}", "body": {"id": "chatcmpl-${hex(next, 29)}", "object": "chat.completion", "created": ` +
        `${1736489777 + next(9999)}, "model": "gpt-5.4-mini-2026-03-17", ` +
        `"choices": [{"index": 0, "message": {"role": "assistant", ` +
        `"content": ${text(100 + next(500))}, "refusal": null}, ` +
        `"logprobs": null, "finish_reason": "stop"}], "usage": ` +
        `{"prompt_tokens": ${prompt}, "completion_tokens": ${completion}, "total_tokens": ${prompt + completion}, ` +
        `"prompt_tokens_details": {"cached_tokens": 0, "audio_tokens": 0}, ` +
        `"completion_tokens_details": {"reasoning_tokens": 0, ` +
        `"audio_tokens": 0, "accepted_prediction_tokens": 0, "rejected_prediction_tokens": 0}}, ` +
        `"service_tier": "default", ` +
        `"system_fingerprint": "fp_${hex(next, 10)}"}}, "error": null}`
      );
    },
  );
}

function errorLines(next, lines) {
  return results(
    lines,
    fails,
    (i) =>
      `{"id": "batch_req_${hex(next, 32)}", "custom_id": "request-${i}", "response": ` +
      `{"status_code": 429, "request_id": ` +
      `"${hex(next, 32)}", "body": {"error": {"message": "Rate limit reached for gpt-5.4-mini", "type": "tokens", ` +
      `"param": null, "code": "rate_limit_exceeded"}}}, "error": null}`,
  );
}

function embeddingOutputs(next, lines) {
  // Like the API: 32-bit floats with eight digits, and small ones in Python's format.
  const values = Array.from({ length: 50000 }, () => {
    const value = ((next(2) ? 1 : -1) * next(2 ** 24)) / 2 ** 28;
    return Math.abs(value) < 1e-4
      ? value.toExponential(7).replace(/-(\d)$/u, "-0$1")
      : `${Number(value.toPrecision(8))}`;
  });
  return count(lines, (i) => {
    const start = next(values.length - 1536);
    return (
      `{"id": "batch_req_${hex(next, 32)}", "custom_id": "embed-${i}", "response": ` +
      `{"status_code": 200, "request_id": ` +
      `"${hex(next, 32)}", "body": {"object": "list", "data": [{"object": "embedding", "index": 0, "embedding": [` +
      `${values.slice(start, start + 1536).join(", ")}]}], "model": "text-embedding-3-small", ` +
      `"usage": {"prompt_tokens": 8, "total_tokens": 8}}}, "error": null}`
    );
  });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [asked, bytes, seed] = process.argv.slice(2);
  const name = names.find((name) => name === asked);
  if (name === undefined) {
    for (const [name, { what, bytes }] of Object.entries(corpora))
      console.log(`${name.padEnd(8)} ${bytes / 1e6} MB of ${what}`);
    process.exitCode = asked === undefined ? 0 : 2;
  } else {
    const made = corpus(name, { bytes: bytes && Number(bytes), seed: seed && Number(seed) });
    console.log(`${made.file}: ${made.lines} lines, ${made.bytes} bytes`);
  }
}

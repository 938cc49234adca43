// Measures one corpus; the candidates take turns. benches/files.mjs runs it with each version of Node:
// node measure.mjs '{ "kind": …, "rounds": …, "entry": module of batchlight/files, "peers": folder of the other
// packages, "python": command line that makes turns in Python or nothing, "paths": the corpus files }'
import { createReadStream, readFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { createRequire } from "node:module";
import { setTimeout } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { byLine, byStream, plainChecks, plainDigest, plainJoin, schemaChecks, streamed } from "./pipelines.mjs";
import { turnsOf } from "./other-process.mjs";
import { ajvLine, ataLine, zodLine } from "./schemas.mjs";

const { kind, rounds, entry, peers, python, paths } = JSON.parse(process.argv[2]);
const require = createRequire(`${peers}/index.js`);
const { checkInput, digestResults, reconcile } = await import(pathToFileURL(entry).href);

let memory = 0;
/** The corpora are larger than servers allow. */
const limits = { requests: 1e9, bytes: 1e12, embeddingInputs: 1e9 };
const onProgress = (progress) => (memory = Math.max(memory, progress.memory));

const js = (way, checks, bytes) => () => {
  const { each, report } = checks();
  way(bytes, each);
  return report();
};

/** Reads from disk. The file is opened for each measurement. */
async function fromDisk(path, work) {
  const file = await open(path);
  try {
    return await work(file);
  } finally {
    await file.close();
  }
}

const kinds = {
  input: (bytes) => ({
    "JavaScript, by stream": js(byStream, plainChecks, bytes),
    "JavaScript, by line": js(byLine, plainChecks, bytes),
    "JavaScript and ajv": js(byLine, () => schemaChecks(ajvLine(require("ajv").default ?? require("ajv"))), bytes),
    "JavaScript and ata-validator": js(
      byLine,
      () => schemaChecks(ataLine(require(`${peers}/node_modules/ata-validator`))),
      bytes,
    ),
    "JavaScript and zod": js(byLine, () => schemaChecks(zodLine(require("zod").z)), bytes),
    batchlight: () => checkInput(bytes, { limits, onProgress }),
  }),
  results: (bytes) => ({
    "JavaScript, by stream": js(byStream, plainDigest, bytes),
    "JavaScript, by line": js(byLine, plainDigest, bytes),
    batchlight: () => digestResults(bytes, { onProgress }),
  }),
  join: (input, output, error) => ({
    "JavaScript, by stream": () => plainJoin(input, output, error, byStream),
    "JavaScript, by line": () => plainJoin(input, output, error, byLine),
    batchlight: () => reconcile({ input, output, error }, { onProgress }),
  }),
  disk: () => ({
    "JavaScript, by stream": () => streamed(createReadStream(paths[0]), plainChecks()),
    batchlight: () => fromDisk(paths[0], (file) => checkInput(file, { limits, onProgress })),
  }),
};

const files = kind === "disk" ? [] : paths.map((path) => new Uint8Array(readFileSync(path)));
const inPython = python && turnsOf([...python, kind, ...paths]);
const candidates = { ...kinds[kind](...files), ...(inPython && { pysimdjson: inPython.turn }) };
const milliseconds = Object.fromEntries(Object.keys(candidates).map((name) => [name, []]));
// The first round warms up.
for (let round = 0; round <= rounds; round++) {
  for (const [name, run] of Object.entries(candidates)) {
    // Collects the garbage of the previous candidate, so that it does not slow this one.
    globalThis.gc();
    await setTimeout(50);
    const start = performance.now();
    const report = await run();
    const spent = performance.now() - start;
    const isError = (issue) => issue.level === "error" || Array.isArray(issue);
    const error = report.invalid?.[0] ?? (report.issues ?? []).find(isError);
    if (error) throw new Error(`expected no errors in ${paths}, found ${JSON.stringify(error)} by ${name}`);
    if (round > 0) milliseconds[name].push(spent);
  }
}
inPython?.end();
console.log(JSON.stringify({ memory, milliseconds }));

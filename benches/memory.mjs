// node --expose-gc benches/memory.mjs: measures the resident memory of the process after hostile values, stack
// overflows and huge values, for each entry. The tests check the module's memory, which is the same in every run; the
// memory of the process depends on the machine. Requires a build.
import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { at, print } from "../scripts/process.mjs";
import { atTheBottom } from "../tests/js/stack.mjs";

if (!globalThis.gc) throw new Error("expected the option --expose-gc: node --expose-gc benches/memory.mjs");

const dist = (name) => at("pkg", "dist", name);
const batch = {
  id: "batch_1",
  object: "batch",
  endpoint: "/v1/embeddings",
  input_file_id: "file-1",
  completion_window: "24h",
  status: "failed",
  created_at: 1_736_489_775,
};

/** The minimum of several measurements, because another thread frees buffers with a delay. */
async function residentMegabytes() {
  let min = Infinity;
  for (let attempt = 0; attempt < 10; attempt++) {
    globalThis.gc();
    await wait(20);
    min = Math.min(min, process.memoryUsage().rss / (1 << 20));
  }
  return min;
}

/** An object whose properties throw when they are read. */
function throwing() {
  const get = () => {
    throw new Error("thrown on purpose");
  };
  const members = Object.keys(batch).map((name) => [name, { get, enumerable: true }]);
  return Object.defineProperties({}, Object.fromEntries(members));
}

const list = (length) => ({ data: new Array(length).fill({ code: "c".repeat(3000), message: "m".repeat(3000) }) });
const huge = "x".repeat(10 << 20);

const work = {
  "1,000 objects that throw": (api) => {
    for (let count = 0; count < 1000; count++) api.safeParseBatch(throwing());
  },
  "10 stack overflows": (api) => {
    for (let count = 0; count < 10; count++) atTheBottom(() => api.describeBatch(batch));
  },
  "200,000 errors, and 10 MB in each field": (api) => {
    api.describeBatch({ ...batch, errors: list(200_000) });
    api.safeParseBatch(Object.fromEntries(Object.keys(batch).map((name) => [name, huge])));
  },
};

for (const entry of ["index.js", "slim.js", "js.js"]) {
  const api = await import(dist(entry));
  api.initSync?.(readFileSync(dist("core.wasm")));
  for (const [name, run] of Object.entries(work)) {
    run(api);
    const before = await residentMegabytes();
    for (let round = 0; round < 4; round++) run(api);
    const grown = (await residentMegabytes()) - before;
    print(`${entry}: ${name}, four times more: ${grown.toFixed(1)} MB above ${before.toFixed(0)} MB`);
  }
}

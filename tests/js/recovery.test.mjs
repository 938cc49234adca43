// Thousands of hostile values, and calls without stack: each may fail, but must not affect the next call nor leak
// memory. The tests run one after the other, so that only one entry is in use at a time.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { collectGarbage, memoriesKept, memoriesMade, memoryBytes } from "./memories.mjs";
import { batchWith, created } from "./support.mjs";
import { deep, hostileValues } from "./hostile-values.mjs";
import { atTheBottom } from "./stack.mjs";

const now = created + 100;
const good = batchWith({
  status: "completed",
  in_progress_at: created + 1,
  finalizing_at: created + 2,
  completed_at: created + 3,
  output_file_id: null,
  request_counts: { total: 3, completed: 3, failed: 0 },
});

const calls = {
  isBatch: (api, value) => api.isBatch(value),
  parseBatch: (api, value) => api.parseBatch(value),
  safeParseBatch: (api, value) => api.safeParseBatch(value),
  describeBatch: (api, value) => api.describeBatch(value, { now }),
  nextPoll: (api, value) => api.nextPoll(value, { now }),
  compareBatches: (api, value) => api.compareBatches(value, value),
  transition: (api, value) => api.transition(value, "in_progress", { at: now }),
  validate: (api, value) => api.batchSchema["~standard"].validate(value),
  nextStatuses: (api) => api.nextStatuses("validating"),
  isTerminal: (api) => api.isTerminal("validating"),
  canReach: (api) => api.canReach("validating", "completed"),
};

/** The results of every function for valid values, for comparison after failures. */
const answers = (api) => {
  const moved = calls.transition(api, batchWith());
  return JSON.stringify([
    ...Object.values(calls)
      .filter((call) => call !== calls.transition)
      .map((call) => call(api, good)),
    moved,
    api.describeBatch(JSON.stringify(good), { now }),
  ]);
};

async function entry(name) {
  const api = await import(name);
  if (name.endsWith("/slim")) {
    api.initSync(readFileSync(join(process.env.BATCHLIGHT_PROJECT, "node_modules", "batchlight", "dist", "core.wasm")));
  }
  return api;
}

function attempt(call, api, value) {
  try {
    call(api, value);
    return 0;
  } catch {
    return 1;
  }
}

// The number of rounds of hostile values (two throwing getters and a proxy in each) and of stack overflows. The entries
// share the JavaScript that reads values and restarts the module. A round of the wasm-free entry takes three times as
// long, so it runs a fifth of them.
const repeats = {
  batchlight: { poisonings: 5000, overflows: 40 },
  "batchlight/slim": { poisonings: 5000, overflows: 40 },
  "batchlight/js": { poisonings: 1000, overflows: 8 },
};

for (const [name, { poisonings, overflows }] of Object.entries(repeats)) {
  const api = await entry(name);
  // The first call starts the entry's module.
  const expected = answers(api);
  const kept = await memoriesKept(0);

  await test(`${name}: thousands of throwing getters and proxies do not affect results or memory`, async () => {
    const asked = [];
    const poison = (rounds) => {
      for (let round = 0; round < rounds; round++) {
        const values = [
          hostileValues["throwing getters"](),
          hostileValues["throwing getters"](),
          hostileValues[round % 2 ? "a proxy that throws" : "a revoked proxy"](),
        ];
        for (const value of values) for (const call of [calls.isBatch, calls.safeParseBatch]) attempt(call, api, value);
        if (round % 50 === 0)
          for (const value of values) for (const call of Object.values(calls)) attempt(call, api, value);
        if (round % 1000 === 0) assert.equal(answers(api), expected);
        asked.push(...values.map((value) => new WeakRef(value)));
      }
    };
    poison(500);
    const [bytes, made] = [memoryBytes(), memoriesMade()];
    poison(poisonings);
    assert.equal(answers(api), expected);
    assert.deepEqual([memoryBytes(), memoriesMade()], [bytes, made], "no more memory, and no module given up");
    await collectGarbage();
    assert.equal(asked.filter((value) => value.deref()).length, 0, "none of the values is kept");
  });

  for (const [called, call] of Object.entries(calls)) {
    await test(`${name}: ${called} fails without stack, and works again afterwards`, () => {
      const value = called === "transition" ? batchWith() : good;
      for (let round = 0; round < 3; round++) {
        const failures = atTheBottom(() => call(api, value));
        assert.ok(failures > 0, "the stack was never short");
        assert.equal(answers(api), expected);
      }
    });
  }

  await test(`${name}: hundreds of stack overflows leak no memory`, async () => {
    const made = memoriesMade();
    for (let round = 0; round < overflows; round++) atTheBottom(() => calls.describeBatch(api, good));
    assert.equal(answers(api), expected);
    assert.ok(memoriesMade() - made >= overflows, "modules were given up");
    assert.ok((await memoriesKept(kept)) <= kept, "none that was given up is kept");
  });

  await test(`${name}: the memory of huge values is released`, () => {
    const feed = () => {
      api.describeBatch(hostileValues["200,000 errors with long texts"](), { now });
      api.safeParseBatch(hostileValues["10 MB in every field"]());
      api.safeParseBatch(deep(100_000));
    };
    feed();
    const [bytes, made] = [memoryBytes(), memoriesMade()];
    for (let round = 0; round < 4; round++) feed();
    assert.deepEqual([memoryBytes(), memoriesMade()], [bytes, made]);
    assert.equal(answers(api), expected);
  });

  await test(`${name}: a getter may call the package`, () => {
    const nested = Object.defineProperty({ ...good }, "status", {
      enumerable: true,
      get: () => (answers(api) === expected ? "completed" : "broken"),
    });
    assert.equal(api.isBatch(nested), true);
    assert.equal(api.describeBatch(nested, { now }).id, good.id);
    assert.equal(api.compareBatches(nested, good).relation, "unchanged");
    assert.equal(api.compareBatches(good, nested).relation, "unchanged");
    const intruder = Object.defineProperty({ ...good, id: "batch_outer" }, "completion_window", {
      enumerable: true,
      get: () => {
        api.isBatch({ ...good, id: 7 });
        return "24h";
      },
    });
    assert.equal(api.isBatch(intruder), true);
    assert.equal(api.describeBatch(intruder, { now }).id, "batch_outer");
    assert.equal(
      api.isBatch(
        Object.defineProperty({ ...good, id: 7 }, "completion_window", {
          enumerable: true,
          get: () => {
            api.isBatch(good);
            return "24h";
          },
        }),
      ),
      false,
    );
  });
}

// Hostile values by the thousand, and calls with no stack left: each may cost its own call, never the next one, and no
// memory.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { batchWith, created } from "./support.mjs";
import { deep, zoo } from "./zoo.mjs";

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

/** What every function says of good values: the yardstick, taken while all is well. */
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

setFlagsFromString("--expose-gc");
const gc = runInNewContext("gc");

/**
 * What stays resident. Buffers that were let go are freed by a thread of its own, which a busy machine runs late; what
 * is kept never goes.
 */
async function residentMegabytes() {
  let least = Infinity;
  for (let look = 0; look < 10; look++) {
    gc();
    await wait(20);
    least = Math.min(least, process.memoryUsage().rss / (1 << 20));
  }
  return least;
}

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

/**
 * Calls with next to no stack left, then with a frame more, and so on until it succeeds time and again; gives how often
 * it failed.
 */
function atTheBottom(call) {
  let failures = 0;
  let successes = 0;
  const dive = () => {
    try {
      dive();
    } catch {
      // The stack is at its end: from here on there is more of it, frame by frame.
    }
    if (successes >= 30) return;
    try {
      call();
      successes++;
    } catch {
      failures++;
    }
  };
  dive();
  return failures;
}

// The wasm-free twin is `batchlight` when npm test runs the suites a second time.
for (const name of ["batchlight", "batchlight/slim"]) {
  const api = await entry(name);
  const expected = answers(api);

  test(`${name}: 10,000 throwing getters and 5,000 proxies leave it right, and no larger`, async () => {
    const poison = (rounds) => {
      for (let round = 0; round < rounds; round++) {
        const values = [
          zoo["throwing getters"](),
          zoo["throwing getters"](),
          zoo[round % 2 ? "a proxy that throws" : "a revoked proxy"](),
        ];
        for (const value of values) for (const call of [calls.isBatch, calls.safeParseBatch]) attempt(call, api, value);
        if (round % 50 === 0)
          for (const value of values) for (const call of Object.values(calls)) attempt(call, api, value);
        if (round % 1000 === 0) assert.equal(answers(api), expected);
      }
    };
    poison(500);
    const before = await residentMegabytes();
    poison(5000);
    const grown = (await residentMegabytes()) - before;
    assert.ok(grown < 48, `resident memory grew by ${grown.toFixed(0)} MB`);
    assert.equal(answers(api), expected);
  });

  for (const [called, call] of Object.entries(calls)) {
    test(`${name}: ${called} at the bottom of the stack, and good again after it`, () => {
      const value = called === "transition" ? batchWith() : good;
      for (let round = 0; round < 3; round++) {
        const failures = atTheBottom(() => call(api, value));
        assert.ok(failures > 0, "the stack was never short");
        assert.equal(answers(api), expected);
      }
    });
  }

  test(`${name}: stack overflows by the hundred leave no larger package`, async () => {
    const overflow = () => atTheBottom(() => calls.describeBatch(api, good));
    overflow();
    const before = await residentMegabytes();
    for (let round = 0; round < 40; round++) overflow();
    const grown = (await residentMegabytes()) - before;
    assert.ok(grown < 64, `resident memory grew by ${grown.toFixed(0)} MB`);
    assert.equal(answers(api), expected);
  });

  test(`${name}: huge values give their memory back`, async () => {
    const feed = () => {
      api.describeBatch(zoo["200,000 errors with long texts"](), { now });
      api.safeParseBatch(zoo["10 MB in every member"]());
      api.safeParseBatch(deep(100_000));
    };
    feed();
    feed();
    const before = await residentMegabytes();
    for (let round = 0; round < 4; round++) feed();
    const grown = (await residentMegabytes()) - before;
    assert.ok(grown < 96, `resident memory grew by ${grown.toFixed(0)} MB`);
    assert.equal(answers(api), expected);
  });

  test(`${name}: a getter may call the package itself`, () => {
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
      get: () => (api.isBatch({ ...good, id: 7 }), "24h"),
    });
    assert.equal(api.isBatch(intruder), true);
    assert.equal(api.describeBatch(intruder, { now }).id, "batch_outer");
    assert.equal(
      api.isBatch(
        Object.defineProperty({ ...good, id: 7 }, "completion_window", {
          enumerable: true,
          get: () => (api.isBatch(good), "24h"),
        }),
      ),
      false,
    );
  });
}

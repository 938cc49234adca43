// Property tests: for every plan, seed, input and poll time, the mock sends what its server could send, and its files
// contain each request once.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { compareBatches, safeParseBatch } from "batchlight";
import { checkInput, digestResults, reconcile } from "batchlight/files";
import { created, input, mock } from "./support.mjs";

/** The imitated servers, with the profiles that parse their objects. */
const habits = {
  openai: "openai",
  openai_early: "openai",
  azure: "azure",
  azure_rest: "azure",
  groq: "groq",
  dashscope: "dashscope",
  omitting: "compatible",
};

const plan = fc.record(
  {
    wire: fc.constantFrom(...Object.keys(habits)),
    seed: fc.nat(),
    validationSeconds: fc.nat(2000),
    runSeconds: fc.oneof(fc.nat(20_000), fc.integer({ min: 90_000, max: 200_000 })),
    finalizingSeconds: fc.nat(300),
    cancellingSeconds: fc.nat(3000),
    failureRate: fc.constantFrom(0, 0.1, 0.5, 1),
    failures: fc.uniqueArray(fc.nat(9), { maxLength: 4 }).map((indexes) => indexes.map((index) => ({ index }))),
  },
  { requiredKeys: ["wire"] },
);

/** Events that end most batches early, and are therefore rare. */
const trouble = fc.oneof(
  { weight: 5, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: fc.record({ breakAt: fc.integer({ min: created, max: created + 100_000 }) }) },
  {
    weight: 1,
    arbitrary: fc.constant({
      errors: [{ code: "invalid_json_line", line: 2, message: "This line is not parseable as valid JSON." }],
    }),
  },
);

const journey = fc.record({
  seed: fc.nat(2 ** 32 - 1),
  plan: fc.option(
    fc.tuple(plan, trouble).map(([usual, more]) => ({ ...usual, ...more })),
    { nil: undefined, freq: 8 },
  ),
  requests: fc.integer({ min: 10, max: 25 }),
  bad: fc.oneof({ weight: 7, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  looks: fc.array(fc.nat(40_000), { minLength: 1, maxLength: 7 }),
  cancelAtLook: fc.option(fc.nat(6), { nil: undefined }),
  metadata: fc.constantFrom(undefined, {}, { job: "nightly" }),
});

const isTerminal = (status) => ["completed", "failed", "expired", "cancelled"].includes(status.toLowerCase());

test("all objects are valid and move forward, and the files contain each request once", async () => {
  const ends = new Map();
  const walk = async ({ seed, plan, requests, bad, looks, cancelAtLook, metadata }) => {
    const { clock, create, get, post, text } = mock({ seed });
    const content = `${input(requests)}${bad ? "{no json\n" : ""}`;
    const profile = habits[plan?.wire ?? "openai"];
    const checked = (batch) => {
      const { success, issues } = safeParseBatch(batch, { profile });
      assert.ok(success, JSON.stringify(issues));
      assert.deepEqual(
        issues.filter(({ level }) => level !== "note"),
        [],
      );
      return batch;
    };
    let before = checked(await create(content, { plan, ...(metadata && { metadata }) }));
    for (const [at, seconds] of [...looks, 1_000_000].entries()) {
      clock.advance(seconds);
      // A cancellation also counts as a poll.
      const cancelled = at === cancelAtLook ? await post(`batches/${before.id}/cancel`) : undefined;
      const now = cancelled?.status === 200 ? cancelled.body : (await get(`batches/${before.id}`)).body;
      checked(now);
      const { relation } = compareBatches(before, now, { profile });
      assert.ok(relation === "advanced" || relation === "unchanged", relation);
      const { body: list } = await get("batches");
      assert.deepEqual(list.data, [now]);
      before = now;
      if (isTerminal(now.status)) break;
    }
    assert.ok(isTerminal(before.status), before.status);
    ends.set(before.status.toLowerCase(), (ends.get(before.status.toLowerCase()) ?? 0) + 1);
    const files = (await get("files")).body.data;
    const [output, error] = await Promise.all(
      [before.output_file_id, before.error_file_id].map((id) => (id ? text(id) : undefined)),
    );
    for (const id of [before.output_file_id, before.error_file_id].filter(Boolean)) {
      const { bytes, purpose } = files.find((file) => file.id === id);
      assert.deepEqual(
        [bytes, purpose],
        [Buffer.byteLength(id === before.output_file_id ? output : error), "batch_output"],
      );
    }
    if (!before.in_progress_at) return assert.deepEqual([output, error], [undefined, undefined]);
    assert.equal((await checkInput(content)).requests, requests);
    for (const file of [output, error]) if (file) assert.equal((await digestResults(file)).malformed.count, 0);
    const result = await reconcile(
      { input: content, ...(output && { output }), ...(error && { error }) },
      { batch: before },
    );
    assert.deepEqual([result.missing, result.duplicate, result.conflicting, result.unknown], [0, 0, 0, 0]);
    assert.equal(result.succeeded + result.failed, requests);
    return assert.deepEqual(
      result.countIssues.filter(({ level }) => level === "error"),
      [],
    );
  };
  // The rarest end, expired, has a probability of 1 in 11: 200 runs without it happen once in 100 million times.
  await fc.assert(fc.asyncProperty(journey, walk), { numRuns: 200 });
  // Every terminal status was reached.
  assert.deepEqual([...ends.keys()].sort(), ["cancelled", "completed", "expired", "failed"]);
});

// The simulator through the package. The crate's tests cover its behavior.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { compareBatches, describeBatch, safeParseBatch } from "batchlight";
import { isBatchPlanError, scenarios, simulateBatch } from "batchlight/mock";

const created = 1_764_000_000;

const profileOf = { openai_early: "openai", azure_rest: "azure", omitting: "compatible" };

const plans = fc.record(
  {
    seed: fc.nat(),
    wire: fc.constantFrom("openai", "openai_early", "azure", "azure_rest", "groq", "dashscope", "omitting"),
    created_at: fc.constant(created),
    requests: fc.nat(60),
    runSeconds: fc.nat(200_000),
    failureRate: fc.constantFrom(0, 0.1, 1),
    cancelAt: fc.integer({ min: created, max: created + 200_000 }),
    metadata: fc.constant({ job: "nightly" }),
  },
  { requiredKeys: ["created_at", "seed"] },
);

test("any plan: no issues above notes, and later objects are advanced or unchanged", () => {
  fc.assert(
    fc.property(plans, fc.array(fc.nat(250_000), { minLength: 2, maxLength: 8 }), (plan, moments) => {
      const profile = profileOf[plan.wire] ?? plan.wire ?? "openai";
      const looks = moments.sort((a, b) => a - b).map((after) => simulateBatch(plan, created + after));
      for (const look of looks) {
        const result = safeParseBatch(look, { profile });
        assert.ok(result.success, JSON.stringify(result.issues));
        assert.deepEqual(
          result.issues.filter(({ level }) => level !== "note"),
          [],
        );
      }
      for (const [at, look] of looks.entries()) {
        const { relation } = compareBatches(looks[0], look, { profile });
        assert.ok(relation === "advanced" || relation === "unchanged", `${relation} at ${moments[at]}`);
      }
    }),
    // About 1,000 polls: each of the seven servers appears about 30 times.
    { numRuns: 200 },
  );
});

test("the same plan and time return the same object", () => {
  const plan = { seed: 5, created_at: created, requests: 30, failureRate: 0.3 };
  const once = [0, 4000, 90_000].map((after) => simulateBatch(plan, created + after));
  const again = [90_000, 0, 4000].map((after) => simulateBatch(plan, created + after));
  assert.deepEqual([again[1], again[2], again[0]], once);
  assert.notDeepEqual(simulateBatch({ ...plan, seed: 6 }, created), once[0]);
});

test("nulls as OpenAI sends them: 22 fields, none omitted", () => {
  const batch = simulateBatch({ created_at: created }, created);
  assert.equal(Object.keys(batch).length, 22);
  assert.equal(Object.values(batch).filter((value) => value === null).length, 12);
  assert.equal(batch.usage.total_tokens, 0);
  assert.equal(Object.keys(simulateBatch({ created_at: created, wire: "openai_early" }, created)).length, 20);
});

test("each scenario has its status or outcome", () => {
  for (const [name, { plan, now, summary }] of Object.entries(scenarios)) {
    const profile = profileOf[plan.wire] ?? plan.wire ?? "openai";
    const view = describeBatch(simulateBatch(plan, now), { now, profile });
    assert.equal(view.outcome ?? view.status, name);
    assert.ok(summary);
  }
  assert.equal(Object.keys(scenarios).length, 15);
});

test("the default time is now", () => {
  const plan = { created_at: Math.floor(Date.now() / 1000) - 10 * 86_400, runSeconds: 60 };
  assert.equal(simulateBatch(plan).status, "completed");
});

test("invalid plans", () => {
  const refused = (plan) => {
    try {
      simulateBatch(plan, created);
    } catch (error) {
      assert.ok(error instanceof RangeError && isBatchPlanError(error));
      return [error.name, error.code, error.field, error.message];
    }
    return assert.fail("no error");
  };
  assert.deepEqual(refused({ created_at: created, failureRate: 2 }), [
    ...["BatchPlanError", "invalid_plan", "failureRate"],
    "expected a number from 0 to 1, found 2 at failureRate",
  ]);
  for (const plan of [
    undefined,
    null,
    7,
    "x",
    [],
    {},
    { created_at: -1 },
    { created_at: created, requests: 1e9 },
    { created_at: created, colour: "red" },
  ]) {
    assert.equal(refused(plan)[1], "invalid_plan");
  }
  assert.equal(isBatchPlanError(new RangeError("invalid_plan")), false);
  assert.equal(simulateBatch({ created_at: created }, Number.NaN).status, "validating");
  assert.equal(isBatchPlanError(new RangeError("invalid plan")), false);
});

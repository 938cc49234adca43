// One round of each scenario of `npm run chaos` with a fixed seed.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { runRounds } from "../chaos/round.mjs";
import { scenarios } from "../chaos/scenarios.mjs";
import { Tally } from "../chaos/tally.mjs";

describe("chaos", { concurrency: 2 }, () => {
  for (const scenario of scenarios)
    test(`${scenario.name}: nothing acknowledged is lost and no server hangs`, async (context) => {
      const reason = scenario.skip?.();
      if (reason) return context.skip(reason);
      const tally = new Tally();
      await runRounds(scenario, tally, { seed: 7, more: () => false });
      assert.deepEqual({ lost: tally.lost, failures: tally.failures }, { lost: [], failures: [] });
      assert.ok(tally.acknowledged > 0, "requests were acknowledged");
    });
});

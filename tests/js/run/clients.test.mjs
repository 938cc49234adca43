// Runs by the official client, of each version: its own retries do not create a batch twice.
import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryStore, runBatch } from "batchlight/run";
import { OpenAI as OpenAI4 } from "openai4";
import { OpenAI as OpenAI5 } from "openai5";
import { OpenAI as OpenAI6 } from "openai6";
import { OpenAI as OpenAI7 } from "openai7";
import { fileOf, listOf, resultsOf, server } from "./support.mjs";

for (const [version, OpenAI] of Object.entries({ 4: OpenAI4, 5: OpenAI5, 6: OpenAI6, 7: OpenAI7 }))
  test(`openai ${version}`, async () => {
    const mock = server();
    let lost = 0;
    const fetch = async (url, init) => {
      const response = await mock.api.fetch(url, init);
      const isCreate = init?.method?.toUpperCase() === "POST" && String(url).endsWith("/batches");
      if (isCreate && lost++ === 0) throw new TypeError("fetch failed");
      return response;
    };
    const client = new OpenAI({ apiKey: "any", baseURL: "http://mock/v1", fetch: /** @type {any} */ (fetch) });
    const run = runBatch(fileOf(3), { client, clock: mock.clock, store: memoryStore() });
    const types = [];
    for await (const { type } of run) types.push(type);
    const result = await run.result;
    assert.deepEqual(
      (await resultsOf(result)).map(({ custom_id }) => custom_id),
      ["q-0", "q-1", "q-2"],
    );
    assert.equal((await listOf(mock.api, "batches")).length, 1);
    assert.equal(types.at(-1), "reconciled");
  });

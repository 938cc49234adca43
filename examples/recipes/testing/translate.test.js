import assert from "node:assert/strict";
import { test } from "node:test";
import { createMockApi } from "batchlight/mock";
import OpenAI from "openai";
import { translate } from "./translate.js";

const answers = [{ match: { custom_id: "greeting" }, content: "Hallo" }];

/** The official client with a mock as its network. Each retrieval moves the batch to its next status. */
function clientOf(options) {
  const api = createMockApi({ advance: "poll", answers, ...options });
  return new OpenAI({ apiKey: "any", fetch: api.fetch });
}
const wait = async () => {};

test("returns the translations by key", async () => {
  const translations = await translate(clientOf(), { greeting: "hello" }, { wait });
  assert.deepEqual(translations, { greeting: "Hallo" });
});

test("returns nothing if every request failed, although the batch is completed", async () => {
  const translations = await translate(clientOf({ scenario: "all_failed" }), { greeting: "hello" }, { wait });
  assert.deepEqual(translations, {});
});

// The AI SDK: a batch of text requests. Prints its version and the number of results.
import { createRequire } from "node:module";
import { setTimeout as wait } from "node:timers/promises";
import { createOpenAI } from "@ai-sdk/openai";
import * as ai from "ai";

const [, , baseURL] = process.argv.slice(2);
const { version } = createRequire(import.meta.url)("ai/package.json");
const provider = createOpenAI({ baseURL, apiKey: "any" });
const requests = Array.from({ length: 6 }, (_, at) => ({
  id: `request-${at}`,
  type: /** @type {const} */ ("text"),
  model: "gpt-4o-mini",
  prompt: `text of request-${at}`,
}));
const batch = await ai.experimental_startBatch({ provider, requests });
/** @type {Awaited<ReturnType<typeof ai.experimental_getBatchStatus>>} */
let now = batch;
while (now.status === "pending") {
  await wait(50);
  now = await ai.experimental_getBatchStatus({ provider, batch });
}
let results = 0;
for await (const _ of ai.experimental_getBatchResults({ provider, batch })) results++;
console.log(JSON.stringify({ version, results }));

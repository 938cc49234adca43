// An npm client of OpenAI's shape: an upload from memory, a batch, its results. Prints its version and their number.
import { createRequire } from "node:module";
import { setTimeout as wait } from "node:timers/promises";
import { pathToFileURL } from "node:url";

const [name, folder, baseURL] = process.argv.slice(2);
const require = createRequire(`${folder}/`);
// Named by its folder, because `exports` may hide its package.json.
const { version } = require(`${folder}/node_modules/${name}/package.json`);
const module = await import(pathToFileURL(require.resolve(name)).href);
const Client = module.default?.default ?? module.default;
const { toFile } = module.default?.toFile ? module.default : module;
const base = name === "groq-sdk" ? baseURL.replace(/\/v1$/, "") : baseURL;
const client = new Client({ baseURL: base, apiKey: "any", maxRetries: 0 });
const line = (id) => ({
  custom_id: id,
  method: "POST",
  url: "/v1/chat/completions",
  body: { model: "gpt-4o-mini", messages: [{ role: "user", content: `text of ${id}` }] },
});
const text = Array.from({ length: 6 }, (_, at) => `${JSON.stringify(line(`request-${at}`))}\n`).join("");
const file = await client.files.create({ file: await toFile(Buffer.from(text)), purpose: "batch" });
let batch = await client.batches.create({
  input_file_id: file.id,
  endpoint: "/v1/chat/completions",
  completion_window: "24h",
});
while (!["completed", "failed", "expired", "cancelled"].includes(batch.status)) {
  await wait(50);
  batch = await client.batches.retrieve(batch.id);
}
let results = 0;
for (const id of [batch.output_file_id, batch.error_file_id].filter(Boolean))
  results += (await (await client.files.content(id)).text()).trimEnd().split("\n").length;
console.log(JSON.stringify({ version, results }));

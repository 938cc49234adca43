// The code that is tested: it sends texts in one batch and returns the translations by key.
import { toFile } from "openai";

const url = "/v1/chat/completions";

export async function translate(client, texts, { wait }) {
  const lines = Object.entries(texts).map(([custom_id, content]) => {
    const body = { model: "gpt-5.4-mini", messages: [{ role: "user", content: `Translate to German: ${content}` }] };
    return JSON.stringify({ custom_id, method: "POST", url, body });
  });
  const file = await client.files.create({
    file: await toFile(Buffer.from(lines.join("\n")), "texts.jsonl"),
    purpose: "batch",
  });
  let batch = await client.batches.create({ input_file_id: file.id, endpoint: url, completion_window: "24h" });
  while (!["completed", "failed", "expired", "cancelled"].includes(batch.status)) {
    await wait();
    batch = await client.batches.retrieve(batch.id);
  }
  // Absent if no request succeeded.
  if (!batch.output_file_id) return {};
  const output = await (await client.files.content(batch.output_file_id)).text();
  const results = output
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  return Object.fromEntries(
    results.map(({ custom_id, response }) => [custom_id, response.body.choices[0].message.content]),
  );
}

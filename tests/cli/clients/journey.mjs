// The journey of an official JavaScript client, of any major version, through a batch. journey.py is the same for
// Python.
import { setTimeout as wait } from "node:timers/promises";
import { faults, long } from "./support.mjs";

const ends = ["completed", "failed", "expired", "cancelled"];

/**
 * Runs the journey on a server without batches.
 *
 * @param {string} name the client's package
 * @param {string} baseURL
 * @param {string} text the input file
 * @returns {Promise<Record<string, unknown>>} what the client observed
 */
export async function travel(name, baseURL, text) {
  const client = await import(name);
  const { files, batches } = new client.OpenAI({ baseURL, apiKey: "any", maxRetries: 0, timeout: 20_000 });
  const lines = async (id) =>
    (await (await files.content(id)).text())
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
  const upload = async (content, as) =>
    files.create({ file: await client.toFile(Buffer.from(content), as), purpose: "batch" });
  const create = (file, more, options) =>
    batches.create(
      { input_file_id: file.id, endpoint: "/v1/chat/completions", completion_window: "24h", ...more },
      options,
    );
  /** The exported name of the error class that a task throws. */
  const raised = async (work) => {
    const error = await work().then(
      () => undefined,
      (failure) => failure,
    );
    return Object.keys(client).find((key) => key !== "default" && client[key] === error?.constructor) ?? `${error}`;
  };

  const file = await upload(text, "input.jsonl");
  let batch = await create(file, { metadata: { job: "nightly" } });
  const statuses = [batch.status];
  while (!ends.includes(batch.status)) {
    await wait(50);
    batch = await batches.retrieve(batch.id);
    if (batch.status !== statuses.at(-1)) statuses.push(batch.status);
  }
  const [output, error] = [await lines(batch.output_file_id), await lines(batch.error_file_id)];

  const running = await create(file, {}, { headers: long });
  const cancelling = (await batches.cancel(running.id)).status;
  const others = [];
  for (let at = 0; at < 3; at++) others.push((await create(file, {}, { headers: long })).id);
  const listed = [];
  for await (const each of batches.list({ limit: 2 })) listed.push(each.id);

  const list = (headers, options) => () => batches.list({}, { headers, ...options });
  const failures = {};
  for (const fault of Object.keys(faults)) failures[fault] = await raised(list({ "x-batchlight-fault": fault }));
  return {
    statuses,
    counts: batch.request_counts,
    metadata: batch.metadata,
    output: output.map(({ custom_id }) => custom_id),
    error: error.map(({ custom_id }) => custom_id),
    same: (await (await files.content(file.id)).text()) === text,
    cancelling,
    listed,
    expected: [...others.toReversed(), running.id, batch.id],
    // Renamed in version 5.
    deleted: (await (files.del ?? files.delete).call(files, file.id)).deleted,
    gone: await raised(() => files.retrieve(file.id)),
    wrong: await raised(() => upload("a plain text", "input.txt")),
    keyless: await raised(list({ authorization: null })),
    faults: failures,
    slow: await raised(list({ "x-batchlight-fault": "slow" }, { timeout: 300 })),
  };
}

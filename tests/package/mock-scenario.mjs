/**
 * Code that runs the official client through a batch: upload, create, poll until the end, download, cancel, list, and
 * an error.
 */
export const scenario = `
  const bodyOf = (input) => ({ model: "text-embedding-3-small", input });
  const line = (id) => JSON.stringify({ custom_id: id, method: "POST", url: "/v1/embeddings", body: bodyOf(id) });
  async function scenario(client) {
    const input = new File([line("a") + "\\n" + line("b") + "\\n"], "input.jsonl");
    const file = await client.files.create({ purpose: "batch", file: input });
    const expression = { input_file_id: file.id, endpoint: "/v1/embeddings", completion_window: "24h" };
    let batch = await client.batches.create(expression);
    const first = batch.status;
    while (!batch.completed_at) batch = await client.batches.retrieve(batch.id);
    const lines = (await (await client.files.content(batch.output_file_id)).text()).trim().split("\\n");
    const plan = { "x-batchlight-plan": JSON.stringify({ validationSeconds: 60000, cancellingSeconds: 9000000 }) };
    // A day takes 86 milliseconds, in which a slow machine may not reach the cancellation.
    let cancelled, created = 1;
    while (!cancelled && created < 20) {
      const { id } = await client.batches.create(expression, { headers: plan });
      created++;
      cancelled = await client.batches.cancel(id).catch((error) => {
        if (error.status !== 409) throw error;
      });
    }
    let listed = 0;
    for await (const each of client.batches.list({ limit: 1 })) listed += each.object === "batch";
    const failure = await client.batches.retrieve("batch_0").catch((error) => error);
    const ids = lines.map((text) => JSON.parse(text).custom_id).sort();
    return [first, batch.status, ids, cancelled.status, listed === created, failure instanceof OpenAI.NotFoundError];
  }`;

/** The result of the code. */
export const expectedResult = ["validating", "completed", ["a", "b"], "cancelling", true, true];

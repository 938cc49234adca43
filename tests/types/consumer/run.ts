// batchlight/run: events are narrowed by their type, and the result is that of the whole run.
import { isBatchlightRunError, memoryStore, type RunEvent, runBatch } from "batchlight/run";

export async function run(): Promise<string[]> {
  const ids: string[] = [];
  const onUpdate = (event: RunEvent): void => {
    if (event.type === "created") ids.push(event.batchId);
    // @ts-expect-error only created and ended batches have an id
    if (event.type === "uploaded") ids.push(event.batchId);
  };
  const under = runBatch("", { apiKey: "any", store: memoryStore(), onUpdate });
  for await (const event of under) if (event.type === "update") ids.push(event.update.view.label);
  const { succeeded, results } = await under.result;
  const stream: ReadableStream<Uint8Array> = results();
  return [...ids, String(succeeded), String(stream.locked)];
}

export const codeOf = (error: unknown): string => (isBatchlightRunError(error) ? error.code : "other");

// @ts-expect-error a store is required
runBatch("", { apiKey: "any" });

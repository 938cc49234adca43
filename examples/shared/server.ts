// Simulates the responses of your own server, so that the examples run without an API key: one batch runs for about a
// minute and a half, and the others have ended with different outcomes.
import { scenarios, simulateBatch, type WireBatch } from "batchlight/mock";

/** The batch that is watched. */
export const live = "batch_live";

const plan = {
  id: live,
  created_at: Math.floor(Date.now() / 1000),
  requests: 250,
  validationSeconds: 8,
  runSeconds: 75,
  finalizingSeconds: 6,
  failureRate: 0.02,
  seed: 7,
};
const ended = ["succeeded", "all_failed", "rejected", "expired_partial", "cancelled"] as const;

/** The ids of all batches. */
export const ids: readonly string[] = [live, ...ended.map((name) => `batch_${name}`)];

/** Like `client.batches.retrieve(id)` of the official client, or a request to your server. */
export async function retrieveBatch(id: string): Promise<WireBatch> {
  const found = (await listBatches()).find((batch) => batch.id === id);
  if (!found) throw new Error(`cannot find the batch ${id}`);
  return found;
}

/** Like `client.batches.list()` of the official client. */
export async function listBatches(): Promise<readonly WireBatch[]> {
  const past = ended.map((name) =>
    simulateBatch({ ...scenarios[name].plan, id: `batch_${name}` }, scenarios[name].now),
  );
  return [simulateBatch(plan, Math.floor(Date.now() / 1000)), ...past];
}

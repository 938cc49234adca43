// What your own server would answer. Here batches are simulated, so that the examples run without a key: one of them
// lives through its life within a minute or so, the others have ended, each in another way.
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

/** As `client.batches.retrieve(id)` of the official client, or `fetch` to your server. */
export async function retrieveBatch(id: string): Promise<WireBatch> {
  const found = (await listBatches()).find((batch) => batch.id === id);
  if (!found) throw new Error(`there is no batch ${id}`);
  return found;
}

/** As `client.batches.list()`. */
export async function listBatches(): Promise<readonly WireBatch[]> {
  const past = ended.map((name) =>
    simulateBatch({ ...scenarios[name].plan, id: `batch_${name}` }, scenarios[name].now),
  );
  return [simulateBatch(plan, Math.floor(Date.now() / 1000)), ...past];
}

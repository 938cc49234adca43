// Sends the events of ended batches to all webhooks, until each has accepted them.
import { createRandom, hashSeed, randomString } from "../simulator/random.js";
import { simulateBatch } from "../simulator/simulate.js";
import type { MockState } from "../state/store.js";
import { postEvent, type WebhookEvent, type WebhookOptions } from "./webhooks.js";

/** Sends events. */
export class WebhookNotifier {
  readonly #running = new Set<string>();
  readonly #rejected = new Set<string>();
  /** The URLs that have accepted the event of a batch. */
  readonly #accepted = new Map<string, Set<string>>();

  constructor(
    private readonly state: MockState,
    /** The webhooks that are called for a type of event. */
    private readonly receiversOf: (type: WebhookEvent["type"]) => readonly WebhookOptions[],
  ) {}

  /** Forgets which events were sent. */
  clear(): void {
    for (const all of [this.#running, this.#rejected, this.#accepted]) all.clear();
  }

  /** Whether no webhook is called for batches that end with a status, or for any batch. */
  hasNoWebhookFor(status?: string): boolean {
    const statuses = status === undefined ? ["completed", "failed", "expired", "cancelled"] : [status];
    return statuses.every((each) => this.receiversOf(typeOf(each)).length === 0);
  }

  /** Sends the events of ended batches. Resolves with the number of batches whose events all webhooks accepted. */
  async notify(ids: readonly string[], retryRejected: boolean): Promise<number> {
    const pending = ids.filter(
      (id) =>
        !this.#running.has(id) && (retryRejected || !this.#rejected.has(id)) && this.state.batches.get(id)!.written,
    );
    const accepted = await Promise.all(pending.map((id) => this.#send(id)));
    return accepted.filter(Boolean).length;
  }

  async #send(id: string): Promise<boolean> {
    this.#running.add(id);
    try {
      const { plan, endsAt } = this.state.batches.get(id)!;
      const event = createEvent(id, endsAt, simulateBatch(plan, endsAt).status);
      const accepted = this.#accepted.get(id) ?? new Set();
      this.#accepted.set(id, accepted);
      const waiting = this.receiversOf(event.type).filter(({ url }) => !accepted.has(url));
      const results = await Promise.all(
        waiting.map(async (webhook) => {
          const status = (await postEvent(webhook, event)) ?? 0;
          const isAccepted = status >= 200 && status <= 299;
          if (isAccepted) accepted.add(webhook.url);
          return isAccepted;
        }),
      );
      const isDone = results.every(Boolean);
      // The batch may have been deleted by a reset.
      const batch = this.state.batches.get(id);
      if (isDone && batch) await this.state.putBatch(id, { ...batch, notified: true });
      if (isDone) {
        this.#rejected.delete(id);
        this.#accepted.delete(id);
      } else this.#rejected.add(id);
      return isDone && waiting.length > 0;
    } finally {
      this.#running.delete(id);
    }
  }
}

const typeOf = (status: string): WebhookEvent["type"] => `batch.${status}` as WebhookEvent["type"];

const createEvent = (batch: string, at: number, status: string): WebhookEvent => ({
  id: `evt_${randomString(createRandom(hashSeed(batch, at)), 32)}`,
  object: "event",
  created_at: at,
  type: typeOf(status),
  data: { id: batch },
});

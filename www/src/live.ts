// The batches of an API, asked for again and again while somebody looks: through the command `batchlight board`, which serves the page.
import { describeBatch, type ProfileName } from "batchlight";
import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { Entry } from "./entry.js";

/** What the command says of itself. */
export interface Served {
  /** Whose batches they are, as a host. */
  readonly host: string;
  /** Whether they are simulated. */
  readonly simulated: boolean;
  /** Seconds between two looks. */
  readonly every: number;
  /** The profile to read them by. */
  readonly profile: ProfileName;
}

const told = document.querySelector<HTMLMetaElement>("meta[name=batchlight-board]")?.content;

/** What the command says of itself; nothing when the page is served by anything else. */
export const served: Served | undefined = told === undefined ? undefined : (JSON.parse(told) as Served);

/** The most that the API gives at once. */
const most = 100;

/** The longest pause after failures, and the longest wait for an answer, in milliseconds. */
const longest = 300_000;
const patience = 30_000;

/** An answer that is no success. */
class Refused extends Error {
  constructor(
    message: string,
    readonly retryAfter: number,
  ) {
    super(message);
  }
}

/** Holds what is known of the batches, and asks again: one question at a time, none while the page is hidden. */
export class Live implements ReactiveController {
  /** The batches, the newest first; none before the first answer. */
  entries: readonly Entry[] | undefined;
  /** Whether there are more than are shown. */
  more = false;
  /** When the last answer came, in milliseconds of this machine. */
  checked: number | undefined;
  /** Why there was no answer since. */
  trouble: string | undefined;
  #host: ReactiveControllerHost;
  #facts: Served;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asking = false;
  #connected = false;
  #failures = 0;
  #due = 0;
  #shift = 0;
  #run = 0;

  constructor(host: ReactiveControllerHost, facts: Served) {
    this.#host = host;
    this.#facts = facts;
    host.addController(this);
  }

  hostConnected(): void {
    this.#connected = true;
    document.addEventListener("visibilitychange", this.#wake);
    this.#wake();
  }

  hostDisconnected(): void {
    this.#connected = false;
    document.removeEventListener("visibilitychange", this.#wake);
    clearTimeout(this.#timer);
  }

  /** Asks the server to cancel a batch; throws with its reason when it does not. */
  async cancel(id: string): Promise<void> {
    const value = await this.#ask(`v1/batches/${encodeURIComponent(id)}/cancel`, "POST");
    // A list asked for before knows nothing of it.
    this.#run += 1;
    this.entries = this.entries?.map((entry) => (entry.view.id === id ? this.#entry(value) : entry));
    this.#host.requestUpdate();
  }

  #wake = (): void => {
    clearTimeout(this.#timer);
    if (!this.#connected || document.hidden || this.#asking) return;
    this.#timer = setTimeout(() => void this.#look(), Math.max(0, this.#due - Date.now()));
  };

  async #look(): Promise<void> {
    this.#asking = true;
    const run = this.#run;
    let pause = this.#facts.every * 1000;
    try {
      const list = (await this.#ask(`v1/batches?limit=${most}`, "GET")) as { data?: unknown; has_more?: unknown } | null;
      if (!Array.isArray(list?.data)) throw new Error("what came is no list of batches");
      if (run === this.#run) this.entries = list.data.map((value: unknown) => this.#entry(value));
      this.more = list.has_more === true;
      this.checked = Date.now();
      this.trouble = undefined;
      this.#failures = 0;
    } catch (error) {
      this.trouble = error instanceof Error ? error.message : String(error);
      pause = Math.min(longest, pause * 2 ** ++this.#failures);
      if (error instanceof Refused) pause = Math.max(pause, error.retryAfter * 1000);
    }
    this.#asking = false;
    this.#due = Date.now() + pause;
    this.#host.requestUpdate();
    this.#wake();
  }

  async #ask(path: string, method: string): Promise<unknown> {
    const answer = await fetch(path, { method, signal: AbortSignal.timeout(patience) }).catch(() => {
      throw new Error("no answer from the command that serves this page: does it still run?");
    });
    const now = Number(answer.headers.get("Batchlight-Now"));
    if (now > 0) this.#shift = now - Date.now() / 1000;
    const body: unknown = await answer.json().catch(() => undefined);
    if (answer.ok) return body;
    const reason = (body as { error?: { message?: unknown } } | undefined)?.error?.message;
    throw new Refused(typeof reason === "string" ? reason : `the answer has status ${answer.status}`, Number(answer.headers.get("Retry-After")) || 0);
  }

  #entry(value: unknown): Entry {
    const asOf = Math.floor(Date.now() / 1000 + this.#shift);
    const view = describeBatch(value, { profile: this.#facts.profile, now: asOf });
    return { key: `live-${view.id ?? "unknown"}`, value, view, asOf };
  }
}

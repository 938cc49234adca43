// The batches of an API, live: the list is asked for page by page and again for what is new, each running batch is
// followed.
import type { WatchSnapshot } from "batchlight/watch";
import { type Api, connect } from "../api/api.js";
import { ask, isGone, Refused, remedyOf, wordsOf } from "../api/api-request.js";
import { Follower } from "./batch-watcher.js";
import { type Known, KnownBatches } from "./batch-store.js";
import { type Standing, standingOf, type Trouble } from "./connection-status.js";

/** The most that the API gives at once. */
const pageSize = 100;

/** The longest pause after failures, in milliseconds. */
const longest = 300_000;

/** The longest pause that a server may ask for, in milliseconds: a timer cannot wait for much longer than that. */
const longestAsked = 86_400_000;

/** How many batches that are missing in a list are asked for at once. */
const mostMissing = 10;

/** What is shown is old after so many looks were missed, and never before so many milliseconds. */
const missed = 3;
const leastPatience = 60_000;

/**
 * Holds the batches; tells by the event `change` when there is something new. Nothing is asked while the page is hidden
 * or offline.
 */
export class Live extends EventTarget {
  readonly api: Api;
  /** Whether there are older batches than those that are known. */
  more = false;
  /** Whether a question for older ones is under way, and why the last one failed. */
  loadingOlder = false;
  olderFailed: string | undefined;
  readonly #known: KnownBatches;
  readonly #follower: Follower;
  #batches: readonly Known[] | undefined;
  /** The batches of the newest list, and those that are in no list though the API still has them. */
  #listed: ReadonlySet<string> = new Set();
  readonly #unlisted = new Set<string>();
  #oldest: string | undefined;
  #checked: number | undefined;
  #trouble: Trouble | undefined;
  #failures = 0;
  #due = 0;
  #asking = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(api: Api) {
    super();
    this.api = api;
    this.#known = new KnownBatches(api.profile);
    this.#follower = new Follower(api, {
      seen: (batch, at, history) => {
        this.#known.take(batch, at, history);
        this.#tell();
      },
      answered: () => (this.#checked = Date.now()),
      lost: (id, error) => {
        if (this.#vanishes(id, error)) return;
        this.#known.lose(id, wordsOf(error));
        this.#follow();
        this.#tell();
      },
    });
    document.addEventListener("visibilitychange", this.#wake);
    addEventListener("online", this.#online);
    addEventListener("offline", this.#offline);
    this.#wake();
  }

  /**
   * The batches that are known and not gone, the newest first as far as the list says; nothing before the first answer.
   */
  get batches(): readonly Known[] | undefined {
    return this.#batches;
  }

  /** The batches that the API no longer lists, though it did. */
  get gone(): readonly Known[] {
    return this.#known.all.filter(({ gone }) => gone);
  }

  /** A batch that is known. */
  get(id: string): Known | undefined {
    return this.#known.get(id);
  }

  /** How fresh all of it is. */
  get standing(): Standing {
    const patience = Math.max(leastPatience, missed * this.api.every * 1000);
    return standingOf(
      { checked: this.#checked, trouble: this.#trouble, offline: this.#isOffline, patience },
      Date.now(),
    );
  }

  /** Asks for the list now. */
  checkNow(): void {
    this.#due = 0;
    this.#wake();
  }

  /** Asks for a batch that is in no list yet; throws where it cannot be had. */
  async find(id: string): Promise<void> {
    this.#take([await ask(this.api, `/batches/${encodeURIComponent(id)}`)]);
  }

  /** Asks for the next page of older batches. */
  async loadOlder(): Promise<void> {
    if (this.loadingOlder || this.#oldest === undefined) return;
    this.loadingOlder = true;
    this.olderFailed = undefined;
    this.#tell();
    try {
      const { data, more } = await this.#page(this.#oldest);
      this.#oldest = lastId(data) ?? this.#oldest;
      this.more = more;
      this.#take(data);
    } catch (error) {
      this.olderFailed = wordsOf(error);
    }
    this.loadingOlder = false;
    this.#tell();
  }

  /** Asks the server to cancel a batch; throws with its reason when it does not. */
  async cancel(id: string): Promise<void> {
    try {
      this.#take([await ask(this.api, `/batches/${encodeURIComponent(id)}/cancel`, { method: "POST" })]);
    } catch (error) {
      this.#vanishes(id, error);
      throw error;
    }
    this.#follower.look(id);
  }

  get #isOffline(): boolean {
    return this.api.remote && !navigator.onLine;
  }

  #online = (): void => this.checkNow();

  #offline = (): void => {
    clearTimeout(this.#timer);
    this.#follower.stop();
    this.#tell();
  };

  #wake = (): void => {
    clearTimeout(this.#timer);
    if (document.hidden || this.#asking || this.#isOffline) return;
    this.#timer = setTimeout(() => void this.#look(), Math.max(0, this.#due - Date.now()));
  };

  async #look(): Promise<void> {
    this.#asking = true;
    this.#tell();
    let pause = this.api.every * 1000;
    try {
      const { data, more } = await this.#page();
      // Where nothing of this page is known, there is a gap behind it: older ones are to be asked for from here.
      const apart = !data.some((batch) => this.#known.get(idOf(batch) ?? "") !== undefined);
      if (this.#oldest === undefined || apart) {
        this.#oldest = lastId(data);
        this.more = more;
      }
      this.#checked = Date.now();
      this.#trouble = undefined;
      this.#failures = 0;
      const taken = this.#take(data);
      this.#listed = new Set(taken.flatMap(({ id }) => id ?? []));
      await this.#findMissing(more ? (taken.at(-1)?.view.createdAt ?? Infinity) : -Infinity);
    } catch (error) {
      pause = Math.min(longest, pause * 2 ** ++this.#failures);
      if (error instanceof Refused) {
        const asked = Number(error.headers.get("retry-after")) * 1000 || 0;
        pause = Math.max(pause, Math.min(asked, longestAsked));
      }
      this.#trouble = { message: wordsOf(error), help: remedyOf(error), again: Date.now() + pause };
    }
    this.#asking = false;
    this.#due = Date.now() + pause;
    this.#tell();
    this.#wake();
  }

  /**
   * Asks for the running batches that were created after `since`, so that the newest list should hold them, but does
   * not: those that are not there any more are gone.
   */
  async #findMissing(since: number): Promise<void> {
    for (const id of this.#listed) this.#unlisted.delete(id);
    const missing = this.#known.all
      .filter(({ view, gone }) => !view.terminal && !gone && (view.createdAt ?? since) >= since)
      .flatMap(({ id }) => (id === undefined || this.#listed.has(id) || this.#unlisted.has(id) ? [] : [id]));
    await Promise.all(
      missing.slice(0, mostMissing).map(async (id) => {
        try {
          this.#take([await ask(this.api, `/batches/${encodeURIComponent(id)}`)]);
          this.#unlisted.add(id);
        } catch (error) {
          // Any other failure says nothing of the batch: it is asked for again after the next list.
          this.#vanishes(id, error);
        }
      }),
    );
  }

  /** Marks a batch as gone when an answer says that it is not there, unless the newest list says that it is. */
  #vanishes(id: string, error: unknown): boolean {
    if (!isGone(error) || this.#listed.has(id)) return false;
    this.#known.vanish(id);
    this.#follow();
    this.#tell();
    return true;
  }

  async #page(after?: string): Promise<{ readonly data: readonly unknown[]; readonly more: boolean }> {
    const list = (await ask(
      this.api,
      `/batches?limit=${pageSize}${after === undefined ? "" : `&after=${encodeURIComponent(after)}`}`,
    )) as { object?: unknown; data?: unknown; has_more?: unknown } | null;
    // Some servers send null in place of an empty list.
    const data = list?.data === null && list.object === "list" ? [] : list?.data;
    if (!Array.isArray(data)) throw new Error("what came is no list of batches");
    return { data, more: list?.has_more === true };
  }

  #take(batches: readonly unknown[]): readonly Known[] {
    const at = Math.floor(this.api.now());
    const taken = batches.map((batch) => this.#known.take(batch, at));
    this.#batches ??= [];
    this.#follow();
    this.#tell();
    return taken;
  }

  #follow(): void {
    if (this.#isOffline) return;
    const running = this.#known.all.filter(
      ({ id, view, lost, gone }) => id !== undefined && !view.terminal && lost === undefined && !gone,
    );
    this.#follower.follow(
      new Map(running.map(({ id = "", batch, history }): [string, WatchSnapshot] => [id, { batch, history }])),
    );
  }

  #tell(): void {
    if (this.#batches) this.#batches = this.#known.all.filter(({ gone }) => !gone);
    this.dispatchEvent(new Event("change"));
  }
}

const idOf = (batch: unknown): string | undefined => {
  const id = (batch as { id?: unknown } | null)?.id;
  return typeof id === "string" ? id : undefined;
};

const lastId = (data: readonly unknown[]): string | undefined => idOf(data.at(-1));

let only: Promise<Live> | undefined;

/** The batches of this page's API; the first to ask begins the asking. */
export const live = (): Promise<Live> => (only ??= connect().then((api) => new Live(api)));

// The runs of this browser. `batchlight/run` executes them; this module starts them and tracks where each is executed.
import type { ProfileName } from "batchlight";
import type { BatchRun, PlannedBatch, RunConnection, RunEvent, RunStatus, RunStore } from "batchlight/run";
import { browserRunName } from "#common/browser-run.js";
import { messageOf } from "#common/thrown.js";
import type { Api } from "../api/api.js";
import { clockOf } from "../api/clock.js";
import type { Account } from "../api/sending.js";
import { type ListedRun, type RunActivity, type ShardActivity, successText } from "./listed-run.js";
import { runModule } from "./run-module.js";
import { addRecord, deleteStore, type RunRecord, readRecords, removeRecord } from "./run-records.js";

/** The maximum number of attempts per request. */
export const maxAttempts = 3;

/** The maximum length of a name in the metadata of a batch, in code points. */
const maxNameLength = 200;

/** A message for the user about something that happened in a run. */
export class RunNotice extends Event {
  constructor(readonly message: string) {
    super("notice");
  }
}

/** A file to send, as the user has confirmed it. */
export interface ConfirmedFile {
  readonly file: File;
  readonly profile: ProfileName;
  /** The confirmed plan. */
  readonly shards: readonly PlannedBatch[];
}

/** A run that is under way in this page. */
interface ActiveRun {
  readonly controller: AbortController;
  readonly shards: Map<number, ShardActivity>;
  /** Resolves when the run has released its store. */
  ended: Promise<void>;
}

/** Lists, starts, continues, cancels and removes runs. Dispatches `change`, and {@link RunNotice}. */
export class Runs extends EventTarget {
  readonly account: Account;
  readonly #api: Api;
  readonly #active = new Map<string, ActiveRun>();
  /** The cancellations that are under way in this page, by the names of their runs. */
  readonly #cancelling = new Map<string, Promise<void>>();
  readonly #stores = new Map<string, RunStore>();
  /** Why runs stopped in this page, by their names. */
  readonly #errors = new Map<string, string>();
  /** Why the runs could not be read. */
  problem: string | undefined;
  #all: readonly ListedRun[] | undefined;
  #reading: Promise<void> | undefined;
  #readAgain = false;

  constructor(api: Api, account: Account) {
    super();
    this.#api = api;
    this.account = account;
  }

  /** The runs, the newest first; `undefined` before they are read. */
  get all(): readonly ListedRun[] | undefined {
    return this.#all;
  }

  /** Reads the runs again: other tabs work on them, too. */
  refresh(): Promise<void> {
    if (this.#reading) {
      this.#readAgain = true;
      return this.#reading;
    }
    this.problem = undefined;
    this.#reading = this.#read()
      .catch((error: unknown) => {
        this.problem = messageOf(error);
        this.#emitChange();
      })
      .finally(() => {
        this.#reading = undefined;
      });
    return this.#reading;
  }

  /** Starts the run of a file. Resolves with the name of the run once its record is stored; the run then goes on. */
  async start({ file, profile, shards }: ConfirmedFile): Promise<string> {
    const { host, id: account } = this.account;
    const name = crypto.randomUUID();
    // A browser that is short of space deletes data that are not persistent. It may ask the user, or refuse. The run
    // starts in any case.
    void navigator.storage?.persist?.().catch(() => false);
    const record = { name, file: file.name, host, account, at: Date.now() / 1000 };
    await addRecord(record);
    this.#execute(record, { source: file, profile, shards });
    return name;
  }

  /** Continues a run that has stopped. */
  continue({ record }: ListedRun): void {
    if (!this.#isActive(record.name)) this.#execute(record);
  }

  /** Cancels the batches of a run, and then fetches the results of the requests that had finished. */
  cancel({ record }: ListedRun): Promise<void> {
    const { name } = record;
    const known = this.#cancelling.get(name);
    if (known) return known;
    const cancelling = this.#cancel(record).finally(() => {
      this.#cancelling.delete(name);
      return this.refresh();
    });
    this.#cancelling.set(name, cancelling);
    void this.refresh();
    return cancelling;
  }

  /** The results of a complete run, in the order of its input. */
  async results({ record }: ListedRun, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    const { runBatch } = await runModule();
    const { result } = runBatch(undefined, { ...(await this.#connection(record.name)), until: "now", signal });
    return (await result).results();
  }

  /** Deletes a run from this browser. Its batches stay as they are. */
  async remove({ record }: ListedRun): Promise<void> {
    const release = await (await this.#store(record.name)).lock();
    try {
      this.#stores.delete(record.name);
      // The record first: a record without a journal would say that nothing was sent.
      await removeRecord(record.name);
      await deleteStore(browserRunName(record.name));
    } finally {
      await release();
    }
    this.#errors.delete(record.name);
    await this.refresh();
  }

  async #cancel(record: RunRecord): Promise<void> {
    const active = this.#active.get(record.name);
    active?.controller.abort();
    await active?.ended;
    const { cancelRun } = await runModule();
    await cancelRun({ ...(await this.#connection(record.name)), clock: clockOf(this.#api) });
    this.#execute(record);
  }

  /** The store of a run. One connection to its database is enough. */
  async #store(name: string): Promise<RunStore> {
    const { indexedDbStore } = await runModule();
    const store = this.#stores.get(name) ?? indexedDbStore(name);
    this.#stores.set(name, store);
    return store;
  }

  async #connection(name: string): Promise<RunConnection & { readonly store: RunStore }> {
    return {
      // The command adds the key.
      apiKey: "",
      baseURL: "",
      fetch: (path, init = {}) => this.#api.fetch(String(path), init),
      store: await this.#store(name),
    };
  }

  #execute(
    record: RunRecord,
    { source, profile, shards }: Partial<Pick<ConfirmedFile, "profile" | "shards">> & { readonly source?: File } = {},
  ): void {
    const { name, file } = record;
    const active: ActiveRun = { controller: new AbortController(), shards: new Map(), ended: Promise.resolve() };
    this.#active.set(name, active);
    this.#errors.delete(name);
    const work = async (): Promise<void> => {
      const { runBatch } = await runModule();
      const run: BatchRun = runBatch(source, {
        ...(await this.#connection(name)),
        clock: clockOf(this.#api),
        signal: active.controller.signal,
        profile,
        attempts: maxAttempts,
        metadata: { name: [...file].slice(0, maxNameLength).join("") },
        onUpdate: (event) => this.#onEvent(record, active, event, shards),
      });
      const { requests, succeeded } = await run.result;
      this.#notify(`${file}: complete. ${successText(succeeded, requests)}`);
    };
    active.ended = work()
      .catch((error: unknown) => {
        // `cancel` aborts without a reason of its own. This is not an error.
        if (active.controller.signal.reason instanceof DOMException) return;
        this.#errors.set(name, messageOf(error));
        this.#notify(`${file}: stopped. ${messageOf(error)}`);
      })
      .finally(() => {
        this.#active.delete(name);
        return this.refresh();
      });
    void this.refresh();
  }

  #onEvent(
    { file }: RunRecord,
    { controller, shards }: ActiveRun,
    event: RunEvent,
    confirmed: readonly PlannedBatch[] | undefined,
  ): void {
    if (event.type === "planned") {
      if (confirmed && !isSamePlan(event.plan.shards, confirmed))
        controller.abort(new Error("The file is no longer the one that was confirmed. Nothing was sent."));
    } else if (event.type === "update") {
      shards.set(event.shard, { update: event.update });
      return this.#emitChange();
    } else if (event.type === "waiting") {
      shards.set(event.shard, { ...shards.get(event.shard), waiting: event });
      return this.#emitChange();
    } else {
      shards.delete(event.shard);
      if (event.type === "created") this.#notify(`${file}: batch ${event.shard + 1} is created.`);
      if (event.type === "ended") this.#notify(`${file}: batch ${event.shard + 1} has ended.`);
    }
    void this.refresh();
  }

  async #read(): Promise<void> {
    do {
      this.#readAgain = false;
      const [records, held] = await Promise.all([readRecords(), heldLocks()]);
      this.#all = await Promise.all(records.map((record) => this.#listed(record, held)));
      this.#emitChange();
    } while (this.#readAgain);
  }

  async #listed(record: RunRecord, held: ReadonlySet<string>): Promise<ListedRun> {
    const { name } = record;
    let status = this.#all?.find((run) => run.record.name === name)?.status;
    let problem: string | undefined;
    try {
      if (!status?.complete) status = await statusOf(await this.#store(name));
    } catch (error) {
      problem = messageOf(error);
    }
    return { record, status, problem, activity: this.#activityOf(name, held) };
  }

  /** Whether this page works on a run, or is cancelling it. */
  #isActive(name: string): boolean {
    return this.#active.has(name) || this.#cancelling.has(name);
  }

  #activityOf(name: string, held: ReadonlySet<string>): RunActivity {
    if (this.#isActive(name)) return { kind: "here", shards: this.#active.get(name)?.shards ?? new Map() };
    return held.has(browserRunName(name)) ? { kind: "elsewhere" } : { kind: "stopped", error: this.#errors.get(name) };
  }

  #notify(message: string): void {
    this.dispatchEvent(new RunNotice(message));
  }

  #emitChange(): void {
    this.dispatchEvent(new Event("change"));
  }
}

/** Whether the batches of two plans have the same content. */
const isSamePlan = (a: readonly PlannedBatch[], b: readonly PlannedBatch[]): boolean =>
  a.length === b.length && a.every(({ sha256 }, index) => sha256 === b[index]?.sha256);

/** The names of the locks that pages of this origin hold, this page included. */
async function heldLocks(): Promise<ReadonlySet<string>> {
  const { held = [] } = await navigator.locks.query();
  return new Set(held.flatMap(({ name }) => name ?? []));
}

/** The state of a run in its journal; `undefined` if it never began. */
async function statusOf(store: RunStore): Promise<RunStatus | undefined> {
  const { isBatchlightRunError, runStatus } = await runModule();
  try {
    return await runStatus({ store });
  } catch (error) {
    if (isBatchlightRunError(error) && error.code === "no_run") return undefined;
    throw error;
  }
}

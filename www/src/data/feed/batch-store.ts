// The batches of an API: the newest snapshot of each, and the changes between snapshots.
import {
  type BatchChange,
  type BatchView,
  compareBatches,
  describeBatch,
  type ProfileName,
  type ProgressSample,
} from "batchlight";

/** A change between two snapshots of a batch. */
export interface LogEntry {
  /** When the change was seen, in Unix seconds. */
  readonly at: number;
  /** When the first of the merged changes was seen, in Unix seconds. */
  readonly since: number;
  readonly change: BatchChange;
  /** The label of the batch before the change. */
  readonly before: string;
  /** The label of the batch after the change. */
  readonly after: string;
}

/** A batch as it was last seen. */
export interface StoredBatch {
  /** The id; `undefined` where the server sent none. */
  readonly id: string | undefined;
  readonly batch: unknown;
  readonly view: BatchView;
  /** Earlier counts, from which the package computes the time left and detects stalls. */
  readonly history: readonly ProgressSample[];
  /** The changes since the page was opened, the newest first. */
  readonly log: readonly LogEntry[];
  /** Why the batch is no longer updated. */
  readonly watchError?: string | undefined;
  /** Whether the API no longer lists the batch: its status is then no longer current. */
  readonly gone?: boolean | undefined;
}

/** The maximum number of changes kept for a batch. */
const maxLogEntries = 100;

/** The batches by id. */
export class BatchStore {
  readonly #byKey = new Map<string, StoredBatch>();
  readonly #profile: ProfileName;

  constructor(profile: ProfileName) {
    this.#profile = profile;
  }

  get all(): readonly StoredBatch[] {
    return [...this.#byKey.values()];
  }

  get(id: string): StoredBatch | undefined {
    return this.#byKey.get(id);
  }

  /**
   * Stores a snapshot seen at `at`, in Unix seconds. A stale snapshot changes nothing, and an unchanged one keeps the
   * stored object, so that elements do not render it again.
   */
  put(batch: unknown, at: number, history?: readonly ProgressSample[]): StoredBatch {
    const view = describeBatch(batch, { profile: this.#profile, now: at, history });
    const key = view.id ?? `without id ${JSON.stringify(batch)?.slice(0, 200)}`;
    const last = this.#byKey.get(key);
    const before = last?.gone ? { ...last, gone: false } : last;
    const change = before && this.#compare(before.batch, batch);
    if (before && (change?.relation === "unchanged" || change?.relation === "stale")) {
      const stored =
        history && change.relation === "unchanged"
          ? { ...before, history, view: describeBatch(before.batch, { profile: this.#profile, now: at, history }) }
          : before;
      this.#byKey.set(key, stored);
      return stored;
    }
    const log =
      before && change
        ? appendEntry(before.log, { at, since: at, change, before: before.view.label, after: view.label })
        : (before?.log ?? []);
    const stored: StoredBatch = { id: view.id, batch, view, history: history ?? before?.history ?? [], log };
    this.#byKey.set(key, stored);
    return stored;
  }

  /** Marks a batch as no longer updated, with the reason. */
  markUnwatched(id: string, reason: string): void {
    const stored = this.#byKey.get(id);
    if (stored) this.#byKey.set(id, { ...stored, watchError: reason });
  }

  /** Marks a batch as no longer listed by the API. */
  markGone(id: string): void {
    const stored = this.#byKey.get(id);
    if (stored) this.#byKey.set(id, { ...stored, gone: true });
  }

  #compare(before: unknown, after: unknown): BatchChange | undefined {
    try {
      return compareBatches(before, after, { profile: this.#profile });
    } catch {
      // One of the two isn't a batch, so they cannot be compared.
      return undefined;
    }
  }
}

/** Adds an entry to a log. Consecutive entries in which only counts grew are merged into one. */
function appendEntry(log: readonly LogEntry[], entry: LogEntry): readonly LogEntry[] {
  const [last, ...rest] = log;
  const onlyCounts = (change: BatchChange): boolean =>
    change.alarms.length === 0 && change.events.every(({ type }) => type === "progress" || type === "usage_changed");
  if (!last || !onlyCounts(last.change) || !onlyCounts(entry.change)) return [entry, ...log].slice(0, maxLogEntries);
  return [
    {
      ...entry,
      since: last.since,
      before: last.before,
      change: { ...entry.change, events: mergeEvents(last.change, entry.change) },
    },
    ...rest,
  ];
}

function mergeEvents(before: BatchChange, after: BatchChange): BatchChange["events"] {
  const earlier = new Map(before.events.map((event) => [event.type, event]));
  const events = after.events.map((event) => {
    const first = earlier.get(event.type);
    earlier.delete(event.type);
    if (event.type !== "progress" || first?.type !== "progress") return event;
    return { ...event, completed: first.completed + event.completed, failed: first.failed + event.failed };
  });
  return [...earlier.values(), ...events];
}

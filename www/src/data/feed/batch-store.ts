// What is known of the batches of an API: the newest look at each, and what changed from look to look.
import {
  type BatchChange,
  type BatchView,
  compareBatches,
  describeBatch,
  type ProfileName,
  type ProgressSample,
} from "batchlight";

/** What changed between two looks. */
export interface Noted {
  /** When it was seen, in Unix seconds, and when the first of those told together was. */
  readonly at: number;
  readonly since: number;
  readonly change: BatchChange;
  /** What the batch was called before and after. */
  readonly before: string;
  readonly after: string;
}

/** A batch, as it was last seen. */
export interface Known {
  /** Its id; nothing where the server gave it none. */
  readonly id: string | undefined;
  readonly batch: unknown;
  readonly view: BatchView;
  /** Looks remembered: they make time left and stall verdicts possible. */
  readonly history: readonly ProgressSample[];
  /** What changed while the page was open, the newest first. */
  readonly log: readonly Noted[];
  /** Why it cannot be followed any more. */
  readonly lost?: string | undefined;
  /** Whether the API no longer lists it: what was last seen of it is over, whatever its status says. */
  readonly gone?: boolean | undefined;
}

/** No more changes than these are kept of a batch. */
const mostNoted = 100;

/** The batches by id. */
export class KnownBatches {
  readonly #byKey = new Map<string, Known>();
  readonly #profile: ProfileName;

  constructor(profile: ProfileName) {
    this.#profile = profile;
  }

  get all(): readonly Known[] {
    return [...this.#byKey.values()];
  }

  get(id: string): Known | undefined {
    return this.#byKey.get(id);
  }

  /**
   * Takes a look at a batch, from whichever question it came: an older one than what is known changes nothing, and one
   * that says the same leaves the very object, so that nobody reads it anew.
   */
  take(batch: unknown, at: number, history?: readonly ProgressSample[]): Known {
    const view = describeBatch(batch, { profile: this.#profile, now: at, history });
    const key = view.id ?? `without id ${JSON.stringify(batch)?.slice(0, 200)}`;
    const last = this.#byKey.get(key);
    const before = last?.gone ? { ...last, gone: false } : last;
    const change = before && this.#compare(before.batch, batch);
    if (before && (change?.relation === "unchanged" || change?.relation === "stale")) {
      const known =
        history && change.relation === "unchanged"
          ? { ...before, history, view: describeBatch(before.batch, { profile: this.#profile, now: at, history }) }
          : before;
      this.#byKey.set(key, known);
      return known;
    }
    const log =
      before && change
        ? noted(before.log, { at, since: at, change, before: before.view.label, after: view.label })
        : (before?.log ?? []);
    const known: Known = { id: view.id, batch, view, history: history ?? before?.history ?? [], log };
    this.#byKey.set(key, known);
    return known;
  }

  /** Marks a batch as one that cannot be followed. */
  lose(id: string, why: string): void {
    const known = this.#byKey.get(id);
    if (known) this.#byKey.set(id, { ...known, lost: why });
  }

  /** Marks a batch as one that the API no longer lists. */
  vanish(id: string): void {
    const known = this.#byKey.get(id);
    if (known) this.#byKey.set(id, { ...known, gone: true });
  }

  #compare(before: unknown, after: unknown): BatchChange | undefined {
    try {
      return compareBatches(before, after, { profile: this.#profile });
    } catch {
      // One of the two is no batch at all: there is nothing to compare.
      return undefined;
    }
  }
}

/** Looks at which nothing but the counts grew are told as one. */
function noted(log: readonly Noted[], news: Noted): readonly Noted[] {
  const [last, ...rest] = log;
  const counts = (change: BatchChange): boolean =>
    change.alarms.length === 0 && change.events.every(({ type }) => type === "progress" || type === "usage_changed");
  if (!last || !counts(last.change) || !counts(news.change)) return [news, ...log].slice(0, mostNoted);
  return [
    {
      ...news,
      since: last.since,
      before: last.before,
      change: { ...news.change, events: summed(last.change, news.change) },
    },
    ...rest,
  ];
}

function summed(before: BatchChange, after: BatchChange): BatchChange["events"] {
  const earlier = new Map(before.events.map((event) => [event.type, event]));
  const events = after.events.map((event) => {
    const first = earlier.get(event.type);
    earlier.delete(event.type);
    if (event.type !== "progress" || first?.type !== "progress") return event;
    return { ...event, completed: first.completed + event.completed, failed: first.failed + event.failed };
  });
  return [...earlier.values(), ...events];
}

// The journal of a run: what it did, one JSON object per line. Most records are written after their step.
import { parseJson } from "../common/json.js";
import { propertyOf } from "../common/list-page.js";
import type { BatchStatus } from "#batchlight";
import { runError } from "./errors.js";
import type { RunStore } from "./store/store.js";
import type { AttemptCounts, PlannedBatch, PlanOptions, ShardEvent } from "./types.js";

/** The version of the journal's format. */
const version = 1;

/** How a run began. */
export interface PlanRecord extends Pick<PlanOptions, "profile" | "metadata" | "retryCancelled"> {
  readonly record: "plan";
  readonly version: number;
  /** The id of the run. */
  readonly run: string;
  /** When it began, in Unix seconds. */
  readonly at: number;
  readonly attempts: number;
  readonly queueTokens?: number | undefined;
  /** The completion window. */
  readonly window: string;
  /** The file as it was passed, before it was fixed. */
  readonly source: { readonly sha256: string; readonly bytes: number };
  /** Whether the shards interleave, so that the whole input is stored for the order of the results. */
  readonly interleaved: boolean;
  readonly shards: readonly PlannedBatch[];
}

/** A batch that has ended. */
export interface EndedRecord extends ShardEvent {
  readonly record: "ended";
  readonly status: BatchStatus;
  readonly outputFileId?: string | undefined;
  readonly errorFileId?: string | undefined;
  readonly counts?: unknown;
  /** Why the server failed it. */
  readonly message?: string | undefined;
}

/** A line of the journal. */
export type JournalRecord =
  | PlanRecord
  | (ShardEvent & { readonly record: "uploaded"; readonly fileId: string })
  /** Written before the request is sent, at a time in Unix seconds. */
  | (ShardEvent & { readonly record: "creating"; readonly submission: number; readonly at: number })
  | (ShardEvent & { readonly record: "created"; readonly batchId: string; readonly found?: true })
  | (ShardEvent & { readonly record: "not_created"; readonly message: string })
  | (ShardEvent & { readonly record: "limited" })
  | EndedRecord
  | (ShardEvent & { readonly record: "fetched" })
  | (ShardEvent & {
      readonly record: "reconciled";
      /** The requests that are settled by this attempt: those that are retried count for the next one. */
      readonly settled: AttemptCounts;
      readonly next?: PlannedBatch | undefined;
    })
  | { readonly record: "cancelled" };

/** The journal of a run, in memory and in the store. */
export class Journal {
  #appended: Promise<void> = Promise.resolve();

  private constructor(
    private readonly store: RunStore,
    readonly records: JournalRecord[],
  ) {}

  /** @throws {BatchlightRunError} if the journal cannot be read */
  static async open(store: RunStore): Promise<Journal> {
    const lines = (await store.journal()).split("\n").filter((line) => line.trim() !== "");
    return new Journal(store, lines.map(parse));
  }

  /** The first record, if the run has begun. */
  get plan(): PlanRecord | undefined {
    const first = this.records[0];
    return first?.record === "plan" ? first : undefined;
  }

  /** Appends a record. Resolves when it is stored so that it survives a crash. */
  append(record: JournalRecord): Promise<void> {
    this.#appended = this.#appended.then(async () => {
      await this.store.append(`${JSON.stringify(record)}\n`);
      this.records.push(record);
    });
    return this.#appended;
  }
}

/** Creates the first record. */
export const planRecord = (plan: Omit<PlanRecord, "record" | "version">): PlanRecord => ({
  record: "plan",
  version,
  ...plan,
});

function parse(line: string, index: number): JournalRecord {
  const value = parseJson(line);
  if (typeof propertyOf(value, "record") !== "string")
    throw damaged(index, "expected a JSON object with a record; restore the file, or begin a new run elsewhere");
  const found = propertyOf(value, "version");
  if (index === 0 && found !== version)
    throw damaged(index, `expected format ${version}, found ${String(found)}; use the version that began the run`);
  return value as JournalRecord;
}

/** The error for an invalid line of the journal. */
export const damaged = (index: number, message: string) =>
  runError("damaged_journal", `line ${index + 1} of the journal: ${message}`);

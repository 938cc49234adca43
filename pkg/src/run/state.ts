// The state of a run: the next steps, which the module decides, and the ids and counts in the journal.
import { runSteps } from "#files";
import { JournalColumn, journalRowLength, RunAction, RunRecord } from "../../generated/files-boundary.js";
import type { RunStep } from "../files/operations/run-steps.js";
import { damaged, type EndedRecord, type Journal, type JournalRecord } from "./journal.js";
import type { AttemptCounts, PlannedBatch, RunShard, RunStatus, ShardEvent } from "./types.js";

/** An attempt of a shard. */
export interface AttemptFacts {
  readonly input: PlannedBatch;
  fileId?: string;
  batchId?: string;
  /** The number of attempts in a row to create the batch that failed. */
  failedCreations?: number;
  ended?: EndedRecord;
  fetched?: true;
  settled?: AttemptCounts;
}

/** A shard, its attempts and its next step. */
export interface ShardState {
  readonly index: number;
  readonly attempts: readonly [AttemptFacts, ...AttemptFacts[]];
  readonly current: AttemptFacts;
  readonly step: RunStep;
}

const recordCodes: Readonly<Record<Exclude<JournalRecord["record"], "plan">, RunRecord>> = {
  uploaded: RunRecord.Uploaded,
  creating: RunRecord.Creating,
  created: RunRecord.Created,
  not_created: RunRecord.NotCreated,
  limited: RunRecord.Limited,
  ended: RunRecord.Ended,
  fetched: RunRecord.Fetched,
  reconciled: RunRecord.Reconciled,
  cancelled: RunRecord.Cancelled,
};

/**
 * Reads the state of a run from its journal.
 *
 * @throws {BatchlightRunError} if the records contradict each other
 */
export async function readState({ records: current, plan }: Journal): Promise<readonly ShardState[]> {
  if (!plan) return [];
  // More records may be appended while the module computes the steps.
  const records = [...current];
  const rows = rowsOf(records);
  const numbers = new Float64Array(rows.length * journalRowLength);
  for (const [index, { numbers: own }] of rows.entries()) numbers.set(own, index * journalRowLength);
  const { fitting, steps } = await runSteps(numbers, { attempts: plan.attempts, queueTokens: plan.queueTokens });
  if (fitting < rows.length) {
    const { line } = rows[fitting]!;
    throw damaged(line, `"${records[line]!.record}" does not follow from the lines before; two runs may share it`);
  }
  return factsOf(records).map((attempts, index) => ({
    index,
    attempts,
    current: attempts.at(-1)!,
    step: steps[index]!,
  }));
}

interface Row {
  readonly numbers: readonly number[];
  /** The index of the line. */
  readonly line: number;
}

function rowsOf(records: readonly JournalRecord[]): readonly Row[] {
  const models: (string | undefined)[] = [];
  const row = (record: RunRecord, shard = 0, { model, tokens }: Partial<PlannedBatch> = {}) => {
    if (!models.includes(model)) models.push(model);
    const numbers = new Array<number>(journalRowLength).fill(0);
    numbers[JournalColumn.Record] = record;
    numbers[JournalColumn.Shard] = shard;
    numbers[JournalColumn.Model] = models.indexOf(model);
    numbers[JournalColumn.Tokens] = tokens ?? 0;
    return numbers;
  };
  return records.flatMap((record, line) => {
    const of = (...rows: readonly (readonly number[])[]) => rows.map((numbers) => ({ numbers, line }));
    if (record.record === "plan")
      return of(...record.shards.map((input, shard) => row(RunRecord.Planned, shard, input)));
    const code = recordCodes[record.record];
    if (code === undefined) throw damaged(line, `expected a known record, found "${record.record as string}"`);
    if (record.record === "cancelled") return of(row(code));
    const next = record.record === "reconciled" ? record.next : undefined;
    return of(row(code, record.shard), ...(next ? [row(RunRecord.Planned, record.shard, next)] : []));
  });
}

/** The attempts of each shard. The records must not contradict each other. */
function factsOf(records: readonly JournalRecord[]): readonly [AttemptFacts, ...AttemptFacts[]][] {
  const shards: [AttemptFacts, ...AttemptFacts[]][] = [];
  for (const record of records) {
    if (record.record === "plan") shards.push(...record.shards.map((input): [AttemptFacts] => [{ input }]));
    if (record.record === "plan" || record.record === "cancelled") continue;
    const attempts = shards[record.shard]!;
    const current = attempts.at(-1)!;
    if (record.record === "uploaded") current.fileId = record.fileId;
    if (record.record === "not_created") current.failedCreations = (current.failedCreations ?? 0) + 1;
    if (record.record === "created") {
      current.batchId = record.batchId;
      current.failedCreations = 0;
    }
    if (record.record === "ended") current.ended = record;
    if (record.record === "fetched") current.fetched = true;
    if (record.record === "reconciled") {
      current.settled = record.settled;
      if (record.next) attempts.push({ input: record.next });
    }
  }
  return shards;
}

const nextNames: Readonly<Record<RunAction, RunShard["next"]>> = {
  [RunAction.Upload]: "upload",
  [RunAction.Create]: "create",
  [RunAction.Find]: "find",
  [RunAction.Wait]: "wait",
  [RunAction.Follow]: "follow",
  [RunAction.Fetch]: "fetch",
  [RunAction.Reconcile]: "reconcile",
  [RunAction.Finish]: "finish",
};

/** The shard and the attempt that an event or a record is about. */
export const eventOf = ({ index, step }: ShardState): ShardEvent => ({ shard: index, attempt: step.attempt });

/** The sum of counts. */
export function sumCounts(counts: readonly AttemptCounts[]): AttemptCounts {
  const sum = { requests: 0, succeeded: 0, incomplete: 0, failed: 0, missing: 0 };
  for (const each of counts) for (const name of Object.keys(sum) as (keyof AttemptCounts)[]) sum[name] += each[name];
  return sum;
}

/** The state for users. */
export function statusOf({ plan, records }: Journal, shards: readonly ShardState[]): RunStatus {
  return {
    run: plan?.run ?? "",
    complete: plan !== undefined && shards.every(({ step }) => step.action === RunAction.Finish),
    cancelled: records.some(({ record }) => record === "cancelled"),
    shards: shards.map(({ attempts, step }) => ({
      ...attempts[0].input,
      next: nextNames[step.action],
      attempt: step.attempt,
      batches: attempts.flatMap(({ batchId }) => batchId ?? []),
      settled: sumCounts(attempts.flatMap(({ settled }) => settled ?? [])),
    })),
  };
}

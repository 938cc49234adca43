// The functions for files: every entry has the same types, and verdicts are discriminated by `verdict`.
import * as main from "batchlight";
import * as files from "batchlight/files";
import * as worker from "batchlight/worker";
import type {
  ByteSource,
  FileRole,
  InputLimits,
  JoinedResult,
  Reconciliation,
  RequestVerdict,
  ResultPlace,
  ResultRange,
  ResultSources,
} from "batchlight/files";
import { type Equal, proved, some } from "./equal.js";

proved<Equal<typeof files, typeof worker>>();
proved<Equal<typeof files.reconcile, typeof main.reconcile>>();

const source = some<ByteSource>();
files.checkInput(source, { limits: { requests: 1 }, maxIssues: 5, profile: "azure" });
files.splitInput(source, { limits: { tokens: 1000, bytes: 5 }, name: "jobs" });
// @ts-expect-error: only a split has a limit of tokens
files.checkInput(source, { limits: { tokens: 1000 } });
const limits: InputLimits = { embeddingInputs: undefined };

const output: ResultSources = [source, undefined];
const reconciliation: Promise<Reconciliation> = files.reconcile({ input: [source], output, error: source });

// Only failed and incomplete requests have a cause, and a missing one has no result.
const verdict = some<RequestVerdict>();
proved<Equal<RequestVerdict["verdict"], main.Verdict>>();
if (verdict.verdict === "failed" || verdict.verdict === "incomplete") proved<Equal<typeof verdict.cause, number>>();
else proved<Equal<typeof verdict.cause, undefined>>();
if (verdict.verdict === "succeeded") proved<Equal<typeof verdict.result, ResultRange>>();
if (verdict.verdict === "incomplete") proved<Equal<typeof verdict.reason, string>>();
if (verdict.verdict === "missing") proved<Equal<typeof verdict.result, undefined>>();
// @ts-expect-error: a verdict is readonly
verdict.attempts = 2;

// A result is in an output or error file. A place of an issue can be in any file.
proved<Equal<ResultRange["file"], "output" | "error">>();
proved<Equal<ResultPlace["file"], FileRole>>();
proved<Equal<FileRole, main.FileRole>>();

const retry: ReadableStream<Uint8Array> = some<Reconciliation>().retry({
  verdicts: ["failed"],
  retry: "transient",
  causes: [1],
  where: ({ custom_id }) => custom_id !== "a",
});
const merged: ReadableStream<Uint8Array> = some<Reconciliation>().merge();
const joined: AsyncIterable<JoinedResult<"/v1/embeddings">> = some<Reconciliation>().join<"/v1/embeddings">();

const caught = some<unknown>();
if (files.isBatchlightFileError(caught)) proved<Equal<typeof caught, files.BatchlightFileError>>();
if (worker.isBatchlightLoadError(caught)) proved<Equal<typeof caught, main.BatchlightLoadError>>();
void [limits, reconciliation, retry, merged, joined];

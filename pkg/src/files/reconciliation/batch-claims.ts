// The `batch` option of `reconcile`: what batches claim about their files.
import { statuses } from "../../../generated/facts.js";
import type { BatchClaims } from "../engine/runner.js";
import { messageOf } from "../../common/thrown.js";

/**
 * Reads the claims of a batch or of a list of batches, as objects or JSON.
 *
 * @throws {TypeError} if a batch cannot be read; `cause` is the thrown value
 */
export function batchClaims(batch: unknown): readonly BatchClaims[] {
  if (batch === undefined) return [];
  try {
    return (Array.isArray(batch) ? (batch as unknown[]) : [batch]).map(claimsOf);
  } catch (cause) {
    throw new TypeError(`the option batch could not be read: ${messageOf(cause)}`, { cause });
  }
}

type Properties = Record<string, unknown> | null | undefined;

function claimsOf(batch: unknown): BatchClaims {
  const fields = (typeof batch === "string" ? JSON.parse(batch) : batch) as Properties;
  const counts = fields?.request_counts as Properties;
  const count = (name: string): number => (typeof counts?.[name] === "number" ? (counts[name] as number) : -1);
  const hasFile = (name: string): number => (typeof fields?.[name] === "string" && fields[name] !== "" ? 1 : 0);
  return {
    status: (statuses as readonly unknown[]).indexOf(fields?.status),
    total: count("total"),
    completed: count("completed"),
    failed: count("failed"),
    hasOutput: hasFile("output_file_id"),
    hasError: hasFile("error_file_id"),
  };
}

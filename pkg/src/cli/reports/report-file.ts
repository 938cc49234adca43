// Reads the reports that `--json` prints, to add them up.
import type { Cause, ModelUsage } from "../api.js";
import { CliError } from "../exit.js";
import { retryNames } from "../../../generated/files-boundary.js";
import type { Retry } from "../../../generated/files-types.js";
import type { InputSource } from "../io/input-source.js";
import { isRecord, parseJson } from "../../common/json.js";
import { type Report, totalNames } from "../../files/merge-reports.js";
import { streamOf } from "../../files/io/byte-stream.js";

/** Says what is wrong with a value, as in `expected a count at causes[0].count`; undefined if nothing is. */
type Check = (value: unknown, path: string) => string | undefined;

const expect =
  (what: string, holds: (value: unknown) => boolean): Check =>
  (value, path) =>
    holds(value) ? undefined : `expected ${what}${path && ` at ${path}`}, found ${describe(value)}`;

const count = expect("a whole number", (value) => Number.isSafeInteger(value) && (value as number) >= 0);
const string = expect("a string", (value) => typeof value === "string");
const boolean = expect("true or false", (value) => typeof value === "boolean");
const retry = expect(`one of ${retryNames.join(", ")}`, (value) => retryNames.includes(value as Retry));
const verdict = expect("failed or incomplete", (value) => value === "failed" || value === "incomplete");

const list =
  (item: Check): Check =>
  (value, path) =>
    Array.isArray(value)
      ? first(value.map((each, index) => () => item(each, `${path}[${index}]`)))
      : expect("a list", () => false)(value, path);

const object =
  (properties: Readonly<Record<string, Check>>): Check =>
  (value, path) =>
    isRecord(value)
      ? first(
          Object.entries(properties).map(
            ([name, check]) =>
              () =>
                check(value[name], path ? `${path}.${name}` : name),
          ),
        )
      : expect("an object", () => false)(value, path);

const optional =
  (check: Check): Check =>
  (value, path) =>
    value === undefined ? undefined : check(value, path);

function first(checks: readonly (() => string | undefined)[]): string | undefined {
  for (const check of checks) {
    const problem = check();
    if (problem !== undefined) return problem;
  }
  return undefined;
}

const describe = (value: unknown): string => {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" && value !== null ? "an object" : JSON.stringify(value).slice(0, 80);
};

const cause = {
  id: count,
  verdict,
  statusCode: optional(count),
  code: optional(string),
  message: string,
  normalizedMessage: string,
  retry,
  responsibility: string,
  meaning: string,
  advice: string,
  count,
  examples: list(string),
} satisfies Record<keyof Cause, Check>;

const usage = {
  model: optional(string),
  requests: count,
  inputTokens: count,
  cachedTokens: optional(count),
  cacheWriteTokens: optional(count),
  outputTokens: count,
  reasoningTokens: optional(count),
  totalTokens: count,
  details: optional(list(object({ name: string, count }))),
} satisfies Record<keyof ModelUsage, Check>;

const reportCheck = object({
  ...Object.fromEntries(totalNames.map((name) => [name, optional(count)])),
  succeeded: count,
  incomplete: count,
  failed: count,
  complete: optional(boolean),
  statusCodes: optional(list(object({ statusCode: count, count }))),
  errorCodes: optional(list(object({ code: string, count }))),
  causes: list(object(cause)),
  usage: list(object(usage)),
  malformed: optional(object({ count })),
  withoutCustomId: optional(object({ count })),
} satisfies Record<Exclude<keyof Report, (typeof totalNames)[number]>, Check> & Record<string, Check>);

/**
 * Reads a file with one report, or with one report per line.
 *
 * @throws {CliError} if the file has anything else; the message names the file and the line
 */
export async function readReports({ name, bytes }: InputSource): Promise<readonly Report[]> {
  const content = await new Response(streamOf(bytes)).text();
  const whole = parseJson(content);
  if (whole !== undefined) return [asReport(whole, name)];
  const reports = content.split("\n").flatMap((line, index) => {
    if (line.trim() === "") return [];
    const place = `${name}:${index + 1}`;
    const value = parseJson(line);
    if (value === undefined) throw new CliError(`${place}: expected a report as JSON, found something else`);
    return [asReport(value, place)];
  });
  if (reports.length === 0) throw new CliError(`${name}: expected a report, found an empty file`);
  return reports;
}

function asReport(value: unknown, place: string): Report {
  const problem = reportCheck(value, "");
  if (problem === undefined) return value as Report;
  throw new CliError(`${place}: not a report of digest --json, reconcile --json or run --json: ${problem}`);
}

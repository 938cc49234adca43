// Settings as JSON: those of a configuration file, and those of the control API.
import { planFields } from "../../../generated/mock-tables.js";
import { ApiError, throwApiError } from "../http/api-error.js";
import { heldStatuses } from "../state/batch-time.js";
import { faultNames } from "./faults.js";
import type { MockOptions } from "./options.js";
import { scenarioNames } from "./scenario-plan.js";
import type { NextSteering } from "./steering.js";
import type { WebhookOptions } from "../webhooks/webhooks.js";

/** A JSON schema of the kind that the settings are described by. */
interface Schema {
  readonly description?: string;
  readonly type?: "object" | "array" | "string" | "number" | "integer" | "boolean";
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: false;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly anyOf?: readonly Schema[];
}

const rate = (description: string): Schema => ({ description, type: "number", minimum: 0, maximum: 1 });
const text = (description: string): Schema => ({ description, type: "string" });
const positive = (description: string): Schema => ({ description, type: "number", minimum: 0 });

/** The fields of a plan that come from the request and the input file. */
export const fixedPlanFields: ReadonlySet<string> = new Set(
  "id created_at endpoint input_file_id completion_window metadata requests usage".split(" "),
);

/** The fields of a plan that can be set. */
export const settablePlanFields: readonly string[] = planFields.filter((field) => !fixedPlanFields.has(field));

// The values are checked by the simulator when a batch is created.
const plan: Schema = {
  description: "how batches run; see PlanOverrides",
  type: "object",
  properties: Object.fromEntries(settablePlanFields.map((field) => [field, {}])),
  additionalProperties: false,
};

const steering: Readonly<Record<string, Schema>> = {
  plan,
  scenario: { description: "a scenario that batches follow", enum: scenarioNames },
  hold: { description: "the status that batches do not leave", enum: heldStatuses },
  advance: { description: "what moves batches: time, or each retrieval", enum: ["time", "poll"] },
};

const status: Schema = { type: "integer", minimum: 400, maximum: 599 };

const fault: Schema = {
  description: "the fault of the next requests",
  anyOf: [
    { enum: faultNames },
    { type: "object", properties: { status }, required: ["status"], additionalProperties: false },
  ],
};

const nextSchema: Schema = {
  type: "object",
  properties: { ...steering, fault, times: { type: "integer", minimum: 1, maximum: 1000 } },
  additionalProperties: false,
};

const answer: Schema = {
  type: "object",
  properties: {
    match: {
      description: "the requests; all given fields must match",
      type: "object",
      properties: {
        custom_id: text("the id of the request; * stands for any characters"),
        url: text("the endpoint"),
        model: text("the model"),
        contains: text("a part of the last text of the prompt, the messages or the input"),
      },
      additionalProperties: false,
    },
    status: { description: "the HTTP status", type: "integer", minimum: 200, maximum: 599 },
    content: text("the text of a simulated body"),
    body: { description: "the whole body" },
  },
  additionalProperties: false,
};

const schemaOfConfig = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "Configuration of batchlight mock",
  type: "object",
  properties: {
    $schema: text("the JSON schema of this file"),
    port: { description: "port to listen on; 0 for any free port", type: "integer", minimum: 0, maximum: 65_535 },
    data: text("folder in which files and batches are stored"),
    seed: { description: "random seed", type: "integer", minimum: 0, maximum: 2 ** 32 - 1 },
    speed: { description: "how fast time runs", type: "number", exclusiveMinimum: 0 },
    fileClock: { description: "the clock by which files expire", enum: ["mock", "real"] },
    ...steering,
    failureRate: rate("share of requests that fail"),
    latency: {
      description: "delay of each response in milliseconds, or its minimum and maximum",
      anyOf: [
        { type: "number", minimum: 0 },
        { type: "array", items: { type: "number", minimum: 0 }, minItems: 2, maxItems: 2 },
      ],
    },
    faults: {
      description: "probabilities of random faults",
      type: "object",
      properties: {
        rateLimit: rate("status 429"),
        serverError: rate("status 500"),
        drop: rate("a broken connection"),
        slow: rate("a late response"),
        stale: rate("an older response"),
        notFound: rate("status 404 for a new batch"),
        retryAfterSeconds: positive("the value of Retry-After"),
        slowMilliseconds: positive("the delay of a slow response"),
        staleSeconds: positive("the age of a stale response"),
        notFoundSeconds: positive("the time in which a new batch is not found"),
      },
      additionalProperties: false,
    },
    auth: {
      description: "the accepted API keys; false accepts requests without a key",
      anyOf: [{ type: "string" }, { type: "array", items: { type: "string" } }, { enum: [false] }],
    },
    answers: { description: "responses to the requests that match", type: "array", items: answer },
    webhook: {
      description: "webhook to call when a batch ends",
      type: "object",
      properties: { url: text("the URL"), secret: text("the shared secret") },
      required: ["url", "secret"],
      additionalProperties: false,
    },
    maxBytes: { description: "maximum size of all files in memory in bytes", type: "integer", minimum: 1 },
  },
  additionalProperties: false,
} as const satisfies Schema & Readonly<Record<string, unknown>>;

/** The JSON schema of a configuration file. */
export const configSchema: Readonly<Record<string, unknown>> = schemaOfConfig;

/** The settings of a configuration file. */
export type MockConfig = Omit<
  MockOptions,
  "clock" | "responder" | "store" | "log" | "plan" | "webhook" | "webhookFetch"
> & {
  /** The URL of the JSON schema. */
  readonly $schema?: string | undefined;
  /** The port to listen on. */
  readonly port?: number | undefined;
  /** The folder in which files and batches are stored. */
  readonly data?: string | undefined;
  /** How batches run. */
  readonly plan?: NextSteering["plan"];
  /** The webhook to call when a batch ends. */
  readonly webhook?: Pick<WebhookOptions, "url" | "secret"> | undefined;
};

/**
 * Parses the text of a configuration file.
 *
 * @throws {RangeError} if the text is not JSON, or a setting is unknown or invalid
 */
export function parseMockConfig(json: string): MockConfig {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new RangeError(`expected JSON: ${(error as Error).message}`);
  }
  const problem = problemOf(value, schemaOfConfig, "");
  if (problem) throw new RangeError(problem.message);
  return value as MockConfig;
}

/** Parses what the next batches and requests do. */
export function parseNext(value: unknown): NextSteering {
  refuseProblem(problemOf(value, nextSchema, ""));
  return value as NextSteering;
}

/** Parses an object with known fields. */
export function parseObject(value: unknown, fields: readonly string[]): Readonly<Record<string, unknown>> {
  const properties = Object.fromEntries(fields.map((field) => [field, {}]));
  refuseProblem(problemOf(value, { type: "object", properties, additionalProperties: false }, ""));
  return value as Readonly<Record<string, unknown>>;
}

/** Parses a movement of the clock: `{ advance: seconds }` or `{ set: time }`. Returns the seconds to move by. */
export function parseTime(value: unknown, now: number): number {
  const { advance, set } = parseObject(value, ["advance", "set"]);
  const seconds = set === undefined ? advance : Number(set) - now;
  if (typeof seconds === "number" && seconds >= 0 && seconds < 1e10) return seconds;
  return throwApiError("control", "expected seconds at advance, or a later time in Unix seconds at set", "advance");
}

function refuseProblem(problem: Problem | undefined): void {
  if (problem) throw new ApiError("control", problem.message, problem.path);
}

interface Problem {
  readonly path: string;
  readonly message: string;
}

/** The first problem of a value. */
function problemOf(value: unknown, schema: Schema, path: string): Problem | undefined {
  const at = path || "the settings";
  const expected = (what: string): Problem => ({ path, message: `expected ${what}, found ${shown(value)} at ${at}` });
  if (schema.anyOf) {
    const problems = schema.anyOf.map((each) => problemOf(value, each, path));
    return problems.includes(undefined) ? undefined : expected(schema.anyOf.map(describe).join(", or "));
  }
  if (schema.enum) return schema.enum.includes(value) ? undefined : expected(describe(schema));
  if (schema.type !== undefined && !isOfType(value, schema)) return expected(describe(schema));
  if (typeof value === "number") {
    const { minimum = -Infinity, exclusiveMinimum = -Infinity, maximum = Infinity } = schema;
    if (!(value >= minimum && value > exclusiveMinimum && value <= maximum)) return expected(describe(schema));
  }
  if (Array.isArray(value)) {
    const { minItems = 0, maxItems = Infinity, items = {} } = schema;
    if (value.length < minItems || value.length > maxItems) return expected(describe(schema));
    return value.map((each, index) => problemOf(each, items, `${path}[${index}]`)).find((problem) => problem);
  }
  if (schema.type !== "object") return undefined;
  const fields = value as Readonly<Record<string, unknown>>;
  const properties = schema.properties ?? {};
  const known = Object.keys(properties).filter((name) => name !== "$schema");
  const inside = (name: string) => (path ? `${path}.${name}` : name);
  const missing = schema.required?.find((name) => fields[name] === undefined);
  if (missing !== undefined) return { path: inside(missing), message: `expected a value at ${inside(missing)}` };
  for (const [name, each] of Object.entries(fields)) {
    if (!Object.hasOwn(properties, name))
      return { path, message: `expected one of ${known.join(", ")}, found ${JSON.stringify(name)} at ${at}` };
    const problem = problemOf(each, properties[name]!, inside(name));
    if (problem) return problem;
  }
  return undefined;
}

function isOfType(value: unknown, { type }: Schema): boolean {
  if (type === "array") return Array.isArray(value);
  if (type === "integer") return Number.isInteger(value);
  if (type === "object") return typeof value === "object" && value !== null && !Array.isArray(value);
  // The other names are those of typeof.
  return typeof value === type;
}

/** The values that a schema accepts, in words. */
function describe({ type, enum: values, minimum, exclusiveMinimum, maximum, items, minItems }: Schema): string {
  if (values) return `${values.length > 1 ? "one of " : ""}${values.map(String).join(", ")}`;
  if (type === "array")
    return `a list${minItems === undefined ? "" : ` of ${minItems}`}${items?.type ? ` (${items.type})` : ""}`;
  if (type !== "number" && type !== "integer") return type === "object" ? "an object" : `a ${type}`;
  const noun = type === "integer" ? "a whole number" : "a number";
  if (exclusiveMinimum !== undefined) return `${noun} above ${exclusiveMinimum}`;
  if (maximum !== undefined) return `${noun} from ${minimum} to ${maximum}`;
  return minimum === undefined ? noun : `${noun} of at least ${minimum}`;
}

function shown(value: unknown): string {
  const json = JSON.stringify(value) ?? String(value);
  return json.length > 80 ? `${json.slice(0, 80)}…` : json;
}

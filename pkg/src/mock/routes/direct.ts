// Requests outside of batches, which get the response that the same line of a batch would get.
import { checkInput } from "#files";
import { causes } from "../../../generated/mock-tables.js";
import { responseBody } from "../answers/answer.js";
import { ApiError, throwApiError } from "../http/api-error.js";
import { rejectingWarnings } from "./batches.js";
import type { MockOptions } from "../settings/options.js";
import { createRandom, hashSeed } from "../simulator/random.js";
import { readJson } from "../http/request-body.js";
import { responseTo } from "./responses.js";
import { rejectionErrors, scheduleOf } from "../simulator/simulate.js";

/** The endpoints that accept requests outside of batches. */
export const directEndpoints = [
  "/v1/chat/completions",
  "/v1/responses",
  "/v1/embeddings",
  "/v1/moderations",
  "/v1/completions",
  "/v1/images/generations",
] as const;

/** The models of requests that name none. The types of `openai` 7.59.0 require none at these endpoints. */
const defaultModels: Readonly<Record<string, string>> = {
  "/v1/moderations": "omni-moderation-latest",
  "/v1/images/generations": "gpt-image-2",
};

/** The maximum size of a request in bytes: it may contain images. */
const maxRequestBytes = 32 << 20;

/** The time, the seed and the options that a direct request needs. */
export interface DirectContext {
  /** The current time in Unix seconds. */
  readonly now: number;
  /** A number for this request, different from those of earlier ones. */
  readonly seed: number;
  readonly options: MockOptions;
}

/** Returns the response to a request. */
export async function respondDirectly(
  request: Request,
  endpoint: string,
  { now, seed, options }: DirectContext,
): Promise<Response> {
  const sent = await readJson(request, maxRequestBytes);
  if (typeof sent !== "object" || sent === null || Array.isArray(sent)) return throwApiError("body", "a JSON object");
  const model = defaultModels[endpoint];
  const body: Record<string, unknown> = { ...(model !== undefined && { model }), ...(sent as Record<string, unknown>) };
  if (body.stream === true) throwApiError("stream");
  const line = { custom_id: "direct", method: "POST", url: endpoint, body };
  await checkRequest(line, endpoint);
  const response = await responseTo(options, line, 0);
  if (response?.body !== undefined) return Response.json(response.body, { status: response.status });
  const random = createRandom(hashSeed(seed, "direct"));
  if (random() < (options.failureRate ?? 0)) return failure(random());
  const answerInput = {
    request: body,
    model: scheduleOf({ created_at: now, model: body.model as string }).model,
    created: now,
    input: 10 + Math.floor(random() * 190),
    random,
    content: response?.content,
  };
  const headers = { "content-type": "application/json" };
  return new Response([...responseBody(endpoint, answerInput)].join(""), { headers });
}

/** Checks a request as a line of an input file is checked. The first error ends it. */
async function checkRequest(line: object, endpoint: string): Promise<void> {
  const { issues } = await checkInput(JSON.stringify(line), { endpoint, maxIssues: 100 });
  const issue = issues.find(({ level, code }) => level === "error" || rejectingWarnings.has(code));
  if (!issue) return;
  if (rejectingWarnings.has(issue.code))
    throwApiError("no_model", String((line as { body: { model: unknown } }).body.model));
  const { code, param, message } = issue;
  const [error] = rejectionErrors({ endpoint, issues: [{ code, line: 1, param, message, found: "" }] });
  throw new ApiError("invalid", error?.message ?? "", withoutBody(error?.param), {}, error?.code ?? null);
}

/** The name of a parameter outside of a batch, where it is not nested in `body`. */
const withoutBody = (param: string | null | undefined): string => (param ?? "").replace(/^body\./, "");

/** The error of a request that fails by chance: one of the causes that have an HTTP status. */
function failure(draw: number): Response {
  const withResponse = causes.filter(({ statusCode }) => statusCode !== null);
  const { statusCode, message, type, param, code } = withResponse[Math.floor(draw * withResponse.length)]!;
  return Response.json({ error: { message, type, param, code } }, { status: statusCode! });
}

// The result files of an ended batch: one line per request, in the order in which the requests finished. The simulator
// decides each outcome, so files and counts agree.
import { causes, outcomes, unfinished } from "../../../generated/mock-tables.js";
import { responseBody } from "../answers/answer.js";
import { createRandom, randomString, hashSeed } from "../simulator/random.js";
import type { StoredResponse, StoredBatch } from "../state/records.js";
import type { InputRequests } from "../answers/input-requests.js";
import { outcomesOf, scheduleOf } from "../simulator/simulate.js";
import { tokensIn, type UsageSum } from "../answers/usage.js";

/** The kind of a result file. */
export type ResultKind = "output" | "error";

/**
 * The lines of a result file in chunks, because a line can exceed the maximum length of a string. A simulated body has
 * up to 2,048 results or embeddings of up to 4,096 numbers, and otherwise repeats the request.
 *
 * @param usage adds up the tokens of the lines
 */
export async function* resultLines(
  id: string,
  { plan, endsAt, responses }: StoredBatch,
  requests: InputRequests,
  kind: ResultKind,
  usage: UsageSum,
): AsyncGenerator<string> {
  const { model, statuses } = scheduleOf(plan);
  const unfinishedCause = unfinished[statuses.at(-1)![0] === "expired" ? 0 : 1]!;
  for (const [index, outcome, after, input] of outcomesOf(plan, endsAt)) {
    const response = responses?.[index];
    const succeeds = outcome === outcomes.succeeded && !(response && isFailure(response));
    if (index >= requests.count || succeeds !== (kind === "output")) continue;
    const { custom_id, url, body } = await requests.read(index);
    const random = createRandom(hashSeed(id, index));
    const line = { id: `batch_req_${randomString(random, 32)}`, custom_id };
    const responseHead = (status_code: number) =>
      `${openObject(line)},"response":${openObject({ status_code, request_id: randomString(random, 32) })},"body":`;
    const failed = (error: object) => `${JSON.stringify({ ...line, response: null, error })}\n`;
    const end = '},"error":null}\n';
    if (outcome === outcomes.unfinished) yield failed({ code: unfinishedCause.code, message: unfinishedCause.message });
    else if (response?.body !== undefined && (outcome === outcomes.succeeded || isFailure(response))) {
      if (succeeds) usage.add(tokensIn(response.body));
      yield responseHead(response.status) + (JSON.stringify(response.body) ?? "null") + end;
    } else if (outcome === outcomes.succeeded) {
      yield responseHead(200);
      const { content } = response ?? {};
      const answerInput = { request: body, model, created: plan.created_at + after, input, random, content };
      usage.add(yield* responseBody(url, answerInput));
      yield end;
    } else {
      const { statusCode, message, type, param, code } = causes[outcome - outcomes.firstCause]!;
      if (statusCode === null) yield failed({ code, message });
      else yield responseHead(statusCode) + JSON.stringify({ error: { message, type, param, code } }) + end;
    }
  }
}

/** A JSON object without its closing brace. */
const openObject = (value: object): string => JSON.stringify(value).slice(0, -1);

/** Whether a response belongs to the error file. */
export const isFailure = ({ status }: StoredResponse): boolean => status < 200 || status > 299;

// The responses that a responder or a rule gives instead of the simulator.
import { messageOf } from "../../common/thrown.js";
import { responseByRule } from "../answers/rules.js";
import type { MockContent } from "../http/content.js";
import { type InputRequest, InputRequests } from "../answers/input-requests.js";
import type { MockOptions } from "../settings/options.js";
import type { StoredResponse } from "../state/records.js";
import { isFailure } from "./result-files.js";

/** The options that decide the responses. */
export type Responders = Pick<MockOptions, "responder" | "answers">;

/** The response to a request. Returns undefined if the simulator is to respond. */
export async function responseTo(
  { responder, answers }: Responders,
  request: InputRequest,
  index: number,
): Promise<StoredResponse | undefined> {
  try {
    const response = (await responder?.({ ...request, index })) ?? responseByRule(answers, request);
    if (response === undefined) return undefined;
    const { status = 200, body, content } = response;
    // Throws if the body cannot be serialized, which counts as a failed request.
    JSON.stringify(body);
    const stored = { status, body, ...(content !== undefined && { content }) };
    return body === undefined && isFailure(stored) ? failure(status, `simulated: status ${status}`) : stored;
  } catch (error) {
    return failure(500, messageOf(error));
  }
}

function failure(status: number, message: string): StoredResponse {
  const type = status === 429 ? "rate_limit_error" : status < 500 ? "invalid_request_error" : "server_error";
  return { status, body: { error: { message, type, param: null, code: null } } };
}

/** The responses to the requests of an input file, by index. */
export async function responsesTo(
  input: MockContent | undefined,
  responders: Responders,
): Promise<Record<number, StoredResponse> | undefined> {
  if (!input || !(responders.responder || responders.answers)) return undefined;
  const responses: Record<number, StoredResponse> = {};
  const requests = await InputRequests.open(input);
  for (let index = 0; index < requests.count; index++) {
    const response = await responseTo(responders, await requests.read(index), index);
    if (response) responses[index] = response;
  }
  return responses;
}

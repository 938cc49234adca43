// Responses to the requests that match a rule, for tests that cannot pass a function.
import type { InputRequest } from "./input-requests.js";
import type { ResponderResponse } from "./responder.js";
import { lastText } from "./text.js";

/** The requests that a rule applies to. All given fields must match. */
export interface AnswerMatch {
  /** The id of the request. `*` stands for any characters. */
  readonly custom_id?: string | undefined;
  /** The endpoint. */
  readonly url?: string | undefined;
  /** The model. */
  readonly model?: string | undefined;
  /** A part of the last text of the prompt, the messages or the input. */
  readonly contains?: string | undefined;
}

/** A response to the requests that match. */
export interface AnswerRule extends ResponderResponse {
  /** The requests. Default: all. */
  readonly match?: AnswerMatch | undefined;
}

/** The response of the first rule that matches. */
export const responseByRule = (
  rules: readonly AnswerRule[] | undefined,
  request: InputRequest,
): ResponderResponse | undefined => rules?.find(({ match }) => match === undefined || isMatch(match, request));

function isMatch({ custom_id, url, model, contains }: AnswerMatch, request: InputRequest): boolean {
  const { body } = request;
  return (
    (custom_id === undefined || isLike(custom_id, request.custom_id)) &&
    (url === undefined || url === request.url) &&
    (model === undefined || model === body.model) &&
    (contains === undefined || lastText(body.messages ?? body.input ?? body.prompt).includes(contains))
  );
}

/** Whether a text matches a pattern in which `*` stands for any characters. */
function isLike(pattern: string, text: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  if (rest.length === 0) return text === pattern;
  const last = rest.pop()!;
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= text.length - last.length;
}

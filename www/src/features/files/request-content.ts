// Extracts the most important parts of a request and of its response: the messages, the error and the tokens.
import { propertyOf } from "#common/list-page.js";

/** A part of a conversation. */
export interface Message {
  /** Who says it, such as `user`; `undefined` where the request does not say. */
  readonly role: string | undefined;
  readonly text: string;
}

/** The tokens of a response. */
export interface ResponseTokens {
  readonly input: number | undefined;
  readonly output: number | undefined;
}

const at = (value: unknown, ...path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>((part, name) => propertyOf(part, String(name)), value);

const string = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

/** Returns the text of a content, which is a string or a list of parts. */
function contentText(content: unknown): string | undefined {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return undefined;
  return content
    .map((part) => (typeof part === "string" ? part : (string(at(part, "text")) ?? `[${at(part, "type") ?? "part"}]`)))
    .join("\n");
}

/** Returns the messages of a request's body; empty where its endpoint has none. */
export function messagesOf(body: unknown): readonly Message[] {
  const instructions = string(at(body, "instructions"));
  const first: readonly Message[] = instructions === undefined ? [] : [{ role: "instructions", text: instructions }];
  const list = at(body, "messages") ?? at(body, "input") ?? at(body, "prompt");
  if (typeof list === "string") return [...first, { role: undefined, text: list }];
  if (!Array.isArray(list)) return first;
  const messages = list.map((item): Message => {
    if (typeof item === "string") return { role: undefined, text: item };
    return { role: string(at(item, "role")), text: contentText(at(item, "content")) ?? JSON.stringify(item) };
  });
  return [...first, ...messages];
}

/** Returns what the model replied in a response's body; empty where it has no text. */
export function repliesOf(body: unknown): readonly Message[] {
  const choices = at(body, "choices");
  if (Array.isArray(choices))
    return choices.map((choice): Message => {
      const message = at(choice, "message");
      const calls = at(message, "tool_calls");
      const text = [
        contentText(at(message, "content")),
        string(at(message, "refusal")),
        string(at(choice, "text")),
        Array.isArray(calls) && calls.length > 0 ? JSON.stringify(calls, null, 2) : undefined,
      ];
      return { role: string(at(message, "role")), text: text.filter((part) => part).join("\n") };
    });
  const output = at(body, "output");
  if (Array.isArray(output))
    return output.map((item): Message => {
      const role = string(at(item, "role")) ?? string(at(item, "type"));
      return { role, text: contentText(at(item, "content")) ?? JSON.stringify(item, null, 2) };
    });
  const data = at(body, "data");
  const embedding = at(data, 0, "embedding");
  if (Array.isArray(data) && embedding !== undefined)
    return [{ role: "embedding", text: data.map((item) => JSON.stringify(at(item, "embedding"))).join("\n") }];
  return [];
}

/** Returns the error of a result line. */
export function errorOf(line: unknown): { readonly code: string | undefined; readonly message: string } | undefined {
  const error = at(line, "error") ?? at(line, "response", "body", "error");
  const message = string(error) ?? string(at(error, "message"));
  return message === undefined ? undefined : { code: string(at(error, "code")), message };
}

/** Returns the tokens in a response's body. */
export function responseTokens(body: unknown): ResponseTokens | undefined {
  const usage = at(body, "usage");
  const count = (...names: readonly string[]): number | undefined =>
    names.map((name) => at(usage, name)).find((value): value is number => typeof value === "number");
  const [input, output] = [count("prompt_tokens", "input_tokens"), count("completion_tokens", "output_tokens")];
  return input === undefined && output === undefined ? undefined : { input, output };
}

/** Returns the body of a request line. */
export const requestBody = (line: unknown): unknown => at(line, "body");

/** Returns the body of the response in a result line. */
export const responseBody = (line: unknown): unknown => at(line, "response", "body");

/** Returns the model that a body names. */
export const modelOf = (body: unknown): string | undefined => string(at(body, "model"));

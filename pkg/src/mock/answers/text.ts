// The text of simulated answers, and the settings of a request that cut it.

/** The values that an answer is made of. */
export interface AnswerInput {
  /** The body of the request. */
  readonly request: Readonly<Record<string, unknown>>;
  /** The dated name of the model. */
  readonly model: string;
  /** The time of the response in Unix seconds. */
  readonly created: number;
  /** The number of input tokens. */
  readonly input: number;
  /** The random number generator. */
  readonly random: () => number;
  /** The text of the answer. Default: a sentence that repeats the prompt. */
  readonly content?: string | undefined;
}

/** The tokens that an answer reports. */
export interface AnswerUsage {
  readonly input: number;
  readonly output: number;
}

/** The maximum number of answers of one request. */
export const maxAnswers = 2048;

/** A number of answers within its limits. */
export const countOf = (value: unknown, max: number): number =>
  typeof value === "number" ? Math.min(Math.max(1, Math.floor(value)), max) : 1;

/** An object, or an empty one for anything else. */
export const objectOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

/** The last text of a prompt, of messages or of input items. */
export function lastText(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) {
    for (let at = value.length - 1; at >= 0; at--) {
      const text = lastText(value[at]);
      if (text !== "") return text;
    }
    return "";
  }
  const { content, text } = objectOf(value);
  return content === undefined && text === undefined ? "" : lastText(content ?? text);
}

/** The simulated answer to a prompt. */
export const answerTo = (prompt: string): string => `Simulated answer to: ${prompt.slice(0, 80)}`;

/** Splits a text into tokens of up to four characters. Joined, they are the text. */
export const tokensOf = (text: string): readonly string[] => text.match(/ ?[^\s]{1,4}|\s/gu) ?? [];

/** A text with its end: `stop`, or `length` if it was cut. */
export interface CutText {
  readonly text: string;
  readonly tokens: readonly string[];
  readonly reason: "stop" | "length";
}

/** Cuts a text before the first stop sequence, and after a maximum number of tokens. */
export function cutText(text: string, stop: unknown, maxTokens: unknown): CutText {
  const stops = (Array.isArray(stop) ? stop : [stop]).filter((each) => typeof each === "string" && each !== "");
  const end = Math.min(...stops.map((each: string) => text.indexOf(each)).filter((at) => at >= 0), text.length);
  const tokens = tokensOf(text.slice(0, end));
  if (typeof maxTokens !== "number" || tokens.length <= maxTokens)
    return { text: text.slice(0, end), tokens, reason: "stop" };
  const kept = tokens.slice(0, Math.max(0, Math.floor(maxTokens)));
  return { text: kept.join(""), tokens: kept, reason: "length" };
}

/** The log probability of a token, with that of the most likely tokens at its place. */
export interface TokenLogprob {
  readonly token: string;
  readonly logprob: number;
  readonly bytes: readonly number[];
  readonly top_logprobs: readonly Omit<TokenLogprob, "top_logprobs">[];
}

/** Draws log probabilities. The token itself is the most likely one. */
export function logprobsOf(tokens: readonly string[], top: unknown, random: () => number): TokenLogprob[] {
  const encoder = new TextEncoder();
  const entry = (token: string, logprob: number) => ({
    token,
    logprob: Math.round(logprob * 1e6) / 1e6,
    bytes: [...encoder.encode(token)],
  });
  const count = typeof top === "number" ? Math.min(Math.max(0, Math.floor(top)), 20) : 0;
  return tokens.map((token) => {
    const logprob = -random() * 0.5;
    const others = Array.from({ length: count }, (_, at) => entry(at === 0 ? token : `${token}${at}`, logprob - at));
    return { ...entry(token, logprob), top_logprobs: others };
  });
}

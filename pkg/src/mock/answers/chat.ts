// Simulated answers of /v1/chat/completions and /v1/completions.
import { randomString } from "../simulator/random.js";
import { sampleOfSchema } from "./schema-sample.js";
import {
  type AnswerInput,
  type AnswerUsage,
  answerTo,
  countOf,
  cutText,
  lastText,
  logprobsOf,
  maxAnswers,
  objectOf,
  tokensOf,
} from "./text.js";
import { callId, requiredCall } from "./tools.js";

/** An answer and the tokens that it reports. */
export type Answer = readonly [body: object, usage: AnswerUsage];

/** The maximum of `n`. */
const maxChoices = 128;

/** The text that a format asks for: a sentence, any object, or a value that is valid by a schema. */
export function formattedText(format: unknown, schema: unknown, text: string, random: () => number): string {
  if (format === "json_schema") return JSON.stringify(sampleOfSchema(schema, random, text));
  return format === "json_object" ? JSON.stringify({ simulated: text }) : text;
}

/** The answer of /v1/chat/completions. */
export function chat({ request, model, created, input, random, content }: AnswerInput): Answer {
  const text = content ?? answerTo(lastText(request.messages));
  const { type, json_schema } = objectOf(request.response_format);
  const maxTokens = request.max_completion_tokens ?? request.max_tokens;
  let output = 0;
  const choice = (_: unknown, index: number) => {
    const call = content === undefined ? requiredCall(request, random, text) : undefined;
    const full =
      call?.arguments ??
      (content === undefined ? formattedText(type, objectOf(json_schema).schema, text, random) : content);
    const cut = cutText(full, call ? undefined : request.stop, maxTokens);
    output += cut.tokens.length;
    const logprobs =
      request.logprobs === true && !call
        ? { content: logprobsOf(cut.tokens, request.top_logprobs, random), refusal: null }
        : null;
    const isLegacy = call !== undefined && !Array.isArray(request.tools);
    const calls = call && {
      ...(isLegacy
        ? { function_call: { name: call.name, arguments: cut.text } }
        : {
            tool_calls: [
              call.kind === "function"
                ? { id: callId(random), type: "function", function: { name: call.name, arguments: cut.text } }
                : { id: callId(random), type: "custom", custom: { name: call.name, input: cut.text } },
            ],
          }),
    };
    const called = isLegacy ? "function_call" : "tool_calls";
    return {
      index,
      message: { role: "assistant", content: call ? null : cut.text, refusal: null, annotations: [], ...calls },
      logprobs,
      finish_reason: call && cut.reason === "stop" ? called : cut.reason,
    };
  };
  const id = `chatcmpl-${randomString(random, 29, "base62")}`;
  const choices = Array.from({ length: countOf(request.n, maxChoices) }, choice);
  const body = {
    id,
    object: "chat.completion",
    created,
    model,
    choices,
    usage: {
      prompt_tokens: input,
      completion_tokens: output,
      total_tokens: input + output,
      prompt_tokens_details: { cached_tokens: 0, cache_write_tokens: 0, audio_tokens: 0 },
      completion_tokens_details: {
        reasoning_tokens: 0,
        audio_tokens: 0,
        accepted_prediction_tokens: 0,
        rejected_prediction_tokens: 0,
      },
    },
    service_tier: "default",
    system_fingerprint: `fp_${randomString(random, 10)}`,
  };
  return [body, { input, output }];
}

/** The answer of /v1/completions: `n` choices for each prompt. */
export function completion({ request, model, created, input, random, content }: AnswerInput): Answer {
  const { prompt } = request;
  const isList = Array.isArray(prompt) && typeof prompt[0] !== "number";
  const prompts: readonly unknown[] = isList ? prompt.slice(0, maxAnswers) : [prompt];
  const count = countOf(request.n, maxChoices);
  const choices = [];
  let output = 0;
  for (const each of prompts) {
    const asked = lastText(each);
    for (let at = 0; at < count && choices.length < maxAnswers; at++) {
      const cut = cutText(content ?? answerTo(asked), request.stop, request.max_tokens);
      output += cut.tokens.length;
      const echo = request.echo === true ? asked : "";
      choices.push({
        text: echo + cut.text,
        index: choices.length,
        logprobs:
          typeof request.logprobs === "number"
            ? legacyLogprobs([...tokensOf(echo), ...cut.tokens], request.logprobs, random)
            : null,
        finish_reason: cut.reason,
      });
    }
  }
  const body = {
    id: `cmpl-${randomString(random, 29, "base62")}`,
    object: "text_completion",
    created,
    model,
    choices,
    usage: { prompt_tokens: input, completion_tokens: output, total_tokens: input + output },
  };
  return [body, { input, output }];
}

function legacyLogprobs(tokens: readonly string[], top: number, random: () => number): object {
  const entries = logprobsOf(tokens, Math.min(top, 5), random);
  let offset = 0;
  const offsets = tokens.map((token) => {
    offset += token.length;
    return offset - token.length;
  });
  return {
    tokens,
    token_logprobs: entries.map(({ logprob }) => logprob),
    top_logprobs: entries.map(({ top_logprobs }) =>
      Object.fromEntries(top_logprobs.map(({ token, logprob }) => [token, logprob])),
    ),
    text_offset: offsets,
  };
}

// Simulated answers of /v1/responses.
import { randomString } from "../simulator/random.js";
import { type Answer, formattedText } from "./chat.js";
import { type AnswerInput, answerTo, cutText, lastText, logprobsOf, objectOf } from "./text.js";
import { callId, requiredCall } from "./tools.js";

/** The answer of /v1/responses: a message, or the tool call that the request requires. */
export function response({ request, model, created, input, random, content }: AnswerInput): Answer {
  const settings = objectOf(request.text);
  const { type, schema } = objectOf(settings.format);
  const text = content ?? answerTo(lastText(request.input));
  const id = `resp_${randomString(random, 48)}`;
  const call = content === undefined ? requiredCall(request, random, text) : undefined;
  const full = call?.arguments ?? (content === undefined ? formattedText(type, schema, text, random) : content);
  const cut = cutText(full, undefined, request.max_output_tokens);
  const status = cut.reason === "length" ? "incomplete" : "completed";
  const output = cut.tokens.length;
  const includes = Array.isArray(request.include) ? (request.include as unknown[]) : [];
  const logprobs = includes.includes("message.output_text.logprobs")
    ? logprobsOf(cut.tokens, request.top_logprobs, random)
    : [];
  const message = () => ({
    id: `msg_${randomString(random, 48)}`,
    type: "message",
    status,
    role: "assistant",
    content: [{ type: "output_text", annotations: [], logprobs, text: cut.text }],
  });
  const toolCall = ({ kind, name }: NonNullable<typeof call>) =>
    kind === "function"
      ? {
          id: `fc_${randomString(random, 48)}`,
          type: "function_call",
          status,
          call_id: callId(random),
          name,
          arguments: cut.text,
        }
      : {
          id: `ctc_${randomString(random, 48)}`,
          type: "custom_tool_call",
          call_id: callId(random),
          name,
          input: cut.text,
        };
  const body = {
    id,
    object: "response",
    created_at: created,
    status,
    completed_at: status === "completed" ? created : null,
    background: request.background ?? false,
    access_programs: null,
    error: null,
    incomplete_details: status === "incomplete" ? { reason: "max_output_tokens" } : null,
    instructions: request.instructions ?? null,
    max_output_tokens: request.max_output_tokens ?? null,
    max_tool_calls: request.max_tool_calls ?? null,
    model,
    output: [call ? toolCall(call) : message()],
    parallel_tool_calls: request.parallel_tool_calls ?? true,
    previous_response_id: request.previous_response_id ?? null,
    prompt_cache_key: request.prompt_cache_key ?? null,
    reasoning: { effort: null, summary: null, ...objectOf(request.reasoning) },
    safety_identifier: request.safety_identifier ?? null,
    service_tier: "default",
    store: request.store ?? true,
    temperature: request.temperature ?? 1,
    text: { format: { type: "text" }, ...settings },
    tool_choice: request.tool_choice ?? "auto",
    tools: (Array.isArray(request.tools) ? request.tools : []).map(withDefaults),
    top_logprobs: request.top_logprobs ?? 0,
    top_p: request.top_p ?? 1,
    truncation: request.truncation ?? "disabled",
    usage: {
      input_tokens: input,
      input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
      output_tokens: output,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: input + output,
    },
    ...(typeof request.user === "string" && { user: request.user }),
    metadata: request.metadata ?? {},
  };
  return [body, { input, output }];
}

/** A tool as the answer repeats it: functions have all properties. */
const withDefaults = (tool: unknown): unknown =>
  objectOf(tool).type === "function" ? { parameters: null, strict: true, ...objectOf(tool) } : tool;

import { type } from "arktype";

const counts = type({ completed: "number.integer >= 0", failed: "number.integer >= 0", total: "number.integer >= 0" });
const usage = type({
  input_tokens: "number.integer >= 0",
  input_tokens_details: { cached_tokens: "number.integer >= 0" },
  output_tokens: "number.integer >= 0",
  output_tokens_details: { reasoning_tokens: "number.integer >= 0" },
  total_tokens: "number.integer >= 0",
});
const entry = type({
  "code?": "string | null",
  "line?": "number.integer >= 0 | null",
  "message?": "string | null",
  "param?": "string | null",
});
const stamp = "number.integer >= 0 | null";
const schema = type({
  id: "string",
  object: "'batch'",
  endpoint: "string",
  input_file_id: "string",
  completion_window: "string",
  created_at: "number.integer >= 0",
  status:
    "'validating' | 'failed' | 'in_progress' | 'finalizing' | 'completed' | 'expired' | 'cancelling' | 'cancelled'",
  "in_progress_at?": stamp,
  "expires_at?": stamp,
  "finalizing_at?": stamp,
  "completed_at?": stamp,
  "failed_at?": stamp,
  "expired_at?": stamp,
  "cancelling_at?": stamp,
  "cancelled_at?": stamp,
  "model?": "string | null",
  "output_file_id?": "string | null",
  "error_file_id?": "string | null",
  "request_counts?": counts.or("null"),
  "usage?": usage.or("null"),
  "errors?": type({ "object?": "string | null", "data?": entry.array().or("null") }).or("null"),
  "metadata?": "Record<string, string> | null",
});

export const check = (value) => !(schema(value) instanceof type.errors);

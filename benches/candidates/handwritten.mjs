// A hand-written check of the published interface, without a report of what is wrong.
const statuses = new Set([
  "validating",
  "failed",
  "in_progress",
  "finalizing",
  "completed",
  "expired",
  "cancelling",
  "cancelled",
]);
const text = (value) => typeof value === "string";
const whole = (value) => Number.isInteger(value) && value >= 0;
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const counts = (value) => isObject(value) && whole(value.completed) && whole(value.failed) && whole(value.total);
const entry = (value) =>
  isObject(value) &&
  (value.code == null || text(value.code)) &&
  (value.line == null || whole(value.line)) &&
  (value.message == null || text(value.message)) &&
  (value.param == null || text(value.param));
const errors = (value) =>
  isObject(value) &&
  (value.object == null || text(value.object)) &&
  (value.data == null || (Array.isArray(value.data) && value.data.every(entry)));
const usage = (value) =>
  isObject(value) &&
  whole(value.input_tokens) &&
  whole(value.output_tokens) &&
  whole(value.total_tokens) &&
  isObject(value.input_tokens_details) &&
  whole(value.input_tokens_details.cached_tokens) &&
  isObject(value.output_tokens_details) &&
  whole(value.output_tokens_details.reasoning_tokens);
const metadata = (value) => {
  if (!isObject(value)) return false;
  for (const key in value) if (!text(value[key])) return false;
  return true;
};

export const check = (o) =>
  isObject(o) &&
  text(o.id) &&
  o.object === "batch" &&
  text(o.endpoint) &&
  text(o.input_file_id) &&
  text(o.completion_window) &&
  statuses.has(o.status) &&
  whole(o.created_at) &&
  (o.in_progress_at == null || whole(o.in_progress_at)) &&
  (o.expires_at == null || whole(o.expires_at)) &&
  (o.finalizing_at == null || whole(o.finalizing_at)) &&
  (o.completed_at == null || whole(o.completed_at)) &&
  (o.failed_at == null || whole(o.failed_at)) &&
  (o.expired_at == null || whole(o.expired_at)) &&
  (o.cancelling_at == null || whole(o.cancelling_at)) &&
  (o.cancelled_at == null || whole(o.cancelled_at)) &&
  (o.model == null || text(o.model)) &&
  (o.output_file_id == null || text(o.output_file_id)) &&
  (o.error_file_id == null || text(o.error_file_id)) &&
  (o.request_counts == null || counts(o.request_counts)) &&
  (o.usage == null || usage(o.usage)) &&
  (o.errors == null || errors(o.errors)) &&
  (o.metadata == null || metadata(o.metadata));

import * as v from "valibot";

const text = v.string();
const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const counts = v.object({ completed: whole, failed: whole, total: whole });
const entry = v.object({
  code: v.nullish(text),
  line: v.nullish(whole),
  message: v.nullish(text),
  param: v.nullish(text),
});
const usage = v.object({
  input_tokens: whole,
  input_tokens_details: v.object({ cached_tokens: whole }),
  output_tokens: whole,
  output_tokens_details: v.object({ reasoning_tokens: whole }),
  total_tokens: whole,
});
const stamp = v.nullish(whole);
const schema = v.looseObject({
  id: text,
  object: v.literal("batch"),
  endpoint: text,
  input_file_id: text,
  completion_window: text,
  created_at: whole,
  status: v.picklist([
    "validating",
    "failed",
    "in_progress",
    "finalizing",
    "completed",
    "expired",
    "cancelling",
    "cancelled",
  ]),
  in_progress_at: stamp,
  expires_at: stamp,
  finalizing_at: stamp,
  completed_at: stamp,
  failed_at: stamp,
  expired_at: stamp,
  cancelling_at: stamp,
  cancelled_at: stamp,
  model: v.nullish(text),
  output_file_id: v.nullish(text),
  error_file_id: v.nullish(text),
  request_counts: v.nullish(counts),
  usage: v.nullish(usage),
  errors: v.nullish(v.object({ object: v.nullish(text), data: v.nullish(v.array(entry)) })),
  metadata: v.nullish(v.record(text, text)),
});

export const check = (value) => v.safeParse(schema, value).success;

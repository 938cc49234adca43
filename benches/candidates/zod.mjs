import { z } from "zod";

const text = z.string();
const whole = z.number().int().min(0);
const counts = z.object({ completed: whole, failed: whole, total: whole });
const entry = z.object({ code: text.nullish(), line: whole.nullish(), message: text.nullish(), param: text.nullish() });
const usage = z.object({
  input_tokens: whole,
  input_tokens_details: z.object({ cached_tokens: whole }),
  output_tokens: whole,
  output_tokens_details: z.object({ reasoning_tokens: whole }),
  total_tokens: whole,
});
const stamp = whole.nullish();
const schema = z.looseObject({
  id: text,
  object: z.literal("batch"),
  endpoint: text,
  input_file_id: text,
  completion_window: text,
  created_at: whole,
  status: z.enum([
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
  model: text.nullish(),
  output_file_id: text.nullish(),
  error_file_id: text.nullish(),
  request_counts: counts.nullish(),
  usage: usage.nullish(),
  errors: z.object({ object: text.nullish(), data: z.array(entry).nullish() }).nullish(),
  metadata: z.record(text, text).nullish(),
});

export const check = (value) => schema.safeParse(value).success;

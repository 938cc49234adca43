// The workload that every environment runs: it describes batches, checks a file and reconciles results. Its result is a
// string that must be equal everywhere, byte for byte.

const now = 1736490000;

const batches = [
  { status: "in_progress", in_progress_at: 1736489800, request_counts: { total: 200, completed: 50, failed: 1 } },
  {
    status: "completed",
    completed_at: 1736489990,
    error_file_id: "file-3",
    request_counts: null,
    output_file_id: null,
  },
  { status: "cancelled", cancelled_at: 1736489999, metadata: { job: "é 漢 😀" } },
  { status: "paused" },
].map((fields, index) => ({
  id: `batch_${index}`,
  object: "batch",
  endpoint: "/v1/chat/completions",
  input_file_id: "file-1",
  completion_window: "24h",
  created_at: 1736489775,
  ...fields,
}));

const line = (custom_id, content) =>
  JSON.stringify({
    custom_id,
    method: "POST",
    url: "/v1/chat/completions",
    body: { model: "gpt-5.4-mini", messages: [{ role: "user", content }] },
  });
const input = `${[line("a", "Name a prime."), line("b", "é 漢 😀"), line("a", "again")].join("\n")}\n`;
const output = JSON.stringify({ custom_id: "a", response: { status_code: 200, body: { choices: [] } }, error: null });
const error = JSON.stringify({ custom_id: "b", response: null, error: { code: "batch_expired", message: "too late" } });

/**
 * Runs the workload.
 *
 * @param {typeof import("batchlight")} api the exports of an entry
 * @returns {Promise<string>} JSON
 */
export async function workload(api) {
  const { issues, ok } = await api.checkInput(input);
  const reconciliation = await api.reconcile({ input, output, error });
  return JSON.stringify({
    valid: batches.map((batch) => api.isBatch(batch)),
    parsed: batches.map((batch) => api.safeParseBatch(batch)),
    views: batches.map((batch) => api.describeBatch(batch, { now, seed: 1 })),
    change: api.compareBatches(batches[0], batches[2]).relation,
    next: api.nextStatuses("finalizing"),
    check: { ok, issues },
    verdicts: [...reconciliation.verdicts()],
    retry: await new Response(reconciliation.retry()).text(),
  });
}

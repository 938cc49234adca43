// Questions whose answers take the whole way through the module: objects and text in, objects out. Every entry must
// answer alike.

/** Asks them; the answer is plain data. */
export function probe(api) {
  const batch = {
    id: "batch_é",
    object: "batch",
    endpoint: "/v1/chat/completions",
    input_file_id: "file-1",
    completion_window: "24h",
    status: "completed",
    created_at: 1_700_000_000,
    request_counts: { total: 3, completed: 2, failed: 1 },
  };
  const view = api.describeBatch(batch, { now: 1_700_000_100 });
  return [
    api.isBatch(batch),
    api.isBatch({ ...batch, id: 7 }),
    api.isTerminal("completed"),
    api.nextStatuses("finalizing"),
    view.id,
    view.outcome,
  ];
}

/** The same as source text, for other processes and pages: `api` is in scope there. */
export const probeText = `(${probe})(api)`;

/** The answer every entry has to give. */
export const expected = [true, false, true, ["completed"], "batch_é", "partially_failed"];

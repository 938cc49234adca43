// A probe of the functions for batches: it passes objects and strings to the module and returns objects. Every entry
// must return the same.

/** Calls the functions. Returns plain data. */
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

/** The probe as an expression for other processes and pages, where `api` is in scope. */
export const probeText = `(${probe})(api)`;

/** The result that every entry must return. */
export const expected = [true, false, true, ["completed", "expired"], "batch_é", "partially_failed"];

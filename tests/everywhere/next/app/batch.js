// What the Batch API would answer to the server of this application.
export const batch = {
  id: "batch_1",
  object: "batch",
  endpoint: "/v1/embeddings",
  input_file_id: "file-1",
  completion_window: "24h",
  status: "completed",
  created_at: 1736489775,
  completed_at: 1736489990,
  output_file_id: "file-2",
  request_counts: { total: 200, completed: 200, failed: 0 },
};
export const running = {
  ...batch,
  id: "batch_2",
  status: "in_progress",
  completed_at: null,
  output_file_id: null,
  request_counts: { total: 200, completed: 50, failed: 0 },
};
export const now = 1736490000;

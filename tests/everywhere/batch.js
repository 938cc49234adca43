// The batch that every page shows, as the Batch API would answer to the server of the application.
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

/** The current time of the pages, in Unix seconds, so that they are the same at every run. */
export const now = 1736490000;

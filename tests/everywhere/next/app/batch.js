// What the Batch API would answer to the server of this application.
import { batch, now } from "../batch";

export { batch, now };
export const running = {
  ...batch,
  id: "batch_2",
  status: "in_progress",
  completed_at: null,
  output_file_id: null,
  request_counts: { total: 200, completed: 50, failed: 0 },
};

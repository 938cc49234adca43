// The texts for the steps of a run, in the command and on the board.

/** The next step of a shard. */
export const nextStepTexts = {
  upload: "to be uploaded",
  create: "to be created",
  find: "to be found: it is not known whether its batch was created",
  wait: "waiting for other batches",
  follow: "under way",
  fetch: "ended; results to be fetched",
  reconcile: "results to be matched",
  finish: "finished",
} as const;

/** Why a shard waits. */
export const waitReasonTexts = {
  queue: "waiting for room in the queue of its model",
  token_limit: "the token limit of the account is reached; waiting until other batches have ended",
  server: "the server did not respond as expected",
  list: "looking for the batch in the list, because it is not known whether it was created",
} as const;

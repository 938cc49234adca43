// The runs of this page, of which there is only one list.
import { connect } from "../api/connect.js";
import { sending } from "../api/sending.js";
import { Runs } from "./runs.js";

let shared: Promise<Runs> | undefined;

/** The runs of this browser, created at the first call; `undefined` where this page cannot send. */
export function sharedRuns(): Promise<Runs> | undefined {
  if (!sending.allowed) return undefined;
  const { account } = sending;
  shared ??= connect().then(
    (api) => new Runs(api, account),
    (error: unknown) => {
      shared = undefined;
      throw error;
    },
  );
  return shared;
}

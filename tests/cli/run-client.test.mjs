// The official Python client lists the batches of a run.
import { after, test } from "node:test";
import { assertRunSeen } from "../clients/run-view.mjs";
import { findPython } from "./clients/python.mjs";
import { serveRuns } from "./run-server.mjs";
import { program } from "./support.mjs";

const { python, reason } = await findPython();

test("the official Python client sees one batch for each shard, with the run in its metadata", {
  skip: reason,
}, async () => {
  const server = await serveRuns({ advance: "poll" });
  after(server.close);
  await assertRunSeen({ url: server.url, python, command: program });
});

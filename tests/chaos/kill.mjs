// A mock that is killed repeatedly while clients work, while it starts and while it stops: everything that it
// acknowledged is preserved.
import { existsSync, readdirSync, watch } from "node:fs";
import { join } from "node:path";
import { workAsClient } from "./clients.mjs";
import { Ledger } from "./ledger.mjs";

/** The number of clients. */
const clients = 4;
/** The number of kills per round. */
const kills = 2;

/** The folders that the mock writes to. */
const kinds = ["content", "file", "batch", "state", "."];

export const name = "killed";

/** @param {import("./round.mjs").Round} round */
export async function run(round) {
  const data = round.folder();
  const ledger = new Ledger(round.tally);
  for (let kill = 0; kill < kills; kill++) {
    if (round.random(4) === 0) await killAtStart(round, data);
    const server = await checked(round, data, ledger);
    await round.pick([killAtWork, killAtWork, killAtEnd])(round, { data, ledger, ...server });
  }
  const { end } = await checked(round, data, ledger);
  const { err } = await end();
  round.tally.check(err === "", `unexpected output for an undamaged folder: ${err}`);
}

/** Starts the mock and checks that everything is preserved. */
async function checked(round, data, ledger) {
  const server = await round.mock("--speed", "3600", "--data", data);
  await ledger.check(server.url);
  for (const kind of kinds)
    for (const entry of readdirSync(join(data, kind)))
      round.tally.check(!entry.endsWith(".tmp"), `${kind}/${entry} remains after a crash`);
  return server;
}

/** Kills the mock while clients work. */
async function killAtWork(round, { data, ledger, url, child, ended }) {
  let killed = false;
  const kill = () => {
    killed = true;
    child.kill("SIGKILL");
  };
  const before = round.tally.acknowledged;
  // Where the system reports no file changes, the number of acknowledgements decides.
  const maxAcknowledged = 20 + round.random(100);
  const watched = atChange(data, round.random(400), kill);
  const more = () => {
    if (round.tally.acknowledged - before >= maxAcknowledged) kill();
    return !killed;
  };
  const work = () =>
    workAsClient({ url, ledger, round, more }).catch((error) => {
      // Requests that run when the server is killed fail. They were not acknowledged.
      if (!killed) throw error;
    });
  try {
    await Promise.all(Array.from({ length: clients }, work));
  } finally {
    watched.close();
  }
  await round.within(ended, "the mock does not end after SIGKILL");
}

/** Kills the mock while it starts. */
async function killAtStart(round, data) {
  const { child, ended, url } = round.startMock("--speed", "3600", "--data", data);
  const watched = atChange(data, round.random(12), () => child.kill("SIGKILL"));
  // If there were fewer changes, the mock has started.
  await Promise.race([ended, url]).catch(() => undefined);
  watched.close();
  child.kill("SIGKILL");
  await round.within(ended, "the mock does not end after SIGKILL");
}

/** Kills the mock while it stops, with running requests. */
async function killAtEnd(round, { data, ledger, url, child, ended }) {
  let ending = false;
  const turns = 5 + round.random(20);
  const work = () =>
    workAsClient({ url, ledger, round, more: (done) => !ending && done < turns }).catch((error) => {
      if (!ending) throw error;
    });
  const working = Array.from({ length: clients }, work);
  await working[0];
  ending = true;
  const watched = atChange(data, round.random(6), () => child.kill("SIGKILL"));
  child.kill("SIGTERM");
  await Promise.all([...working, round.within(ended, "the mock does not end after SIGTERM")]);
  watched.close();
}

/** Runs a task at a change in the folder, after `others` other changes. */
function atChange(data, others, work) {
  let left = others;
  const look = () => {
    if (left-- === 0) work();
  };
  const folders = kinds.map((kind) => join(data, kind)).filter((path) => existsSync(path));
  const watchers = folders.map((path) => watch(path, look));
  return { close: () => watchers.forEach((watcher) => void watcher.close()) };
}

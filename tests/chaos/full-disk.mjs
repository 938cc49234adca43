// A disk that fills up repeatedly: the mock reports it, loses nothing that it acknowledged, and continues when there is
// space.
import { appendFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { mountable, onSmallDisk } from "../cli/clients/small-disk.mjs";
import { workAsClient } from "./clients.mjs";
import { Ledger } from "./ledger.mjs";

export const name = "full disk";

export const skip = mountable;

/** @param {import("./round.mjs").Round} round */
export const run = (round) => onSmallDisk((disk) => fill(round, disk));

const isFull = ({ status, body }) => status === 500 && /no space left on the disk$/.test(body.error?.message);

async function fill(round, disk) {
  const { tally } = round;
  const ledger = new Ledger(tally);
  const first = await round.mock("--speed", "3600", "--data", disk);
  // Reserves space that can be freed later.
  const filler = join(disk, "filler");
  writeFileSync(filler, Buffer.alloc(256 << 10));
  let refusals = 0;
  const mayFail = (response) => isFull(response) && ++refusals > 0;
  const minRefusals = 5 + round.random(20);
  const clients = (url, more) => Promise.all([1, 2, 3].map(() => workAsClient({ url, ledger, round, more, mayFail })));
  await clients(first.url, () => refusals < minRefusals);
  takeAll(filler);
  await clients(first.url, (done) => done < 5);
  await ledger.check(first.url);
  for (const kind of ["content", "file", "batch", "state", "."]) {
    const left = readdirSync(join(disk, kind)).filter((entry) => entry.endsWith(".tmp"));
    tally.check(left.length === 0, `partial files on a full disk: ${left.join(", ")}`);
  }

  await first.end("SIGKILL");
  // On a full disk, the mock starts or reports why it cannot.
  const second = round.startMock("--speed", "3600", "--data", disk);
  const url = await second.url.catch(() => undefined);
  if (url) {
    await ledger.check(url);
    await second.end("SIGKILL");
  } else {
    const { code, err } = await second.ended;
    tally.check(
      code === 2 && /no space left on the disk/.test(err),
      `expected exit code 2 on a full disk, found ${code}: ${err}`,
    );
  }

  rmSync(filler);
  const third = await round.mock("--speed", "3600", "--data", disk);
  await ledger.check(third.url);
  await clients(third.url, (done) => done < 5);
  await ledger.check(third.url);
  const { code, err } = await third.end();
  tally.check(code === 0, `expected exit code 0, found ${code}: ${err}`);
}

/** Fills the rest of the disk. */
function takeAll(path) {
  try {
    appendFileSync(path, Buffer.alloc(2 << 20));
  } catch (error) {
    if (error.code !== "ENOSPC") throw error;
  }
}

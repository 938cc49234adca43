// Several mocks start on one folder at the same time: one acquires it, and the others name the holder.
import { readdirSync } from "node:fs";
import { workAsClient } from "./clients.mjs";
import { Ledger } from "./ledger.mjs";

/** The number of times that the folder changes hands. */
const turns = 2;

export const name = "contention for one folder";

/** @param {import("./round.mjs").Round} round */
export async function run(round) {
  const { tally } = round;
  const data = round.folder();
  const ledger = new Ledger(tally);
  for (let turn = 0; turn < turns; turn++) {
    const servers = Array.from({ length: 2 + round.random(2) }, () =>
      round.startMock("--speed", "3600", "--data", data),
    );
    const urls = await Promise.all(servers.map(({ url }) => url.catch(() => undefined)));
    const winners = servers.filter((_, at) => urls[at] !== undefined);
    tally.check(
      winners.length === 1,
      `expected 1 mock to acquire the folder, found ${winners.length} of ${servers.length}`,
    );
    for (const loser of servers.filter((one) => !winners.includes(one))) await checkRefusal(round, loser, servers);
    const [winner] = winners;
    if (!winner) continue;
    const url = await winner.url;
    await ledger.check(url);
    const late = round.startMock("--data", data);
    const more = (done) => done < 10;
    await Promise.all([
      workAsClient({ url, ledger, round, more }),
      workAsClient({ url, ledger, round, more }),
      late.url.then(
        () => tally.fail("a second mock acquired a folder in use"),
        () => checkRefusal(round, late, [winner]),
      ),
    ]);
    await ledger.check(url);
    await winner.end(round.pick(["SIGKILL", "SIGTERM"]));
  }
  const left = readdirSync(data).filter((entry) => /^lock\../.test(entry));
  tally.check(left.length === 0, `rejected mocks left files: ${left.join(", ")}`);
}

/** Checks that a rejected mock names the holder, or a process that tried to acquire the folder at the same time. */
async function checkRefusal({ tally, within }, loser, others) {
  const { code, out, err } = await within(loser.ended, "a rejected mock does not end");
  const pids = others.map(({ child }) => child.pid).join("|");
  const reason = new RegExp(`^batchlight: .*: in use by another batchlight mock \\(process (${pids})\\); if it is not`);
  tally.check(code === 2 && out === "" && reason.test(err), `expected exit code 2 and a reason, found ${code}: ${err}`);
}

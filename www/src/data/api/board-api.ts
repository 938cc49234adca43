// The API behind `batchlight board`: the command passes on what the page asks, and keeps the key.
import type { ProfileName } from "batchlight";
import type { Api } from "./api.js";

/** What the command says of itself. */
interface Facts {
  readonly host: string;
  readonly simulated: boolean;
  readonly every: number;
  readonly speed: number;
  readonly profile: ProfileName;
}

/** Single batches a minute: a real API counts requests, a simulated one does not. */
const budget = { real: 60, simulated: 600 } as const;

/** The API of the command; nothing when the page is served by anything else. */
export function served(): Api | undefined {
  const told = document.querySelector<HTMLMetaElement>("meta[name=batchlight-board]")?.content;
  if (told === undefined) return undefined;
  const { host, simulated, every, speed, profile } = JSON.parse(told) as Facts;
  // Every answer says what time it is there; in between time passes at the speed of that clock.
  let known = { there: Date.now() / 1000, here: Date.now() };
  return {
    async fetch(path, { method, signal }) {
      const answer = await fetch(`v1${path}`, { method, signal });
      const now = Number(answer.headers.get("Batchlight-Now"));
      if (now > 0) known = { there: now, here: Date.now() };
      return answer;
    },
    now: () => known.there + ((Date.now() - known.here) / 1000) * speed,
    speed,
    owner: simulated ? { kind: "simulated", where: "machine" } : { kind: "host", host },
    remote: true,
    every,
    perMinute: simulated ? budget.simulated : budget.real,
    profile,
  };
}

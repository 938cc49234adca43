// The API behind `batchlight board`: the command forwards the page's requests and adds the API key.
import type { ProfileName } from "batchlight";
import type { Api } from "./api.js";

/** The settings that the command writes into the page. */
interface BoardSettings {
  readonly host: string;
  readonly simulated: boolean;
  /** Real seconds between two requests for the list. */
  readonly every: number;
  readonly speed: number;
  readonly profile: ProfileName;
}

/** Real seconds between two requests for the list of an API whose clock runs fast. */
const fastRefreshSeconds = 5;

/** The maximum number of requests for single batches per minute: only a real API has a rate limit. */
const requestsPerMinute = { real: 60, simulated: 600 } as const;

/** Returns the API of the command, or `undefined` when something else serves the page. */
export function boardApi(): Api | undefined {
  const content = document.querySelector<HTMLMetaElement>("meta[name=batchlight-board]")?.content;
  if (content === undefined) return undefined;
  const { host, simulated, every, speed: initialSpeed, profile } = JSON.parse(content) as BoardSettings;
  // Every response carries the API's time and the speed of its clock, from which the time in between is computed.
  let speed = initialSpeed;
  let synced = { api: Date.now() / 1000, local: Date.now() };
  return {
    async fetch(path, { method, signal }) {
      const response = await fetch(`v1${path}`, { method, signal });
      const now = Number(response.headers.get("Batchlight-Now"));
      if (now > 0) synced = { api: now, local: Date.now() };
      speed = Number(response.headers.get("Batchlight-Speed")) || speed;
      return response;
    },
    now: () => synced.api + ((Date.now() - synced.local) / 1000) * speed,
    get speed() {
      return speed;
    },
    owner: simulated ? { kind: "simulated", where: "machine" } : { kind: "host", host },
    remote: true,
    get refreshSeconds() {
      return speed > 1 ? Math.min(every, fastRefreshSeconds) : every;
    },
    get requestsPerMinute() {
      return simulated || speed > 1 ? requestsPerMinute.simulated : requestsPerMinute.real;
    },
    profile,
  };
}

// The API behind `batchlight board`: the command forwards the page's requests and adds the API key.
import type { Api } from "./api.js";
import { boardSettings } from "./board-settings.js";

/** Real seconds between two requests for the list of an API whose clock runs fast. */
const fastRefreshSeconds = 5;

/** The maximum number of requests for single batches per minute: only a real API has a rate limit. */
const requestsPerMinute = { real: 60, simulated: 600 } as const;

/** Returns the API of the command, or `undefined` when something else serves the page. */
export function boardApi(): Api | undefined {
  if (!boardSettings) return undefined;
  const { host, simulated, readOnly, every, speed: initialSpeed, profile } = boardSettings;
  // Every response carries the API's time and the speed of its clock, from which the time in between is computed.
  let speed = initialSpeed;
  let synced = { api: Date.now() / 1000, local: Date.now() };
  return {
    async fetch(path, init) {
      const response = await fetch(`v1${path}`, init);
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
    cancels: !readOnly,
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

// Starts the mock as a server for clients.
import { after } from "node:test";
import { launchMock } from "../program.mjs";

/**
 * Starts `batchlight mock` on any free port and waits for its address.
 *
 * @param {string[]} args
 */
export async function mockServer(...args) {
  const { child, texts, ended, url } = launchMock(args);
  after(() => void child.kill("SIGKILL"));
  const address = await url;
  const end = (/** @type {NodeJS.Signals} */ signal = "SIGINT") => {
    child.kill(signal);
    return ended;
  };
  return { url: address, said: texts.out, child, end };
}

/** A line of an input file. */
export const line = (custom_id) =>
  JSON.stringify({
    custom_id,
    method: "POST",
    url: "/v1/chat/completions",
    body: { model: "gpt-5.4-mini", messages: [{ role: "user", content: `text of ${custom_id}` }] },
  });

/** An input file with `count` requests. */
export const input = (count) => Array.from({ length: count }, (_, at) => `${line(`request-${at}`)}\n`).join("");

/** The header for a batch that does not end during a test. */
export const long = {
  "x-batchlight-plan": JSON.stringify({ validationSeconds: 1, runSeconds: 80_000, cancellingSeconds: 80_000 }),
};

/** The faults, with the error classes that official clients throw. */
export const faults = {
  400: "BadRequestError",
  401: "AuthenticationError",
  403: "PermissionDeniedError",
  404: "NotFoundError",
  409: "ConflictError",
  422: "UnprocessableEntityError",
  rate_limit: "RateLimitError",
  server_error: "InternalServerError",
  503: "InternalServerError",
  drop: "APIConnectionError",
};

// The mock as a server, for clients of every kind.
import { after } from "node:test";
import { start } from "../support.mjs";

/**
 * Starts `batchlight mock` at any free port, and waits until it says where.
 *
 * @typedef {{ code: number | null, out: string, err: string }} Ended
 * @param {string[]} args
 * @returns {Promise<{
 *   url: string,
 *   said: string,
 *   child: ReturnType<typeof start>,
 *   end: (signal?: NodeJS.Signals) => Promise<Ended>,
 * }>}
 */
export async function mockServer(...args) {
  const child = start(["mock", "--port", "0", ...args]);
  const texts = { out: "", err: "" };
  const ended = new Promise((resolve) => child.once("close", (code, signal) => resolve({ code, signal, ...texts })));
  const told = new Promise((resolve) => {
    child.stdout.on("data", (chunk) => {
      texts.out += chunk;
      if (texts.out.includes("Ctrl-C")) resolve();
    });
    child.stderr.on("data", (chunk) => {
      texts.err += chunk;
    });
  });
  after(() => void child.kill("SIGKILL"));
  await Promise.race([
    told,
    ended.then(({ code, err }) => Promise.reject(new Error(`the mock ended with code ${code}: ${err}`))),
  ]);
  const url = /http:\S+\/v1/.exec(texts.out)[0];
  const end = (/** @type {NodeJS.Signals} */ signal = "SIGINT") => {
    child.kill(signal);
    return ended;
  };
  return { url, said: texts.out, child, end };
}

/** One line of an input file. */
export const line = (custom_id) =>
  JSON.stringify({
    custom_id,
    method: "POST",
    url: "/v1/chat/completions",
    body: { model: "gpt-4o-mini", messages: [{ role: "user", content: `text of ${custom_id}` }] },
  });

/** An input file of so many requests. */
export const input = (count) => Array.from({ length: count }, (_, at) => `${line(`request-${at}`)}\n`).join("");

/** The header by which a batch takes so long that no test sees its end by itself. */
export const long = {
  "x-batchlight-plan": JSON.stringify({ validationSeconds: 1, runSeconds: 80_000, cancellingSeconds: 80_000 }),
};

/** Headers by which a request meets a fault, and the names of the errors that official clients raise then. */
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

// Raw requests to the board. Needs no test runner.
import { request as ask } from "node:http";

/** Opens a sign-in link as a browser does. Returns the session cookie. */
export async function enter(url) {
  const { headers } = await get(url, url.pathname + url.search);
  return headers["set-cookie"]?.[0].split(";")[0];
}

/**
 * Sends a request without normalizing `target`.
 *
 * @typedef {{ method?: string, headers?: Record<string, string>, body?: string }} RawRequest
 * @param {Pick<URL, "hostname" | "port" | "host">} url
 * @param {string} target
 * @param {RawRequest} options
 */
export function get(url, target, { method = "GET", headers = {}, body } = {}) {
  return new Promise((resolve, reject) => {
    const asked = ask(
      { host: url.hostname, port: url.port, path: target, method, headers: { host: url.host, ...headers } },
      async (response) => {
        const chunks = [];
        for await (const chunk of response) chunks.push(chunk);
        resolve({ status: response.statusCode, headers: response.headers, text: Buffer.concat(chunks).toString() });
      },
    );
    asked.on("error", reject).end(body);
  });
}

// The board as the command serves it, for the suites that ask it.
import { request as ask } from "node:http";
import { after } from "node:test";
import { start } from "./support.mjs";

const children = [];
after(() => {
  for (const child of children) child.kill();
});

/**
 * Starts the command, and waits until it has printed its address. Each link lets one browser in; `link` gives them by
 * number, from 0, once they are printed.
 *
 * @returns {Promise<{ url: URL, base: string, link: (index: number) => Promise<URL>, printed: () => string }>} `url` is
 * the first link, `base` the path that the board is served below, without the slash at its end
 */
export async function serve(env, args = []) {
  const child = start(["board", "--port", "0", ...args], { env: { OPENAI_API_KEY: "", OPENAI_BASE_URL: "", ...env } });
  children.push(child);
  let text = "";
  const printed = (holds) =>
    new Promise((resolve, reject) => {
      const look = () => holds() && resolve();
      for (const stream of [child.stdout, child.stderr]) stream.on("data", look);
      child.on("exit", (code) => reject(new Error(`the board ended with ${code}: ${text}`)));
      look();
    });
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (text += chunk));
  const links = () => [...text.matchAll(/http:\S+token=\S+(?=\n)/g)].map(([link]) => new URL(link));
  const link = async (index) => {
    await printed(() => links().length > index);
    return links()[index];
  };
  const url = await link(0);
  await printed(() => text.includes("Ctrl+C"));
  return { url, base: url.pathname.replace(/\/$/, ""), link, printed: () => text };
}

/** Opens a link as a browser does; gives the cookie that comes for it. */
export async function enter(url) {
  const { headers } = await get(url, url.pathname + url.search);
  return headers["set-cookie"]?.[0].split(";")[0];
}

/**
 * A request as it is written, with no client's help: `target` goes over the wire as it is.
 *
 * @typedef {{ method?: string, headers?: Record<string, string>, body?: string }} Asked
 * @param {Pick<URL, "hostname" | "port" | "host">} url
 * @param {string} target
 * @param {Asked} options
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

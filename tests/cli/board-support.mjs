// The board as the command serves it, for the suites that ask it.
import { request as ask } from "node:http";
import { after } from "node:test";
import { start } from "./support.mjs";

const children = [];
after(() => children.forEach((child) => child.kill()));

/** Starts the command; gives its address with the token, once it is printed. */
export async function serve(env, args = []) {
  const child = start(["board", "--port", "0", ...args], { env: { OPENAI_API_KEY: "", OPENAI_BASE_URL: "", ...env } });
  children.push(child);
  let text = "";
  child.stderr.on("data", (chunk) => (text += chunk));
  const url = await new Promise((resolve, reject) => {
    child.stdout.on("data", (chunk) => {
      text += chunk;
      const found = /http:\S+/.exec(text)?.[0];
      if (found && text.includes("Ctrl+C")) resolve(new URL(found));
    });
    child.stderr.on(
      "data",
      () => /http:\S+/.test(text) && text.includes("Ctrl+C") && resolve(new URL(/http:\S+/.exec(text)[0])),
    );
    child.on("exit", (code) => reject(new Error(`the board ended with ${code}: ${text}`)));
  });
  return { url, printed: () => text };
}

/** A request as it is written, with no client's help: `target` goes over the wire as it is. */
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

// Starts the board for the suites that test it.
import { after } from "node:test";
import { launchBoard } from "./program.mjs";

export { enter, get } from "./board-client.mjs";

const children = [];
after(() => {
  for (const child of children) child.kill();
});

/**
 * Starts the board and waits until it prints its address. `url` is the first sign-in link, `link` waits for the link
 * with an index, and `base` is the board's path without a trailing slash.
 */
export async function serve(env, args = []) {
  const { child, texts, link, ready } = launchBoard(env, args);
  children.push(child);
  const url = await link(0);
  await ready;
  return { url, base: url.pathname.replace(/\/$/, ""), link, printed: () => texts.out + texts.err, child };
}

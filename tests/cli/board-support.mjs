// The board as the command serves it, for the suites that ask it.
import { after } from "node:test";
import { launchBoard } from "./program.mjs";

export { enter, get } from "./board-client.mjs";

const children = [];
after(() => {
  for (const child of children) child.kill();
});

/**
 * Starts the command, and waits until it has printed its address. Each link lets one browser in; `link` gives them by
 * number, from 0, once they are printed. `url` is the first link; `base` is the path that the board is served below,
 * without the slash at its end.
 */
export async function serve(env, args = []) {
  const { child, texts, link, ready } = launchBoard(env, args);
  children.push(child);
  const url = await link(0);
  await ready;
  return { url, base: url.pathname.replace(/\/$/, ""), link, printed: () => texts.out + texts.err, child };
}

// The board as the command serves it, in front of a mock whose time runs fast, for tests that send files.
import { batchesOf, billOf, kindOf, serveRuns } from "../../cli/run-server.mjs";
import { startCommand } from "./command-support.mjs";
import { check, lines, request } from "./files-support.mjs";
import { boardTest } from "./support.mjs";

/**
 * A test of sending.
 *
 * - `mock`: the options of the mock. `options`: those of the command.
 * - `server`: the mock; its `posts` are the kinds of the requests that changed something. `command`: the board.
 */
export const sendTest = boardTest.extend({
  hash: ["#/files", { option: true }],
  ready: ["#files-choose", { option: true }],
  mock: [{}, { option: true }],
  options: [[], { option: true }],
  server: async ({ mock }, use) => {
    const posts = [];
    const hook = (moment, seen) => {
      if (moment === "handled" && seen.method === "POST") posts.push(kindOf(seen));
    };
    const server = await serveRuns({ advance: "poll", ...mock, hook });
    await use({ ...server, posts });
    server.close();
  },
  command: async ({ server, options }, use) => {
    const command = await startCommand(server.url, options);
    await use(command);
    command.child.kill();
  },
  address: async ({ command }, use) => use(await command.nextLink()),
});

/** An input file of three requests. */
export const three = lines(request("a"), request("b"), request("c"));

/** Checks a file, plans its run, and opens the confirmation. */
export async function askToSend(page, text = three, name = "requests.jsonl") {
  await check(page, text, name);
  await page.getByRole("button", { name: "Send…" }).click();
  await page.getByRole("button", { name: /^Send [\d,]+ requests?…$/ }).click();
  const dialog = page.getByRole("dialog", { name: /^Send / });
  await dialog.waitFor();
  return dialog;
}

/** Confirms the dialog, and waits for the run. */
export async function confirm(page, dialog) {
  await dialog.getByRole("button", { name: /^Send / }).click();
  await page.waitForFunction(() => location.hash.startsWith("#/runs/"));
  await page.locator("board-run").first().waitFor();
}

/** Sends a file. */
export const send = async (page, text, name) => confirm(page, await askToSend(page, text, name));

/** Waits until the newest run is in the state with this title. */
export const waitForState = (page, title) =>
  page
    .locator("board-run")
    .first()
    .locator(".state b", { hasText: new RegExp(`^${title}\\.$`) })
    .waitFor();

/** Records the titles of the states that the only run is shown in from now on. Returns a function that returns them. */
export async function recordStates(page) {
  await page.locator("board-run .state b").evaluate((title) => {
    globalThis.states = [title.textContent];
    new MutationObserver(() => globalThis.states.push(title.textContent)).observe(title, {
      characterData: true,
      childList: true,
      subtree: true,
    });
  });
  return () => page.evaluate(() => globalThis.states);
}

/** Uploads a file and creates its batch, without the board. */
export async function createBatch({ api }, text) {
  const headers = { authorization: "Bearer any" };
  const body = new FormData();
  body.set("purpose", "batch");
  body.set("file", new Blob([text]), "input.jsonl");
  const { id } = await (await api.fetch("http://mock/v1/files", { method: "POST", headers, body })).json();
  const created = await api.fetch("http://mock/v1/batches", {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify({ input_file_id: id, endpoint: "/v1/chat/completions", completion_window: "24h" }),
  });
  return created.json();
}

/** Advances all batches of the mock. */
export async function advanceAll({ api }) {
  for (const { id } of await batchesOf(api)) await api.advance(id);
}

/** How often each request was run. */
export const runsOf = async ({ api }) => [...(await billOf(api)).bill].map(([id, { runs }]) => `${id} ${runs}`).sort();

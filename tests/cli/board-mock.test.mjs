// `batchlight board` on `batchlight mock`, started as the mock prints it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { launchChromium } from "../../scripts/chromium.mjs";
import { enter, get, serve } from "./board-support.mjs";
import { input, mockServer } from "./clients/support.mjs";
import { batchlight } from "./support.mjs";

const headers = { authorization: "Bearer any" };

/** Uploads an input file and creates a batch, whose metadata contains the key. */
async function createBatch(url) {
  const body = new FormData();
  body.set("purpose", "batch");
  body.set("file", new File([input(3)], "input.jsonl"));
  const { id } = await (await fetch(`${url}/files`, { method: "POST", headers, body })).json();
  const created = await fetch(`${url}/batches`, {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify({
      input_file_id: id,
      endpoint: "/v1/chat/completions",
      completion_window: "24h",
      metadata: { description: "any company" },
    }),
  });
  assert.equal(created.status, 200, await created.clone().text());
  return created.json();
}

test("the board takes the key that the mock suggests, and the mock's clock", async () => {
  const { url, said, end } = await mockServer("--speed", "1440");
  const [, assignments] = /^(.*) npx batchlight board$/m.exec(said);
  const env = Object.fromEntries(assignments.split(" ").map((assignment) => assignment.split("=")));
  assert.deepEqual(env, { OPENAI_BASE_URL: url, OPENAI_API_KEY: "any" });
  const board = await serve(env);
  const batch = await createBatch(url);
  const [cookie, other] = [await enter(board.url), await board.link(1)];
  const response = await get(board.url, `${board.base}/v1/batches?limit=100`, {
    headers: { cookie, "sec-fetch-site": "same-origin" },
  });
  assert.equal(response.status, 200);
  const [listed] = JSON.parse(response.text).data;
  assert.deepEqual([listed.id, listed.metadata], [batch.id, { description: "any company" }]);
  assert.equal(response.headers["batchlight-speed"], "1440");
  assert.ok(Number(response.headers["batchlight-now"]) >= batch.created_at, "the board has the mock's time");

  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.goto(other.href);
    const row = page.locator(`batch-list [data-key=${batch.id}]`);
    await row.waitFor();
    await row.click();
    await page.locator("board-detail batch-card").waitFor();
    const text = await page.locator("body").innerText();
    assert.match(text, /whose clock runs 1,440 times as fast/);
    assert.doesNotMatch(text, /\bin \d+ (second|minute|hour|day)/, "nothing was created in the future");
  } finally {
    await browser.close();
  }
  await end();
});

test("a key too short to be found in responses is only accepted for a server on this machine", async () => {
  const env = { OPENAI_API_KEY: "any", OPENAI_BASE_URL: "https://api.example/v1" };
  const { code, err } = await batchlight(["board", "--port", "0"], { env });
  assert.equal(code, 2);
  assert.equal(err, "batchlight: OPENAI_API_KEY: expected at least 8 characters, without spaces and quotes\n");
});

// The board on an API that no longer lists batches, and on one with absurd values.
import assert from "node:assert/strict";
import { commandTest, until } from "./command-support.mjs";

const created = Math.floor(Date.now() / 1000) - 600;
const batch = (id, more = {}) => ({
  id,
  object: "batch",
  endpoint: "/v1/chat/completions",
  input_file_id: "file-in",
  completion_window: "24h",
  status: "in_progress",
  created_at: created,
  in_progress_at: created + 30,
  expires_at: created + 86_400,
  request_counts: { total: 10, completed: 4, failed: 0 },
  ...more,
});

/**
 * Returns the responses of an API.
 *
 * @param {object[]} existing the batches that exist
 * @param {object[]} listed the batches in the list
 * @param {object} file the metadata of every file
 */
const api =
  (existing, listed = existing, file = { id: "file-in" }) =>
  (request) => {
    const { pathname } = new URL(request.url, "http://api");
    if (pathname === "/v1/batches") return Response.json({ object: "list", data: listed, has_more: false });
    if (pathname === "/v1/files") return Response.json({ object: "list", data: [], has_more: false });
    if (pathname.startsWith("/v1/files/")) return Response.json(file);
    const found = existing.find(({ id }) => pathname === `/v1/batches/${id}`);
    return found ? Response.json(found) : Response.json({ error: { message: "No such batch." } }, { status: 404 });
  };

const row = (page, id) => page.locator(`batch-list [data-key=${id}]`);
const refresh = (page) => page.getByRole("button", { name: "Refresh" }).click();
const isShown = async (locator) => (await locator.count()) > 0;

/** A test on an API that responds with 404, which the browser reports as a problem of the page. */
function goneTest(name, answer, work, options = {}) {
  commandTest.describe(() => {
    commandTest.use({ ready: "batch-list [part~=row]", expected: /404/, ...options, batches: { answer } });
    commandTest(name, work);
  });
}

goneTest(
  "a running batch that is no longer listed is shown as gone, cannot be cancelled and is not counted",
  api([batch("batch_kept"), batch("batch_forgotten")]),
  async ({ page, upstream }) => {
    assert.match(await page.title(), /^2 active/);
    await row(page, "batch_forgotten").click();
    await page.locator("button.cancel").waitFor();
    upstream.answer = api([batch("batch_kept")]);
    await refresh(page);
    await until(page, () => isShown(page.getByText("The API no longer lists this batch.")));
    const text = await page.locator("board-detail").innerText();
    assert.match(text, /last seen as Running: 4 of 10 requests finished.*can’t be updated or cancelled/);
    assert.equal(await page.locator("button.cancel").count(), 0);
    assert.equal(await page.locator("board-detail batch-card").count(), 0);
    assert.equal(await row(page, "batch_forgotten").count(), 0);
    assert.match(
      await page.locator(".gone-batches").innerText(),
      /1 batch no longer listed by the API\s+batch_forgotten last seen as Running/,
    );
    await page.getByRole("button", { name: "All batches" }).click();
    await until(page, async () => (await page.title()).startsWith("1 active"));
    await page.locator(".gone-batches a").click();
    await page.getByRole("link", { name: "View in lifecycle" }).click();
    await page.locator(".chosen").waitFor();
    assert.match(await page.locator(".chosen").innerText(), /no longer listed by the API/);
    assert.equal(await page.locator(".chosen batch-status").count(), 0);
  },
);

goneTest(
  "a batch that has ended and is no longer listed is shown as gone",
  api([
    batch("batch_kept"),
    batch("batch_deleted", { status: "failed", failed_at: created + 40, errors: { data: [{ message: "Bad." }] } }),
  ]),
  async ({ page, upstream }) => {
    await row(page, "batch_deleted").waitFor();
    upstream.answer = api([batch("batch_kept")]);
    await refresh(page);
    await until(page, () => isShown(page.locator(".gone-batches")));
    assert.match(await page.locator(".gone-batches").innerText(), /batch_deleted last seen as Failed/);
    assert.equal(await row(page, "batch_deleted").count(), 0);
  },
);

goneTest(
  "a batch that is listed again is running again",
  api([batch("batch_kept"), batch("batch_back")]),
  async ({ page, upstream }) => {
    upstream.answer = api([batch("batch_kept")]);
    await refresh(page);
    await until(page, () => isShown(page.locator(".gone-batches")));
    upstream.answer = api([batch("batch_kept"), batch("batch_back")]);
    await refresh(page);
    await until(page, () => isShown(row(page, "batch_back")));
    assert.equal(await page.locator(".gone-batches").count(), 0);
  },
);

goneTest(
  "a batch that is only missing in the list stays, and is not requested after every refresh",
  api([batch("batch_kept"), batch("batch_unlisted")]),
  async ({ page, upstream }) => {
    upstream.answer = api([batch("batch_kept"), batch("batch_unlisted")], [batch("batch_kept")]);
    const count = (request) => upstream.requests.filter((one) => one.startsWith(request)).length;
    for (let time = 0; time < 3; time++) {
      const before = count("GET /v1/batches?");
      await refresh(page);
      await until(page, () => count("GET /v1/batches?") > before);
      await until(page, () => isShown(page.getByText("Updated just now")));
    }
    assert.equal(await row(page, "batch_unlisted").count(), 1);
    assert.equal(await page.locator(".gone-batches").count(), 0);
    assert.ok(count("GET /v1/batches/batch_unlisted") <= 2, upstream.requests.join());
  },
  { expected: undefined },
);

const absurd = [1e18, -1e18, 1e308, -1, 0.5, 9e15].map((at, index) =>
  batch(`batch_${index}`, {
    created_at: at,
    in_progress_at: at,
    expires_at: at,
    request_counts: { total: at, completed: at, failed: at },
    metadata: { label: { toString: 1, valueOf: 1 }, list: [at] },
    usage: { input_tokens: at, output_tokens: at, total_tokens: at },
  }),
);

goneTest(
  "absurd timestamps, sizes and metadata are shown as unknown",
  api([batch("batch_good"), ...absurd], undefined, {
    id: "file-in",
    filename: "in.jsonl",
    bytes: -5,
    created_at: 1e18,
    expires_at: 1e18,
  }),
  async ({ page }) => {
    for (const { id } of [batch("batch_good"), ...absurd]) {
      await row(page, id).click();
      await page.locator("board-detail batch-card").waitFor();
      const size = page.locator("board-detail .batch-files .size");
      await until(page, () => isShown(size.getByText("unknown size, expires on an unknown date")));
    }
    assert.match(await page.locator("board-detail .batch-facts").innerText(), /label\s+\{"toString":1,"valueOf":1\}/);
    await row(page, "batch_good").click();
    const heading = page.locator("board-detail batch-card").getByRole("heading", { name: "Running" });
    await until(page, () => isShown(heading));
  },
  { expected: undefined },
);

goneTest(
  "an endless Retry-After is respected",
  () => new Response("{}", { status: 429, headers: { "retry-after": "1e18" } }),
  async ({ page, upstream }) => {
    await until(page, () => isShown(page.getByText("Couldn’t load batches.")));
    for (let minute = 0; minute < 10; minute++) await page.clock.runFor(60_000);
    await page.waitForLoadState("networkidle");
    assert.equal(upstream.requests.length, 1, upstream.requests.join());
  },
  { ready: ".connection", expected: /429/ },
);

// Shared by the suites of the Files page: test files, ways to add them, and ways to read the result.
import { readFileSync } from "node:fs";
import { boardTest } from "./support.mjs";

/** A test of the Files page; see `boardTest`. */
export const filesTest = boardTest.extend({
  hash: ["#/files", { option: true }],
  ready: ["#files-choose", { option: true }],
  prepare: async ({}, use) => use(recordAnnouncements),
});

/** Records every message of the live region, which itself keeps only the last one. */
const recordAnnouncements = (page) =>
  page.addInitScript(() => {
    globalThis.announced = [];
    new MutationObserver(() =>
      globalThis.announced.push(document.querySelector("[role=status]")?.textContent ?? ""),
    ).observe(document, { childList: true, characterData: true, subtree: true });
  });

/** Waits until the live region has announced a message. */
export const announced = (page, text) =>
  page.waitForFunction(
    (text) => globalThis.announced.some((one) => (typeof text === "string" ? one.includes(text) : text.test(one))),
    text,
  );

/** Returns all announcements, once there is one. */
export async function announcements(page) {
  await announced(page, /./);
  return page.evaluate(() => globalThis.announced);
}

/** A request as a line of an input file. */
export const request = (custom_id, more = {}) => ({
  custom_id,
  method: "POST",
  url: "/v1/chat/completions",
  body: { model: "gpt-5.4-mini", messages: [{ role: "user", content: `What of ${String(custom_id).slice(0, 20)}?` }] },
  ...more,
});

/** A result line of a request that succeeded, one that failed, and one that expired. */
export const success = (custom_id) => ({
  id: `batch_req_${custom_id}`,
  custom_id,
  response: {
    status_code: 200,
    request_id: "req_1",
    body: {
      id: "chatcmpl-1",
      object: "chat.completion",
      model: "gpt-5.4-mini",
      choices: [{ index: 0, message: { role: "assistant", content: "Two.", refusal: null }, finish_reason: "stop" }],
      usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
    },
  },
  error: null,
});
export const failure = (custom_id, status_code, code, message) => ({
  id: `batch_req_${custom_id}`,
  custom_id,
  response: {
    status_code,
    request_id: "req_1",
    body: { error: { message, type: "invalid_request_error", param: null, code } },
  },
  error: null,
});
export const late = (custom_id) => ({
  id: `batch_req_${custom_id}`,
  custom_id,
  response: null,
  error: { code: "batch_expired", message: "This request could not be executed before the completion window expired." },
});

/** Joins lines to a file. Each line is a value or a string. */
export const lines = (...all) =>
  all.map((line) => `${typeof line === "string" ? line : JSON.stringify(line)}\n`).join("");

/** A file with several kinds of issues, and one without issues. */
export const broken = lines(
  request("a"),
  '{"custom_id": "b" "method": "POST"}',
  request("c"),
  request("a"),
  "",
  request("d", { url: "/v1/embeddings" }),
  request("e", { body: { model: "gpt-5.4-mini", stream: true, messages: [{ role: "user", content: "x" }] } }),
  { method: "POST", url: "/v1/chat/completions", body: request("f").body },
);
export const good = lines(request("a"), request("b"), request("c"));

/** The three files of a completed batch. */
export const completed = {
  input: lines(...["a", "b", "c", "d", "e", "f"].map((id) => request(id))),
  output: lines(success("c"), success("a"), success("f")),
  error: lines(failure("b", 400, "context_length_exceeded", "This is too long."), late("d")),
};

const payload = ({ name, text }) => ({
  name,
  mimeType: "application/jsonl",
  buffer: Buffer.isBuffer(text) ? text : Buffer.from(text),
});

/** Chooses files, `{ name: text }`, with the file input. */
export async function choose(page, files) {
  await page
    .locator("#files-choose")
    .setInputFiles(Object.entries(files).map(([name, text]) => payload({ name, text })));
}

/** Chooses a file and waits for its report. */
export async function check(page, text, name = "requests.jsonl") {
  await choose(page, { [name]: text });
  await page.locator("files-report .facts").waitFor();
}

/** Chooses the files of a batch and waits for its verdicts. */
export async function match(page, { input, output, error } = completed) {
  await choose(page, {
    "requests.jsonl": input,
    ...(output && { "output.jsonl": output }),
    ...(error && { "errors.jsonl": error }),
  });
  await page.locator("table.verdicts").waitFor();
}

/** Drops files on the page. */
export async function drop(page, files, selector = "body") {
  await page.evaluate(
    ({ files, selector }) => {
      const dataTransfer = new DataTransfer();
      for (const [name, text] of Object.entries(files)) dataTransfer.items.add(new File([text], name));
      const target = document.querySelector(selector);
      for (const type of ["dragover", "drop"])
        target.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
    },
    { files, selector },
  );
}

/** Drops a file that repeats one line. It is made in the page, because it is too large to be sent there. */
export async function dropLarge(page, name, line, times) {
  await page.evaluate(
    ({ name, line, times }) => {
      const at = 1000;
      const part = new Blob([line.repeat(Math.min(at, times))]);
      const file = new File([...Array(Math.floor(times / at)).fill(part), line.repeat(times % at)], name);
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(file);
      document.body.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
    },
    { name, line, times },
  );
}

/** Removes the file pickers from the page, so that files are downloaded. */
export const withoutPickers = (page) =>
  page.evaluate(() => {
    delete globalThis.showSaveFilePicker;
    delete globalThis.showDirectoryPicker;
  });

/** Replaces the file pickers with ones that choose files in the private file system of the origin. */
export const withPickers = (page) =>
  page.evaluate(() => {
    const root = () => navigator.storage.getDirectory();
    globalThis.showSaveFilePicker = async ({ suggestedName }) =>
      (await root()).getFileHandle(suggestedName, { create: true });
    globalThis.showDirectoryPicker = root;
  });

/** The content of a file in the private file system. */
export const written = (page, name) =>
  page.evaluate(async (name) => {
    const handle = await (await navigator.storage.getDirectory()).getFileHandle(name);
    return (await handle.getFile()).text();
  }, name);

/** Clicks a button and returns the downloaded file: its name and its content. */
export async function downloaded(page, button) {
  const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), "utf8") };
}

/** Waits until a verdict is shown. */
export const waitForVerdict = (page, title) => page.locator("main h2", { hasText: title }).waitFor();

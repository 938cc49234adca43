// Measures the board's list of 50,000 requests while it is scrolled from its start to its end, in Chromium: the script
// time of each frame, by Chromium's trace.
import { buildBoard, serveBoard } from "../scripts/bundle/board.mjs";
import { launchChromium } from "../scripts/chromium.mjs";
import { framesOf, traced } from "../scripts/frames.mjs";
import { block } from "./document.mjs";
import { table } from "./tables.mjs";

const requests = 50_000;
const frames = 300;
const frame = 1000 / 60;

/** Measures, prints a table and returns the results and the blocks of the document. */
export async function measureBoard() {
  await buildBoard();
  const { url, close } = await serveBoard(0);
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(`${url}#/files`);
    await page.locator("#files-choose").setInputFiles([
      { name: "input.jsonl", mimeType: "application/jsonl", buffer: file(inputLine) },
      { name: "output.jsonl", mimeType: "application/jsonl", buffer: file(outputLine) },
    ]);
    await page.locator(".verdict-row").first().waitFor();
    const events = await traced(page, () => page.evaluate(scroll, frames));
    // Processor time, which does not depend on what else the machine does.
    const { frames: measured, longest, mean, drawing } = framesOf(events, "tdur");
    const version = browser.version();
    const number = (value) => value.toFixed(1);
    table(
      `The board's list of ${requests.toLocaleString("en")} requests, scrolled in ${frames} steps in Chromium ` +
        `${version}: milliseconds of processor time; a frame has ${number(frame)}`,
      ["frames with scripts", "scripts, longest frame", "scripts, mean frame", "style to paint, longest"],
      [[measured, number(longest), number(mean), number(drawing)]],
    );
    const board = block(
      [`Chromium ${version}`, `${measured} frames of one run, milliseconds of processor time`],
      [
        ["", "mean", "longest"],
        ["scripts of a frame", number(mean), number(longest)],
        ["style to paint of a frame", "", number(drawing)],
      ],
    );
    return { measured: { version, requests, frames: measured, longest, mean, drawing }, blocks: { board } };
  } finally {
    await browser.close();
    await close();
  }
}

const file = (line) =>
  Buffer.from(Array.from({ length: requests }, (_, index) => `${JSON.stringify(line(index))}\n`).join(""));

const inputLine = (index) => ({
  custom_id: `request-${index}`,
  method: "POST",
  url: "/v1/chat/completions",
  body: { model: "gpt-5.4-mini", messages: [{ role: "user", content: `Name the prime after ${index}.` }] },
});

const outputLine = (index) => ({
  id: `batch_req_${index}`,
  custom_id: `request-${index}`,
  response:
    index % 7 === 0
      ? { status_code: 429, body: { error: { message: "Slow down.", code: "rate_limit_exceeded" } } }
      : { status_code: 200, body: { choices: [{ message: { role: "assistant", content: "Two." } }] } },
  error: null,
});

/** Runs in the page. Scrolls the list to its end, one step in each frame. */
async function scroll(frames) {
  const list = document.querySelector(".verdicts");
  for (let step = 1; step <= frames; step += 1) {
    list.scrollTop = ((list.scrollHeight - list.clientHeight) * step) / frames;
    await new Promise(requestAnimationFrame);
  }
}

// Pictures of every element for people to look at: .cache/elements. What is tested is only that they can be taken.
import { describeBatch } from "batchlight";
import { badgeSvg } from "batchlight/elements";
import { batches, elementTest, hostile, keepPicture, now, pathOf, show } from "./support.mjs";

/** One batch for each label, and some that are odd. */
const states = [...new Map(batches.map((batch) => [describeBatch(batch, { now }).label, batch])).values(), { status: "paused", id: "batch_paused" }, null];
const running = { id: "batch_6780bb2f8f6c8190a6c0abfb8502bba6", object: "batch", endpoint: "/v1/chat/completions", model: "gpt-5-mini", input_file_id: "file-TnjeSoqJGFp7SfehYrEuHH", completion_window: "24h", status: "in_progress", created_at: now - 9000, in_progress_at: now - 8900, expires_at: now + 77400, request_counts: { total: 5000, completed: 1204, failed: 312 } };

const looks = {
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  forced: { colorScheme: "dark", forcedColors: "active" },
  narrow: { colorScheme: "light", viewport: { width: 360, height: 900 } },
};

for (const [look, options] of Object.entries(looks)) {
  elementTest(`pictures: ${look}`, options, async (page) => {
    await page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync("body{margin:0;padding:16px;font-family:system-ui;background:light-dark(#f4f4f1,#0f1011);color:light-dark(#222,#ddd)} h1{display:none} h2{display:none} main{display:grid;gap:14px} main>.row{display:flex;flex-wrap:wrap;gap:8px} batch-progress{inline-size:min(24rem,100%)}");
      document.adoptedStyleSheets = [sheet];
      document.querySelector("main").append(Object.assign(document.createElement("div"), { className: "row" }));
    });
    await show(page, [...states, running].map((batch) => ["batch-status", { batch, now }]));
    await page.evaluate(() => document.querySelector(".row").append(...document.querySelectorAll("batch-status")));
    await show(page, [...[running, states[0]].map((batch) => ["batch-progress", { batch, now }]), ["batch-timeline", { batch: running, now, timeZone: "UTC" }]]);
    await keepPicture(page, `${look}-small`, { fullPage: true });
    await page.evaluate(() => document.querySelectorAll("batch-status, batch-progress, batch-timeline").forEach((element) => element.remove()));
    await show(page, [["batch-list", { batches: [running, ...states], now, selected: running.id }]]);
    await keepPicture(page, `${look}-list`, { fullPage: true });
    await page.evaluate(() => document.querySelector("batch-list").remove());
    await show(page, [running, ...states, hostile].map((batch) => ["batch-card", { batch, now, timeZone: "UTC" }]));
    await keepPicture(page, `${look}-cards`, { fullPage: true });
    for (const [index, name] of [[0, "running"], [8, "rejected"], [states.length + 1, "hostile"]]) await page.locator("batch-card").nth(index).screenshot({ path: pathOf(`${look}-card-${name}`) });
  });
}

elementTest("pictures: badges", {}, async (page) => {
  const all = [running, ...states].map((batch) => badgeSvg(batch, { now }));
  const context = page.context();
  const other = await context.newPage();
  await other.setContent(`<body style="display:flex;flex-wrap:wrap;gap:8px">${all.join("")}`);
  await keepPicture(other, "badges");
});

elementTest("pictures: for the README", { viewport: { width: 900, height: 900 }, deviceScaleFactor: 1 }, async (page) => {
  await show(page, [running, states.find((batch) => batch?.status === "failed")].map((batch) => ["batch-card", { batch, now, timeZone: "UTC" }]));
  await page.evaluate(() => {
    for (const heading of document.querySelectorAll("h1, h2")) heading.remove();
    Object.assign(document.querySelector("main").style, { display: "grid", gap: "16px", padding: "8px" });
  });
  await page.locator("main").screenshot({ path: pathOf("readme") });
});

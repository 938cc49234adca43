// The built site in a browser: accessibility, small screens, live elements, search, and a playground that sends
// nothing.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { launchChromium } from "../../scripts/chromium.mjs";
import { checkWithAxe } from "../e2e/axe.mjs";
import { installedText } from "../package/support.mjs";
import { at } from "../../scripts/process.mjs";
import { serve } from "./support.mjs";

let site;
let browser;
before(async () => {
  site = await serve();
  browser = await launchChromium();
});
after(async () => {
  await browser?.close();
  site?.close();
});

/**
 * Opens a page of the site and calls `use` with it. Fails if a script fails or a request leaves the site, apart from
 * the problems that are expected.
 */
async function open(path, { expected = /^$/, ...options }, use) {
  // The policy would refuse the script of axe; the tests of the policy turn this off.
  const context = await browser.newContext({ bypassCSP: true, viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  const problems = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  page.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol !== "data:" && origin !== site.origin) problems.push(`requested ${request.url()}`);
  });
  await page.goto(`${site.origin}${path}`, { waitUntil: "networkidle" });
  await use(page);
  assert.deepEqual(
    problems.filter((problem) => !expected.test(problem)),
    [],
  );
  await context.close();
}

// The pages differ, because axe takes seconds for each; all have the same layout and styles.
const looks = /** @type {const} */ ([
  { colorScheme: "light", width: 1440, paths: ["/", "/guide", "/live", "/lifecycle"] },
  { colorScheme: "dark", width: 360, paths: ["/", "/live", "/playground", "/api/store"] },
]);
for (const { colorScheme, width, paths } of looks) {
  const look = { colorScheme, viewport: { width, height: 800 } };
  test(`the main pages are accessible: ${colorScheme}, ${width} px wide`, async () => {
    for (const path of paths)
      await open(path, look, (page) => checkWithAxe(page).catch((error) => assert.fail(`${path}: ${error.message}`)));
  });
}

test("no page is wider than a phone", async () => {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  for (const path of ["/recipes", "/files", "/results", "/errors", "/mock", "/board", "/playground", "/api/watch"]) {
    await page.goto(`${site.origin}${path}`, { waitUntil: "load" });
    const excess = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(excess <= 0, `${path} is ${excess} px too wide`);
  }
  await context.close();
});

test("each element has a control for each of its attributes, and its controls work", async () => {
  const manifest = JSON.parse(installedText("dist", "custom-elements.json"));
  const declarations = manifest.modules.flatMap((module) => module.declarations ?? []);
  // Set from the chosen scenario.
  const apart = ["batch", "batches", "now", "locale", "selected"];
  await open("/live", {}, async (page) => {
    for (const { tagName, attributes } of declarations) {
      const workshop = page.locator(".workshop", { has: page.locator(tagName) });
      const shown = await workshop.locator("label code").allTextContents();
      const names = attributes.map(({ name }) => name).filter((name) => !apart.includes(name));
      assert.deepEqual([...shown].sort(), ["messages", ...names].sort(), tagName);
    }
    const status = page.locator(".workshop", { has: page.locator("batch-status") });
    await status.getByLabel("Scenario").selectOption("all_failed");
    await status.locator("batch-status").getByText("Completed, all failed").waitFor();
    await status.getByLabel("messages").selectOption("Japanese");
    await page.waitForFunction(() =>
      /[\u3040-\u30ff\u4e00-\u9fff]/.test(document.querySelector("batch-status").shadowRoot.textContent),
    );
    const card = page.locator(".workshop", { has: page.locator("batch-card") });
    await card.getByLabel("heading-level").selectOption("5");
    await page.waitForFunction(() => document.querySelector("batch-card").headingLevel === 5);
    await card.locator(".markup").getByText('<batch-card heading-level="5"></batch-card>').waitFor();
    await card.getByLabel("Theme").selectOption("github");
    await page.waitForFunction(() =>
      getComputedStyle(document.querySelector("batch-card")).getPropertyValue("--batch-radius").includes("6px"),
    );
  });
});

test("each theme is shown by elements, in both color schemes", async () => {
  for (const colorScheme of /** @type {const} */ (["light", "dark"]))
    await open("/themes", { colorScheme }, async (page) => {
      await page.locator(".theme-example batch-card").nth(2).waitFor();
      const looks = await page.locator(".theme-example").evaluateAll(async (examples) => {
        await customElements.whenDefined("batch-card");
        return examples.map((example) => {
          const card = example.querySelector("batch-card").shadowRoot.querySelector(".card");
          const { borderRadius, backgroundColor } = getComputedStyle(card);
          return [borderRadius, backgroundColor];
        });
      });
      assert.deepEqual(
        looks.map(([radius]) => radius),
        ["12px", "6px", "10px"],
      );
      const surfaces = { light: "oklch(1 0 0)", dark: "oklch(0.205 0 0)" };
      assert.equal(looks[2][1], surfaces[colorScheme], "the variables of shadcn");
      await page.locator("batch-card").first().getByText("Running").first().waitFor();
    });
});

test("the playground shows a pasted batch and its issues, and examines files", async () => {
  await open("/playground", {}, async (page) => {
    const text = page.getByLabel("JSON of a batch");
    await page.locator("batch-card").getByText("Completed with errors").first().waitFor();
    await text.fill('{ "object": "batch", "status": "done" }');
    await page.locator(".issues .error").first().waitFor();
    const input = readFileSync(at("tests", "fixtures", "input_lines.jsonl"));
    const result = '{"custom_id": "a", "response": null, "error": {"code": "batch_expired", "message": "too late"}}\n';
    await page.getByLabel("Drop a JSONL file here").setInputFiles([
      { name: "wrong.txt", mimeType: "text/plain", buffer: Buffer.from("not json\n") },
      { name: "error.jsonl", mimeType: "application/jsonl", buffer: Buffer.from(result) },
      { name: "input.jsonl", mimeType: "application/jsonl", buffer: input },
    ]);
    const file = (name) => page.locator("section.file", { hasText: name });
    await file("wrong.txt").getByText("A server will reject this file.").waitFor();
    await file("error.jsonl").getByText("batch_expired").waitFor();
    await file("input.jsonl").getByText("requests in").waitFor();
    await page.getByRole("button", { name: "Try an example" }).click();
    await file("example.jsonl").getByText("duplicate_custom_id").waitFor();
    await file("example.jsonl").getByText("3 requests in 3 lines").waitFor();
  });
});

test("the policy of every page allows WebAssembly and no connections", async () => {
  await open("/playground", { bypassCSP: false, expected: /connect-src/ }, async (page) => {
    await page.locator("batch-card").getByText("Completed with errors").first().waitFor();
    await page.getByRole("button", { name: "Try an example" }).click();
    await page.locator("section.file").getByText("duplicate_custom_id").waitFor();
    const refused = await page.evaluate(
      () =>
        new Promise((resolve) => {
          document.addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective));
          navigator.sendBeacon("/robots.txt", "text");
        }),
    );
    assert.equal(refused, "connect-src");
  });
});

test("the search finds a code of a rule", async () => {
  await open("/guide", {}, async (page) => {
    await page.keyboard.press("Control+k");
    await page.getByPlaceholder("Search").last().fill("duplicate_custom_id");
    await page.locator(".result").first().waitFor();
    assert.ok((await page.locator(".result").allTextContents()).some((text) => /Issues/.test(text)));
  });
});

// Measures the functions for files in browsers: with bytes in memory, and with a chosen File; also reading that File
// alone.
import { createReadStream, readFileSync, statSync } from "node:fs";
import puppeteer from "puppeteer-core";
import { launchChromium } from "../scripts/chromium.mjs";
import { findFirefox } from "../scripts/firefox.mjs";
import { serveLocally } from "../scripts/local-server.mjs";
import { at } from "../scripts/process.mjs";
import { corpora, corpus, names } from "./corpora.mjs";
import { block, quartiles } from "./document.mjs";
import { geometricMean, median, spread, table, times } from "./tables.mjs";

const rounds = 5;

const html = `<!doctype html><title>files</title><input type="file"><script type="module">
import * as pipelines from "/pipelines.mjs";
import * as files from "/dist/files.js";
Object.assign(globalThis, { pipelines, files });
</script>`;

/**
 * The available browsers, with functions to launch each and to choose a file. Playwright cannot drive Debian's Firefox.
 */
async function browsers() {
  const firefox = await findFirefox();
  return [
    {
      name: "Chromium",
      launch: async () => launchChromium(["--js-flags=--expose-gc"]),
      choose: (page, path) => page.setInputFiles("input", path),
    },
    ...(firefox
      ? [
          {
            name: "Firefox",
            launch: () =>
              puppeteer.launch({
                browser: "firefox",
                executablePath: firefox,
                headless: true,
                protocolTimeout: 600_000,
              }),
            choose: async (page, path) => (await page.$("input")).uploadFile(path),
          },
        ]
      : []),
  ];
}

/** Measures, prints a table and returns the results and the blocks of the document. */
export async function measureBrowser() {
  const { origin, close } = await serveLocally(serve);
  const results = {};
  try {
    for (const browser of await browsers()) results[browser.name] = await measureIn(browser, `${origin}/`);
  } finally {
    close();
  }
  return { measured: results, blocks: { browser: blockOf(results) } };
}

function blockOf(browsers) {
  const heads = ["file", "JavaScript", "batchlight", "", "`File`: JavaScript", "reading alone", "batchlight", ""];
  const rows = Object.entries(browsers).flatMap(([browser, { version, mean, corpora: measured }]) => [
    [`${browser} ${version}`, ...heads.slice(1).map(() => "")],
    ...Object.entries(measured).map(([name, { better, speeds, ratio, fileRatio }]) => [
      corpora[name].what,
      spread(speeds[better]),
      spread(speeds.batchlight),
      times(ratio),
      ...["fileStream", "reading", "file"].map((candidate) => spread(speeds[candidate])),
      times(fileRatio),
    ]),
    ["geometric mean", "", "", times(mean), "", "", "", ""],
  ]);
  return block([`MB/s, ${quartiles(rounds)}`], [heads, ...rows]);
}

async function measureIn({ name: title, launch, choose }, url) {
  const browser = await launch();
  const measured = {};
  try {
    for (const name of names.filter((name) => name !== "errors")) {
      // A new page for each corpus, so that none has to collect the garbage of another.
      const page = await browser.newPage();
      await page.goto(url);
      await page.waitForFunction(() => "files" in globalThis);
      await choose(page, corpus(name).file);
      const digest = ["output", "embout"].includes(name);
      const milliseconds = await page.evaluate(inPage, { rounds, digest });
      await page.close();
      const bytes = statSync(corpus(name).file).size;
      /** @type {Record<string, number[]>} */
      const speeds = Object.fromEntries(
        Object.entries(milliseconds).map(([candidate, spent]) => [
          candidate,
          spent.map((/** @type {number} */ each) => bytes / each / 1000),
        ]),
      );
      const speed = Object.fromEntries(Object.entries(speeds).map(([candidate, each]) => [candidate, median(each)]));
      const better = speed.byStream > speed.byLine ? "byStream" : "byLine";
      measured[name] = {
        bytes,
        speeds,
        speed,
        better,
        ratio: speed.batchlight / speed[better],
        fileRatio: speed.file / speed.fileStream,
        share: speed.file / speed.reading,
      };
    }
    const version = (await browser.version()).replace(/^\w+\//, "");
    const mean = geometricMean(Object.values(measured).map(({ ratio }) => ratio));
    const rows = Object.entries(measured).map(([name, { bytes, speed, ratio, fileRatio, share }]) => [
      name,
      ...[bytes / 1e6, Math.max(speed.byStream, speed.byLine), speed.batchlight].map((number) =>
        Math.round(number).toLocaleString("en"),
      ),
      `${ratio.toFixed(1)} x`,
      ...[speed.fileStream, speed.reading, speed.file].map((number) => Math.round(number).toLocaleString("en")),
      `${fileRatio.toFixed(1)} x`,
      `${Math.round(share * 100)} %`,
    ]);
    table(
      `Files in ${title} ${version}: MB/s, median of ${rounds} turns; ` +
        `geometric mean in memory ${mean.toFixed(2)} x the better JavaScript`,
      ["", "MB", "JavaScript", "batchlight", "", "File: JavaScript", "reading alone", "batchlight", "", "of reading"],
      rows,
    );
    return { version, mean, corpora: measured };
  } finally {
    await browser.close();
  }
}

/** Runs in the page. */
async function inPage({ rounds, digest }) {
  const { pipelines, files } = /** @type {any} */ (globalThis);
  const [file] = document.querySelector("input").files;
  const bytes = new Uint8Array(await file.arrayBuffer());
  const limits = { requests: 1e9, bytes: 1e12, embeddingInputs: 1e9 };
  const checks = digest ? pipelines.plainDigest : pipelines.plainChecks;
  const ours = (source) => (digest ? files.digestResults(source) : files.checkInput(source, { limits }));
  const js = (way) => {
    const { each, report } = checks();
    way(bytes, each);
    return report();
  };
  const candidates = {
    byStream: () => js(pipelines.byStream),
    byLine: () => js(pipelines.byLine),
    batchlight: () => ours(bytes),
    fileStream: () => pipelines.streamed(file.stream(), checks()),
    async reading() {
      const reader = file.stream().getReader();
      while (!(await reader.read()).done);
      return {};
    },
    file: () => ours(file),
  };
  const milliseconds = Object.fromEntries(Object.keys(candidates).map((name) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const [name, run] of Object.entries(candidates)) {
      // Collects the garbage of the previous candidate, if the browser allows it, so that it does not slow this one.
      globalThis.gc?.();
      await new Promise((wake) => setTimeout(wake, 50));
      const start = performance.now();
      const report = await run();
      const spent = performance.now() - start;
      if ((report.issues ?? []).some((issue) => issue.level === "error" || Array.isArray(issue)))
        throw new Error(`expected no errors, found some by ${name}`);
      if (round > 0) milliseconds[name].push(spent);
    }
  }
  return milliseconds;
}

/**
 * @param {import("node:http").IncomingMessage} request
 * @param {import("node:http").ServerResponse} response
 */
function serve({ url }, response) {
  const script = { "content-type": "text/javascript" };
  if (url === "/") response.writeHead(200, { "content-type": "text/html" }).end(html);
  else if (url === "/pipelines.mjs")
    response.writeHead(200, script).end(readFileSync(at("benches", "files", "pipelines.mjs")));
  else if (/^\/dist\/[\w-]+\.js$/.test(url))
    createReadStream(at("pkg", url))
      .on("error", () => response.destroy())
      .pipe(response.writeHead(200, script));
  else response.writeHead(404).end();
}

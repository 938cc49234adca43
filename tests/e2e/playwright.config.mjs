// The suites that need a browser: the board (www/), the elements in Chromium and in Firefox, and the examples for
// frameworks.
import { defineConfig } from "@playwright/test";
import { switches } from "../../scripts/chromium.mjs";
import { at } from "../../scripts/process.mjs";

const { CHROMIUM_PATH, PLAYWRIGHT_JSON_OUTPUT_FILE } = process.env;

/** Pages are the same on every machine: language, time zone, size, and no animation unless a test asks for it. */
const use = { locale: "en-GB", timezoneId: "UTC", reducedMotion: "reduce" };

// Glyphs are drawn from their outlines alone, whatever font settings the machine has.
const sameGlyphs = ["--font-render-hinting=none", "--disable-lcd-text"];

const chromium = (...args) => ({ executablePath: CHROMIUM_PATH, args: [...switches, ...args] });

export default defineConfig({
  outputDir: at(".cache", "e2e-results"),
  workers: 2,
  fullyParallel: true,
  retries: 0,
  forbidOnly: true,
  // A guard against hanging, far above what any test takes; nothing is decided by time.
  timeout: 180_000,
  reporter: [["list"], ...(PLAYWRIGHT_JSON_OUTPUT_FILE ? [["json", { outputFile: PLAYWRIGHT_JSON_OUTPUT_FILE }]] : [])],
  use: {
    ...use,
    trace: { mode: "retain-on-failure", screenshots: false, sources: false },
    screenshot: "only-on-failure",
  },
  projects: [
    { name: "board", use: { viewport: { width: 1280, height: 900 }, launchOptions: chromium() } },
    { name: "elements", use: { viewport: { width: 1100, height: 900 }, launchOptions: chromium(...sameGlyphs) } },
    { name: "frameworks", use: { launchOptions: chromium() } },
    { name: "firefox" },
  ].map((project) => ({ ...project, testDir: project.name })),
});

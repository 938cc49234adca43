// Reads and adds up the results of the test runners of Node, Playwright and cargo.
import { existsSync, readFileSync } from "node:fs";
import { relative } from "node:path";
import { root } from "../process.mjs";

/** Empty results. `files` has the total duration of the tests of each file, in seconds. */
export const noResults = () => ({ passed: 0, failed: 0, skipped: 0, files: new Map() });

/** Adds the results of a part to the total. */
export function add(total, { passed, failed, skipped, files }) {
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
  for (const [file, seconds] of files) total.files.set(file, (total.files.get(file) ?? 0) + seconds);
}

/** Reads the results that scripts/dev/record.mjs wrote. */
export function nodeResults(path) {
  const results = noResults();
  const lines = existsSync(path) ? readFileSync(path, "utf8").split("\n").filter(Boolean) : [];
  for (const { file, outcome, seconds } of lines.map((line) => JSON.parse(line))) {
    results[outcome]++;
    results.files.set(file, (results.files.get(file) ?? 0) + seconds);
  }
  return results;
}

/** Reads the JSON report of Playwright's runner. */
export function playwrightResults(path) {
  const results = noResults();
  if (!existsSync(path)) return results;
  const { suites, config } = JSON.parse(readFileSync(path, "utf8"));
  const visit = ({ specs = [], suites: inner = [] }) => {
    for (const { file, tests } of specs) {
      for (const { status, results: runs } of tests) {
        results[status === "skipped" ? "skipped" : status === "expected" ? "passed" : "failed"]++;
        const name = relative(root, `${config.rootDir}/${file}`);
        const seconds = runs.reduce((sum, { duration }) => sum + duration / 1000, 0);
        results.files.set(name, (results.files.get(name) ?? 0) + seconds);
      }
    }
    inner.forEach(visit);
  };
  suites.forEach(visit);
  return results;
}

/** Adds up the summary lines of cargo's test runner, one for each test program. */
export function cargoResults(output) {
  const results = noResults();
  for (const [, passed, failed, ignored] of output.matchAll(
    /^test result: .*? (\d+) passed; (\d+) failed; (\d+) ignored/gm,
  )) {
    results.passed += Number(passed);
    results.failed += Number(failed);
    results.skipped += Number(ignored);
  }
  return results;
}

/** The summary of a run: the slowest files and the counts. */
export function summary({ passed, failed, skipped, files }) {
  const slowest = [...files].sort(([, a], [, b]) => b - a).slice(0, 10);
  const rows = slowest.map(([file, seconds]) => `  ${seconds.toFixed(1).padStart(6)} s  ${file}`);
  const heading = rows.length ? ["slowest files, by the time their tests took:", ...rows, ""] : [];
  return [...heading, `${passed} passed, ${failed} failed, ${skipped} skipped`].join("\n");
}

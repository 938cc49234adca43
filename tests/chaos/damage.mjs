// Damaged files in the mock's folder: the mock starts, serves the other files, and reports what it has moved aside.
import { execFileSync } from "node:child_process";
import {
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { ask, content } from "../cli/clients/requests.mjs";
import { program } from "../cli/program.mjs";
import { workAsClient } from "./clients.mjs";
import { Ledger } from "./ledger.mjs";

export const name = "damaged folder";

export const skip = () => process.platform === "win32" && "Windows has no FIFOs";

/** @param {import("./round.mjs").Round} round */
export async function run(round) {
  const { tally } = round;
  const data = round.folder();
  const ledger = new Ledger(tally);
  const first = await round.mock("--speed", "3600", "--data", data);
  const more = (done) => done < 15;
  await Promise.all([1, 2, 3].map(() => workAsClient({ url: first.url, ledger, round, more })));
  await ledger.check(first.url);
  await first.end();

  const damaged = new Set();
  const mustBeReported = Array.from({ length: 1 + round.random(6) }, () => damage(round, data, damaged)).filter(
    Boolean,
  );
  // The last time of the mock's clock is lost.
  if (damaged.has("clock")) ledger.forgetTime();

  const second = await round.mock("--speed", "3600", "--data", data);
  await ledger.check(second.url, damaged);
  await checkAnswers(round, second.url);
  await workAsClient({ url: second.url, ledger, round, more, mayFail: ({ status }) => status === 404 });
  const { code, err } = await second.end();
  tally.check(code === 0, `expected exit code 0, found ${code}: ${err}`);
  const lines = err.split("\n").filter((line) => line !== "" && !/^batchlight: batch_\S+ failed: /.test(line));
  for (const line of lines) {
    const [, place] = /^batchlight: .*: damaged, moved to (.*): \S/.exec(line) ?? [];
    tally.check(place !== undefined && pathExists(place), `expected a report of a moved file, found: ${line}`);
  }
  for (const path of mustBeReported)
    tally.check(err.includes(`${path}: damaged`), `damage of ${path} was not reported`);
  for (const [id, { text }] of ledger.files)
    if (mustBeReported.includes(join(data, "file", `${id}.json`)) && !damaged.has(join(data, "content", id)))
      if (!contentPaths(data, id).some((place) => readFileSync(place, "utf8") === text))
        tally.lose(`content of ${id} with a damaged record was deleted`);

  // Damage is reported once.
  const aside = readdirSync(join(data, "damaged"));
  const third = await round.mock("--speed", "3600", "--data", data);
  await checkAnswers(round, third.url);
  const again = (await third.end()).err;
  tally.check(!again.includes("damaged, moved to"), `damage was reported again: ${again}`);
  tally.check(readdirSync(join(data, "damaged")).length === aside.length, "the next start moved more files");
}

/** The possible paths of a file's content: in place or moved aside. */
const contentPaths = (data, id) => [
  ...storedPaths(data, "content").filter((path) => basename(path) === id),
  ...storedPaths(data, "damaged").filter((path) => basename(path).startsWith(`content.${id}.`)),
];

/** Checks that every listed item can be retrieved. */
async function checkAnswers({ tally }, url) {
  const files = await ask(url, "files?limit=10000");
  const batches = await ask(url, "batches?limit=100");
  for (const { status, body } of [files, batches])
    if (status !== 200) return tally.fail(`a list failed with status ${status}: ${body.error?.message}`);
  for (const { id } of batches.body.data) {
    const { status, body } = await ask(url, `batches/${id}`);
    tally.check(status === 200, `${id} is listed but failed with status ${status}: ${body.error?.message}`);
  }
  for (const { id, bytes } of files.body.data) {
    const { length } = Buffer.from(await content(url, id));
    tally.check(length === bytes, `expected ${bytes} bytes in ${id}, found ${length}`);
  }
}

const texts = [
  "null",
  "{}",
  "[]",
  "true",
  '"text"',
  "{",
  "",
  "\0\0",
  `${"[".repeat(100_000)}`,
  '{"order":0,"file":{}}',
];

function makeFifo(path) {
  execFileSync("mkfifo", [path]);
}

/** Functions that put something other than a file at a path. */
const notFiles = [
  (path) => mkdirSync(path),
  (path) => symlinkSync(program, path),
  (path) => symlinkSync(path, path),
  makeFifo,
];

/** Values for a damaged field. */
const values = [null, true, -1, 0.5, 1e308, 7, "", "file-other", "batch_other", [], {}, [{}], "\0"];

/**
 * Damages a file in the folder and adds the affected ids to `damaged`.
 *
 * @returns {string | undefined} the path, if the damage is always detectable
 */
function damage(round, data, damaged) {
  const kind = round.pick(["content", "file", "file", "batch", "batch", "state", "clock", "lock", "left"]);
  if (kind === "left") return createStaleTempFile(round, data);
  if (kind === "lock") {
    replace(round, join(data, "lock"), [...texts, makeFifo]);
    return undefined;
  }
  if (kind === "clock") {
    damaged.add("clock");
    return replace(round, join(data, "clock.json"), [...texts.filter(Boolean), ...notFiles]);
  }
  // This file may have any number, so only invalid JSON is certain to be detected.
  if (kind === "state") return replace(round, join(data, "state", "sequence.json"), [...texts, ...notFiles]);
  const path = round.pick(storedPaths(data, kind).filter((one) => !damaged.has(one)));
  if (path === undefined) return undefined;
  damaged.add(path);
  damaged.add(basename(path, ".json"));
  return kind === "content" ? damageContent(round, path) : damageRecord(round, path);
}

/** The paths of all stored values of a kind. */
const storedPaths = (data, kind) =>
  readdirSync(join(data, kind))
    .filter((entry) => !entry.endsWith(".tmp"))
    .sort()
    .map((entry) => join(data, kind, entry));

/** Replaces a file with a random choice of content or by something that is not a file. */
function replace(round, path, choices) {
  rmSync(path, { recursive: true, force: true });
  const choice = round.pick(choices);
  if (typeof choice === "string") writeFileSync(path, choice);
  else choice(path);
  return path;
}

/** Damages the content of a file. Changed content is detected only by its length, so it need not be reported. */
function damageContent(round, path) {
  const bytes = readFileSync(path);
  switch (round.random(4)) {
    case 0:
      return replace(round, path, notFiles);
    case 1:
      rmSync(path);
      return undefined;
    case 2:
      truncateSync(path, round.random(bytes.length + 1));
      return undefined;
    default:
      replace(round, path, texts);
      return undefined;
  }
}

function damageRecord(round, path) {
  const text = readFileSync(path, "utf8");
  switch (round.random(4)) {
    case 0:
      return replace(round, path, texts);
    case 1:
      return replace(round, path, notFiles);
    case 2:
      // Truncates the record at a random position.
      return replace(round, path, [text.slice(0, round.random(text.length - 1))]);
    default:
      // The record may still be valid.
      writeFileSync(path, JSON.stringify(changed(round, JSON.parse(text))));
      return undefined;
  }
}

/** A copy of a JSON value with one value changed. */
function changed(round, value) {
  if (typeof value !== "object" || value === null || round.random(4) === 0) return round.pick(values);
  const entries = Object.entries(value);
  if (entries.length === 0) return round.pick(values);
  const [key, inner] = round.pick(entries);
  const copy = Array.isArray(value) ? [...value] : { ...value };
  copy[key] = changed(round, inner);
  return copy;
}

/** Creates a temporary file, as a crash leaves it. */
function createStaleTempFile(round, data) {
  const place = round.pick([
    ["content", `file-${round.random(1000)}.tmp`],
    ["file", `file-${round.random(1000)}.json.tmp`],
    ["batch", `batch_${round.random(1000)}.json.tmp`],
    ["state", "sequence.json.tmp"],
    [".", "clock.json.tmp"],
  ]);
  replace(round, join(data, ...place), [...notFiles, "half"]);
  return undefined;
}

/** Whether a path exists, including a symbolic link to nothing. */
const pathExists = (path) => lstatSync(path, { throwIfNoEntry: false }) !== undefined;

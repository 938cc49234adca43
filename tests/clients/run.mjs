// npm run test:clients: third-party clients with the mock, each in an environment of its own, without and with a
// failing request, and the same programs with aimock. `--write` writes the table into docs/mock.md. Words choose
// clients. `run` only checks what the official client sees of a run of the command, and `engines` only runs the
// examples of Ray, Spark and Beam, which take minutes to install.
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { createInterface } from "node:readline";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { startMock } from "../../pkg/dist/mock-node.js";
import { at, cache, main, print, ScriptError } from "../../scripts/process.mjs";
import { clients } from "./clients.mjs";
import { prepare, runPython } from "./many.mjs";
import { assertRunSeen } from "./run-view.mjs";

const call = promisify(execFile);
const home = join(cache, "clients");
const here = at("tests", "clients");
const requests = 6;

/** The time that a client has to install, and to run, in milliseconds. */
const installTimeout = 400_000;
const runTimeout = 90_000;

/** Creates a Python environment with packages, unless it exists. Returns its interpreter. */
async function pythonWith(packages) {
  const key = createHash("sha256").update(packages.join(" ")).digest("hex").slice(0, 12);
  const folder = join(home, `python-${key}`);
  const python = join(folder, "bin", "python");
  if (existsSync(join(folder, "ok"))) return python;
  await call("python3", ["-m", "venv", "--clear", folder]);
  const options = ["--quiet", "--disable-pip-version-check"];
  await call(python, ["-m", "pip", "install", ...options, ...packages], { timeout: installTimeout });
  writeFileSync(join(folder, "ok"), "");
  return python;
}

/** Installs an npm package, unless it is there. Returns the folder from which it is found. */
async function folderWith(name) {
  if (existsSync(at("node_modules", name))) return at();
  const folder = join(home, "npm");
  if (existsSync(join(folder, "node_modules", name))) return folder;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  await call("npm", ["install", "--no-fund", "--no-audit", "@copilotkit/aimock", "groq-sdk"], {
    cwd: folder,
    timeout: installTimeout,
  });
  return folder;
}

/**
 * The command that runs a client.
 *
 * @returns {Promise<[string, string[]]>}
 */
async function commandOf({ pip, npm, program }, url, mode) {
  if (pip) return [await pythonWith(pip), [join(here, program), url, mode]];
  return [process.execPath, [join(here, program), npm, await folderWith(npm), url, mode]];
}

/** Runs a client. Returns its version and its number of results, or why it failed. */
async function runClient(client, url, mode) {
  try {
    const [command, args] = await commandOf(client, url, mode);
    const environment = { OPENAI_BASE_URL: url, OPENAI_API_KEY: "any", PYTHONPATH: here, NODE_OPTIONS: "" };
    const { stdout } = await call(command, args, {
      env: { ...process.env, ...environment },
      timeout: runTimeout,
      cwd: home,
    });
    return JSON.parse(stdout.trim().split("\n").at(-1));
  } catch (error) {
    const lines = String(error.stderr || error.message)
      .trim()
      .split("\n")
      .filter(Boolean);
    return {
      failure: error.killed ? "does not end" : (lines.findLast((each) => !each.startsWith(" ")) ?? "").slice(0, 70),
    };
  }
}

/** Starts aimock with a response for every request. Returns its URL. */
async function startAimock() {
  const folder = await folderWith("@copilotkit/aimock");
  const fixture = join(home, "aimock.json");
  writeFileSync(
    fixture,
    JSON.stringify({ fixtures: [{ match: { userMessage: "text" }, response: { content: "hi" } }] }),
  );
  const port = 4900 + (process.pid % 100);
  const program = join(folder, "node_modules", "@copilotkit", "aimock", "dist", "cli.js");
  const child = spawn(process.execPath, [program, "-p", String(port), "-f", fixture], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  for await (const line of createInterface({ input: child.stdout })) if (/listening|http:/i.test(line)) break;
  child.stdout.resume();
  child.stderr.resume();
  const { version } = JSON.parse(readFileSync(join(folder, "node_modules/@copilotkit/aimock/package.json"), "utf8"));
  return { url: `http://127.0.0.1:${port}/v1`, version, stop: async () => void child.kill() };
}

const shown = ({ failure, results }, expected) =>
  failure === undefined
    ? results === expected
      ? "works"
      : `${results} of ${expected} results`
    : failure.replaceAll("|", "\\|");

await main(async () => {
  mkdirSync(home, { recursive: true });
  const words = process.argv.slice(2).filter((word) => !word.startsWith("--"));
  const wanted = clients.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
  const failed = wanted.length > 0 ? await runClients(wanted) : [];
  if (words.length === 0 || words.includes("run")) await withOwnMock(viewOfRun);
  if (words.includes("engines")) for (const engine of engines) await withOwnMock((mock) => runEngine(mock, engine));
  if (failed.length > 0) throw new ScriptError(`these clients failed: ${failed.join(", ")}`);
});

/** Runs clients with both mocks and prints a row for each. Returns the names of those that failed. */
async function runClients(wanted) {
  const options = { speed: 20_000, log: (line) => print(`  mock: ${line}`) };
  const servers = {
    clean: await startMock(options),
    fails: await startMock({ ...options, answers: [{ match: { contains: "request-1" }, status: 429 }] }),
  };
  const aimock = await startAimock();
  const rows = [];
  const failed = [];
  for (const client of wanted) {
    const clean = await runClient(client, servers.clean.url, "clean");
    const fails = await runClient(client, servers.fails.url, "fails");
    const beside = await runClient(client, aimock.url, "clean");
    const expected = client.program === "strict.py" ? clean.results : requests;
    const row = [
      client.name,
      clean.version ?? "",
      shown(clean, expected),
      shown(fails, expected),
      shown(beside, expected),
    ];
    print(`  ${row.join(" | ")}`);
    rows.push(row);
    if (clean.failure !== undefined || fails.failure !== undefined) failed.push(client.name);
  }
  await Promise.all([servers.clean.stop(), servers.fails.stop(), aimock.stop()]);
  if (process.argv.includes("--write")) writeTable(rows, aimock.version);
  return failed;
}

/** Starts `batchlight mock`, whose clock the command follows, so that its waits pass quickly. */
async function withOwnMock(task) {
  const command = at("pkg", "dist", "cli.js");
  const mock = spawn(process.execPath, [command, "mock", "--port", "0", "--speed", "20000"]);
  try {
    const [greeting] = await once(createInterface({ input: mock.stdout }), "line");
    const [url] = /http:\S+\/v1/.exec(greeting);
    await task({ url, command });
  } finally {
    mock.kill();
  }
}

/** Checks what the official client sees of a run of the command. */
async function viewOfRun(mock) {
  const { pip } = clients.find(({ program }) => program === "sdk.py");
  const { version, batches } = await assertRunSeen({ ...mock, python: await pythonWith(pip) });
  print(`  batchlight run in 3 shards: openai ${version} lists ${batches} batches with the metadata of the run`);
}

/** The engines of docs/run-many.md: the packages and the example of each. */
const engines = [
  { pip: ["ray"], program: "with_ray.py" },
  { pip: ["pyspark"], program: "with_spark.py" },
  { pip: ["apache-beam"], program: "with_beam.py" },
];

/** Runs the example of an engine with three parts. */
async function runEngine(mock, { pip, program }) {
  const folder = mkdtempSync(join(tmpdir(), "batchlight-engine-"));
  try {
    const printed = await runPython({ python: await pythonWith(pip), program, folder, ...prepare(folder, mock) });
    if (!printed.includes("3 reports: 6 requests\n  succeeded  6  100.0 %"))
      throw new ScriptError(`${program}: ${printed}`);
    print(`  ${program} runs three parts and adds up their reports`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes the table between its marks. The rows of clients that did not run stay. */
function writeTable(rows, version) {
  const header = ["client", "version", "batchlight mock", "with a failing request", `aimock ${version}`];
  const path = at("docs", "mock.md");
  const [begin, end] = ["<!-- clients: begin -->", "<!-- clients: end -->"];
  const text = readFileSync(path, "utf8");
  const [before, inside, after] = [
    text.slice(0, text.indexOf(begin)),
    text.slice(text.indexOf(begin) + begin.length, text.indexOf(end)),
    text.slice(text.indexOf(end)),
  ];
  const earlier = inside.split("\n").map((line) => line.split(" | ").map((cell) => cell.replace(/^\| | \|$/g, "")));
  const found = clients.map(({ name }) => [...rows, ...earlier].find(([first]) => first === name)).filter(Boolean);
  const all = [header, header.map(() => "---"), ...found];
  const table = all.map((row) => `| ${row.join(" | ")} |`).join("\n");
  writeFileSync(path, `${before}${begin}\n\n${table}\n\n${after}`);
}

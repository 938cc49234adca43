// Terminals: colors, width, and a progress bar that is removed. The util-linux command `script` allocates the terminal.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { file, place, program, request, start } from "./support.mjs";

const hasScriptCommand = () => {
  try {
    return execFileSync("script", ["-qec", "tty", "/dev/null"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).includes("/dev/");
  } catch {
    return false;
  }
};
const options = { skip: hasScriptCommand() ? false : "util-linux script is not installed" };

/** Runs the command on a terminal with 70 columns. Returns the output. */
async function onTerminal(command, env = {}) {
  const { NODE_OPTIONS, NO_COLOR, FORCE_COLOR, COLUMNS, ...rest } = process.env;
  const child = spawn(
    "script",
    ["-qec", `stty cols 70; ${command.replace("batchlight", `"${process.execPath}" "${program}"`)}`, "/dev/null"],
    {
      cwd: place,
      env: { ...rest, TERM: "xterm-256color", ...env },
      stdio: ["ignore", "pipe", "ignore"],
    },
  );
  let text = "";
  for await (const chunk of child.stdout) text += chunk;
  return text.replaceAll("\r\n", "\n");
}

test("issues are colored and fit the terminal", options, async () => {
  file("broken.jsonl", [`{"custom_id": "${"x".repeat(300)}", oops, ${"y".repeat(300)}`]);
  const text = await onTerminal("batchlight check broken.jsonl");
  assert.match(text, /\x1b\[31m/);
  const line = text
    .split("\n")
    .find((row) => row.includes("…"))
    .replace(/\x1b\[\d+m/g, "");
  assert.ok(line.length <= 70 && line.length > 55, `${line.length}: ${line}`);
  assert.doesNotMatch(await onTerminal("batchlight check broken.jsonl", { NO_COLOR: "1" }), /\x1b\[/);
});

// A progress bar appears after some time. Each reading of this clock advances it by a number of milliseconds.
const withClock = (step) => {
  const clock = file(`clock-${step}.mjs`, `let now = 0; performance.now = () => (now += ${step});`);
  return { NODE_OPTIONS: `--import="${pathToFileURL(join(place, clock)).href}"` };
};
const [fast, stopped] = [withClock(1000), withClock(0)];

test("a progress bar is shown while a long file is read, and then removed", options, async () => {
  const input = file("half.jsonl", [request("a")]);
  const text = await onTerminal(`cat ${input} | batchlight check -`, fast);
  const before = text.slice(0, text.indexOf("\x1b[1m<stdin>"));
  assert.match(before, /\rchecking <stdin> +\d+ bytes\x1b\[K/);
  assert.ok(before.endsWith("\r\x1b[K"), JSON.stringify(before));
});

test(
  "there is no progress bar for a short file, without a terminal, or if the file goes to the terminal",
  options,
  async () => {
    const input = file("half.jsonl", [request("a")]);
    const check = `cat ${input} | batchlight check -`;
    assert.doesNotMatch(await onTerminal(check, stopped), /checking/);
    assert.doesNotMatch(await onTerminal(`${check} 2>/dev/null`, fast), /checking/);
    assert.doesNotMatch(await onTerminal(`cat ${input} | batchlight fix - 2>&1`, fast), /fixing/);
    assert.doesNotMatch(await onTerminal(check, { ...fast, TERM: "dumb" }), /checking|\x1b/);
  },
);

test("Ctrl-C exits with 130 and removes the partial file", {
  skip: process.platform === "win32",
}, async () => {
  const { readdirSync } = await import("node:fs");
  const unfinished = () => readdirSync(place).filter((name) => name.includes("fixed"));
  for (const args of [
    ["check", "-"],
    ["fix", "-", "-o", "fixed.jsonl"],
    ["reconcile", "--input", "half.jsonl", "--output", "-"],
  ]) {
    const child = start(args);
    let err = "";
    child.stderr.on("data", (chunk) => (err += chunk));
    child.stdin.on("error", () => undefined);
    // The input exceeds the pipe's buffer, so the command is reading once it is written.
    await new Promise((resolve) => child.stdin.write(`${JSON.stringify(request("a"))}\n`.repeat(10_000), resolve));
    while (args[0] === "fix" && unfinished().length === 0) await new Promise((wake) => setTimeout(wake, 20));
    child.kill("SIGINT");
    assert.deepEqual([await new Promise((resolve) => child.on("close", (code) => resolve(code))), err], [130, ""]);
  }
  assert.deepEqual(unfinished(), []);
});

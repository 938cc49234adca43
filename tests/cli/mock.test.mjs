// `batchlight mock` as a program: start, stop and persistence.
import assert from "node:assert/strict";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { at } from "../../scripts/process.mjs";
import { input, long, mockServer } from "./clients/support.mjs";
import { installedFile } from "../package/support.mjs";
import { batchlight, folder, place, program, request } from "./support.mjs";

const windows = process.platform === "win32" && "Windows has no such signals";
const headers = { authorization: "Bearer any" };
const parsed = async (response) => {
  assert.equal(response.status, 200, await response.clone().text());
  return response.json();
};
const get = async (url, path) => parsed(await fetch(`${url}/${path}`, { headers }));

async function upload(url, text) {
  const body = new FormData();
  body.set("purpose", "batch");
  body.set("file", new File([text], "input.jsonl"));
  return parsed(await fetch(`${url}/files`, { method: "POST", headers, body }));
}

const create = async (url, file, more = {}) =>
  parsed(
    await fetch(`${url}/batches`, {
      method: "POST",
      headers: { ...headers, "content-type": "application/json", ...more },
      body: JSON.stringify({ input_file_id: file, endpoint: "/v1/chat/completions", completion_window: "24h" }),
    }),
  );

test("it prints its address, settings and example clients, and Ctrl-C stops it", { skip: windows }, async () => {
  const { url, said, end } = await mockServer("--speed", "1440", "--fail", "0.02");
  assert.match(url, /^http:\/\/127\.0\.0\.1:\d+\/v1$/);
  assert.match(said, /time runs 1,440 times as fast; 2 % of requests fail; state in memory only/);
  assert.ok(said.includes(`curl ${url}/batches -H "Authorization: Bearer any"`));
  assert.ok(said.includes(`new OpenAI({ baseURL: "${url}", apiKey: "any" })`));
  assert.deepEqual((await get(url, "batches")).data, []);
  const shown = `$ batchlight mock --speed 1440 --fail 0.02\n${said.replaceAll(new URL(url).port, "4010")}`;
  assert.ok(
    readFileSync(at("docs", "mock.md"), "utf8").includes(`\`\`\`console\n${shown}\`\`\``),
    "docs/mock.md shows what the command prints",
  );
  assert.deepEqual(await end(), { code: 0, signal: null, out: said, err: "" });
});

test("a used port and invalid options are reported on one line", async () => {
  const { url } = await mockServer();
  const { port } = new URL(url);
  const err = `batchlight: port ${port} is in use; choose another port with --port, or use --port 0\n`;
  assert.deepEqual(await batchlight(["mock", "--port", port]), { code: 2, signal: null, out: "", err });
  const wrong = [
    ["--port", "65536"],
    ...["0", "0.0009", "1e-300", "86401", "1e308", "Infinity"].map((speed) => ["--speed", speed]),
    ["--seed", "-1"],
    ["--fail", "1.5"],
  ];
  for (const [option, value] of wrong) {
    const { code, out, err: why } = await batchlight(["mock", `${option}=${value}`]);
    assert.deepEqual([code, out], [2, ""]);
    assert.match(why, /^batchlight: option '--\w+ <\w+>' argument '\S+' is invalid\. expected a /);
  }
});

test("only this command loads the mock", async () => {
  const alone = join(folder(), "dist");
  mkdirSync(alone);
  for (const name of ["cli.js", "files.js"]) copyFileSync(installedFile("dist", name), join(alone, name));
  writeFileSync(join(alone, "package.json"), '{ "type": "module" }');
  assert.ok(!existsSync(join(alone, "mock.js")));
  assert.match(readFileSync(program, "utf8"), /import\("\.\/mock\.js"\)/);
  const { execFile } = await import("node:child_process");
  const run = (...args) =>
    new Promise((resolve) =>
      execFile(
        process.execPath,
        [join(alone, "cli.js"), ...args],
        { cwd: place, env: { ...process.env, NODE_OPTIONS: "" } },
        (error) => resolve(error?.code ?? 0),
      ),
    );
  writeFileSync(join(place, "fine.jsonl"), `${JSON.stringify(request("a"))}\n`);
  assert.equal(await run("check", "fine.jsonl"), 0);
  assert.equal(await run("mock", "--port", "0"), 2);
});

test("files, batches and the clock survive a restart", { skip: windows }, async () => {
  const data = join(folder(), "data");
  const text = input(20);
  const first = await mockServer("--speed", "3600", "--data", data);
  const file = await upload(first.url, text);
  let batch = await create(first.url, file.id);
  while (batch.status !== "completed") {
    await wait(50);
    batch = await get(first.url, `batches/${batch.id}`);
  }
  const running = await create(first.url, file.id, long);
  const { err } = await batchlight(["mock", "--port", "0", "--data", data]);
  assert.match(
    err,
    /^batchlight: .*data: in use by another batchlight mock \(process \d+\); if it is not running, remove .*lock\n$/,
  );
  assert.equal((await first.end("SIGTERM")).code, 0);
  assert.ok(!existsSync(join(data, "lock")));

  const second = await mockServer("--speed", "3600", "--data", data);
  assert.match(second.said, /: 2 files, 2 batches\n/);
  assert.deepEqual(await get(second.url, `batches/${batch.id}`), batch);
  const content = await fetch(`${second.url}/files/${batch.output_file_id}/content`, { headers });
  assert.equal((await content.text()).trimEnd().split("\n").length, 20);
  assert.equal(await (await fetch(`${second.url}/files/${file.id}/content`, { headers })).text(), text);
  // The clock was hours ahead of the system's clock and does not go back.
  const later = await create(second.url, file.id);
  assert.ok(later.created_at >= running.created_at, `${later.created_at} after ${running.created_at}`);
  assert.ok(![batch.id, running.id].includes(later.id));
  assert.deepEqual(
    (await get(second.url, "batches")).data.map(({ id }) => id),
    [later.id, running.id, batch.id],
  );
  await second.end();
});

test("kill -9 under load loses nothing that was acknowledged", async () => {
  const data = join(folder(), "data");
  const files = new Map();
  const batches = new Map();
  let last = 0;
  for (const after of [150, 400, 700]) {
    const { url, end } = await mockServer("--speed", "60", "--data", data);
    let alive = true;
    const worker = async (name) => {
      for (let turn = 0; alive; turn++) {
        const text = input(1 + ((turn * 7 + name) % 300));
        const file = await upload(url, text);
        files.set(file.id, text);
        const batch = await create(url, file.id, long);
        batches.set(batch.id, batch);
        last = Math.max(last, batch.created_at);
      }
    };
    const before = batches.size;
    // Requests that run when the server is killed fail. They were not acknowledged.
    const workers = [0, 1, 2, 3].map((name) =>
      worker(name).catch((error) => assert.ok(!(error instanceof assert.AssertionError), error)),
    );
    while (batches.size < before + 4) await wait(5);
    await wait(after);
    await end("SIGKILL");
    alive = false;
    await Promise.all(workers);
  }
  const { url, end } = await mockServer("--speed", "60", "--data", data);
  for (const [id, text] of files)
    assert.equal(await (await fetch(`${url}/files/${id}/content`, { headers })).text(), text);
  for (const [id, { created_at, input_file_id }] of batches) {
    const found = await get(url, `batches/${id}`);
    assert.deepEqual([found.created_at, found.input_file_id], [created_at, input_file_id]);
  }
  // No partial file exists either.
  for (const { id, bytes } of (await get(url, "files?limit=10000")).data) {
    assert.equal((await (await fetch(`${url}/files/${id}/content`, { headers })).arrayBuffer()).byteLength, bytes);
  }
  for (const kind of ["file", "batch", "content"])
    assert.ok(readdirSync(join(data, kind)).every((name) => !name.endsWith(".tmp")));
  assert.ok((await create(url, [...files.keys()][0])).created_at >= last);
  assert.ok(files.size >= 12 && batches.size >= 12);
  await end();
});

test("invalid HTTP and disconnecting clients do not stop the server", async () => {
  const { url, child } = await mockServer();
  const { port } = new URL(url);
  /** Sends raw text and returns the response. With `leaves`, the client disconnects after sending. */
  const raw = (text, { leaves = false } = {}) =>
    new Promise((resolve) => {
      const socket = connect(Number(port), "127.0.0.1", () => socket.write(text, () => leaves && socket.destroy()));
      let response = "";
      socket
        .on("data", (chunk) => {
          response += chunk;
          if (response.includes("\r\n\r\n")) socket.destroy();
        })
        .on("error", () => undefined)
        .on("close", () => resolve(response));
    });
  assert.match(await raw("nonsense\r\n\r\n"), /^HTTP\/1\.1 400 /);
  assert.match(await raw("GET //[ HTTP/1.1\r\nHost: x\r\n\r\n"), /^(HTTP\/1\.1 40[014] |$)/);
  await raw("POST /v1/files HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nhalf", { leaves: true });
  assert.match(
    await raw("GET http://elsewhere/v1/batches HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer any\r\n\r\n"),
    /^HTTP\/1\.1 200 /,
  );
  assert.equal((await fetch(`${url}/batches`)).status, 401);
  assert.equal((await fetch(`${url}/nowhere`, { headers })).status, 404);
  assert.equal(child.exitCode, null);
});

// The folder of `batchlight mock --data`: other files are untouched, damaged files are moved aside, and a full disk
// causes no data loss.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { ask, content, create, headers, upload } from "./clients/requests.mjs";
import { mountable, onSmallDisk } from "./clients/small-disk.mjs";
import { input, mockServer } from "./clients/support.mjs";
import { batchlight, folder, ownModule, program } from "./support.mjs";

const windows = process.platform === "win32" && "Windows has no such signals and files";
/** All paths below a folder, with the content of files. */
function tree(path, below = "") {
  return readdirSync(join(path, below), { withFileTypes: true }).flatMap((entry) => {
    const name = join(below, entry.name);
    return entry.isDirectory() ? [`${name}/`, ...tree(path, name)] : [`${name}: ${readFileSync(join(path, name))}`];
  });
}

/** A folder with two uploads and two batches whose server has stopped. */
async function filled() {
  const data = join(folder(), "data");
  const { url, end } = await mockServer("--data", data);
  const files = [(await upload(url, input(2))).body, (await upload(url, input(3))).body];
  const batches = [];
  for (const { id } of files) batches.push((await create(url, id, { runSeconds: 80_000 })).body);
  await end();
  return { data, files, batches };
}

const refused = (path) =>
  `batchlight: ${path}: expected an empty or new folder, or one that batchlight mock created; ` +
  "use --data with another folder\n";

test("a folder with other files is rejected and stays unchanged", async () => {
  const data = folder();
  for (const [kind, name] of [
    ["content", "LICENSE"],
    ["content", "n.tmp"],
    ["content", "file-mine"],
    ["file", "d.tmp"],
    ["batch", "batch_1.json"],
  ]) {
    mkdirSync(join(data, kind), { recursive: true });
    writeFileSync(join(data, kind, name), "mine");
  }
  const before = tree(data);
  const { code, err } = await batchlight(["mock", "--port", "0", "--data", data]);
  assert.deepEqual([code, err], [2, refused(data)]);
  const { code: here, err: why } = await batchlight(["mock", "--port", "0", "--data", "."], { cwd: data });
  assert.deepEqual([here, why], [2, refused(".")]);
  assert.deepEqual(tree(data), before);
});

test("a folder with a hidden file, or with a marker that is not a regular file, is rejected", async () => {
  for (const make of [
    (data) => writeFileSync(join(data, ".git"), ""),
    (data) => mkdirSync(join(data, "batchlight-mock.json")),
    (data) => symlinkSync(program, join(data, "batchlight-mock.json")),
  ]) {
    const data = folder();
    make(data);
    const { code, err } = await batchlight(["mock", "--port", "0", "--data", data]);
    assert.deepEqual([code, err], [2, refused(data)]);
    assert.equal(readdirSync(data).length, 1);
  }
});

test("an empty folder is accepted, and other files in it are kept", { skip: windows }, async () => {
  const data = folder();
  const first = await mockServer("--data", data);
  const { body } = await upload(first.url, "text");
  await first.end();
  const mine = [
    "content/LICENSE",
    "content/n.tmp",
    "file/d.tmp",
    "batch/notes.json",
    "file/file-x",
    "state/x.tmp",
    "mine",
  ];
  for (const name of mine) writeFileSync(join(data, name), "mine");
  // Leftovers of a crash.
  const left = ["content/file-half", "content/file-half.tmp", `file/${body.id}.json.tmp`, "state/sequence.json.tmp"];
  for (const name of left) writeFileSync(join(data, name), "half");
  const second = await mockServer("--data", data);
  assert.equal((await ask(second.url, `files/${body.id}`, { method: "DELETE" })).status, 200);
  assert.equal((await second.end()).err, "");
  for (const name of mine) assert.equal(readFileSync(join(data, name), "utf8"), "mine", name);
  for (const name of left) assert.ok(!existsSync(join(data, name)), name);
});

test("a folder of the mock is not written through links", { skip: windows }, async () => {
  const { data } = await filled();
  const elsewhere = folder();
  rmSync(join(data, "content"), { recursive: true });
  symlinkSync(elsewhere, join(data, "content"));
  const { code, err } = await batchlight(["mock", "--port", "0", "--data", data]);
  assert.equal(code, 2);
  assert.match(err, /content: expected a directory, found something else\n$/);
  assert.deepEqual(readdirSync(elsewhere), []);
  assert.ok(!existsSync(join(data, "lock")));
});

/** Kinds of damage to a folder. */
const damages = {
  "null in a batch": ({ data, batches }) => writeFileSync(join(data, "batch", `${batches[0].id}.json`), "null"),
  "{} in a batch": ({ data, batches }) => writeFileSync(join(data, "batch", `${batches[0].id}.json`), "{}"),
  "half a batch": ({ data, batches }) => writeFileSync(join(data, "batch", `${batches[0].id}.json`), '{"order":'),
  "an empty batch": ({ data, batches }) => writeFileSync(join(data, "batch", `${batches[0].id}.json`), ""),
  "[] in a file": ({ data, files }) => writeFileSync(join(data, "file", `${files[0].id}.json`), "[]"),
  "null in a file": ({ data, files }) => writeFileSync(join(data, "file", `${files[0].id}.json`), "null"),
  "a name of another": ({ data, files }) =>
    renameSync(join(data, "file", `${files[0].id}.json`), join(data, "file", "file-other.json")),
  "content cut short": ({ data, files }) => writeFileSync(join(data, "content", files[0].id), "short"),
  "a folder as content": ({ data, files }) => {
    rmSync(join(data, "content", files[0].id));
    mkdirSync(join(data, "content", files[0].id));
  },
  "a link as content": ({ data, files }) => {
    rmSync(join(data, "content", files[0].id));
    symlinkSync(program, join(data, "content", files[0].id));
  },
  "a FIFO as content": ({ data, files }) => {
    rmSync(join(data, "content", files[0].id));
    execFileSync("mkfifo", [join(data, "content", files[0].id)]);
  },
  "a FIFO as a batch": ({ data, batches }) => {
    rmSync(join(data, "batch", `${batches[0].id}.json`));
    execFileSync("mkfifo", [join(data, "batch", `${batches[0].id}.json`)]);
  },
  "sequence.json of another kind": ({ data }) => writeFileSync(join(data, "state", "sequence.json"), '{"next":"x"}'),
  "clock.json of 1e308": ({ data }) => writeFileSync(join(data, "clock.json"), '{"until":1e308}'),
  "clock.json of another kind": ({ data }) => writeFileSync(join(data, "clock.json"), '["until"]'),
  "a folder where a batch is put together": ({ data, batches }) =>
    mkdirSync(join(data, "batch", `${batches[0].id}.json.tmp`)),
  "a folder where the clock is put together": ({ data }) => mkdirSync(join(data, "clock.json.tmp")),
  "clock.json that is a folder": ({ data }) => {
    rmSync(join(data, "clock.json"));
    mkdirSync(join(data, "clock.json"));
  },
};

for (const [name, damage] of Object.entries(damages)) {
  test(`${name}: it is moved aside and reported, and the rest is served`, { skip: windows }, async () => {
    const { data, files, batches } = await filled();
    damage({ data, files, batches });
    const { url, end } = await mockServer("--data", data);
    const seen = { files: await ask(url, "files"), batches: await ask(url, "batches") };
    assert.deepEqual([seen.files.status, seen.batches.status], [200, 200]);
    assert.ok(seen.files.body.data.some(({ id }) => id === files[1].id));
    assert.ok(seen.batches.body.data.some(({ id }) => id === batches[1].id));
    assert.equal(await content(url, files[1].id), input(3));
    const made = await create(url, files[1].id);
    assert.equal(made.status, 200);
    assert.ok(!batches.some(({ id }) => id === made.body.id));
    const { code, err } = await end();
    assert.equal(code, 0);
    const lines = err.trimEnd().split("\n");
    for (const line of lines) assert.match(line, /^batchlight: .*: damaged, moved to .*damaged\/\S+\.1: ./);
    const aside = readdirSync(join(data, "damaged"));
    assert.equal(aside.length, lines.length);
    assert.ok(aside.length >= 1);
    // The damage is reported once. Later starts report nothing and reuse no id.
    const again = await mockServer("--data", data);
    const later = await create(again.url, files[1].id);
    assert.ok(![...batches, made.body].some(({ id }) => id === later.body.id));
    assert.deepEqual([(await again.end()).err, readdirSync(join(data, "damaged"))], ["", aside]);
  });
}

test("content with a damaged record is moved aside and not deleted", { skip: windows }, async () => {
  const data = join(folder(), "data");
  const first = await mockServer("--data", data);
  const { id } = (await upload(first.url, input(2))).body;
  await first.end();
  rmSync(join(data, "file", `${id}.json`));
  mkdirSync(join(data, "file", `${id}.json`));
  const second = await mockServer("--data", data);
  await second.end();
  assert.deepEqual(readdirSync(join(data, "damaged")).sort(), [`content.${id}.1`, `file.${id}.json.1`]);
  assert.equal(readFileSync(join(data, "damaged", `content.${id}.1`), "utf8"), input(2));
});

test("a full disk is reported, leaves no partial files, and allows reading and later writing", async (t) => {
  const reason = mountable();
  if (reason) return t.skip(reason);
  await onSmallDisk(fillDisk);
});

async function fillDisk(disk) {
  const { url, child, end } = await mockServer("--speed", "3600", "--data", disk);
  let said = "";
  child.stderr.on("data", (text) => (said += text));
  const { body: small } = await upload(url, input(40));
  const { body: batch } = await create(url, small.id, { validationSeconds: 1, runSeconds: 3000 });
  const full = await upload(url, "x".repeat(2 << 20));
  assert.equal(full.status, 500);
  assert.match(full.body.error.message, /^simulated: .*: no space left on the disk$/);
  const temporary = () =>
    ["content", "file", "batch", "state", "."].flatMap((kind) =>
      readdirSync(join(disk, kind)).filter((name) => name.endsWith(".tmp")),
    );
  assert.deepEqual(temporary(), []);
  // Another file uses the rest of the disk.
  const filler = join(disk, "filler");
  assert.throws(() => writeFileSync(filler, Buffer.alloc(2 << 20)), { code: "ENOSPC" });
  // Waits until a reservation of the clock has failed.
  while (!said.includes("the clock is stopped")) {
    const [list, seen] = [await ask(url, "files"), await ask(url, `batches/${batch.id}`)];
    assert.deepEqual([list.status, seen.status], [200, 200]);
    assert.equal(await content(url, small.id), input(40));
  }
  assert.equal((await upload(url, "x")).status, 500);
  assert.deepEqual(temporary(), []);
  rmSync(filler);
  let now = await ask(url, `batches/${batch.id}`);
  for (; now.body.status !== "completed"; now = await ask(url, `batches/${batch.id}`)) assert.equal(now.status, 200);
  assert.equal((await content(url, now.body.output_file_id)).trimEnd().split("\n").length, 40);
  assert.equal((await upload(url, "x")).status, 200);
  const { code, err } = await end();
  assert.equal(code, 0);
  assert.match(err, /request failed with status 500: .*: no space left on the disk\n/);
  assert.match(err, /the clock is stopped because its time cannot be stored: .*: no space left on the disk\n/);
}

test("a clock that cannot be stored stops, reports it once, and continues later", async () => {
  const { createPersistedClock } = await ownModule("mock/clock.ts");
  let fails = true;
  const said = [];
  const persist = async () => {
    if (fails) throw new Error("no space");
  };
  const clock = createPersistedClock({ speed: 86_400, from: 4e9, persist, log: (line) => said.push(line) });
  for (let turn = 0; turn < 3; turn++) {
    await clock.reserve();
    assert.equal(clock.now(), 4e9);
  }
  assert.deepEqual(said, ["the clock is stopped because its time cannot be stored: no space"]);
  fails = false;
  await clock.reserve();
  assert.ok(clock.now() > 4e9);
});

test("two containers with the same process id do not share a folder", async (context) => {
  const isolated = (command, ...args) =>
    spawn("unshare", ["-p", "-f", "--mount-proc", command, ...args], { stdio: "pipe" });
  const able = await new Promise((resolve) => {
    isolated("true")
      .on("error", () => resolve(false))
      .on("close", (code) => resolve(code === 0));
  });
  if (!able) return context.skip("unshare cannot make a process 1 here");
  const data = join(folder(), "data");
  const { NODE_OPTIONS, ...env } = process.env;
  const begin = () => {
    const child = spawn(
      "unshare",
      ["-p", "-f", "--mount-proc", process.execPath, program, "mock", "--port", "0", "--data", data],
      { stdio: "pipe", env },
    );
    after(() => void child.kill("SIGKILL"));
    return new Promise((resolve) => {
      const output = { out: "", err: "", child };
      child.stdout.on("data", (text) => {
        output.out += text;
        if (output.out.includes("Ctrl-C")) resolve(output);
      });
      child.stderr.on("data", (text) => {
        output.err += text;
      });
      child.on("close", () => resolve(output));
    });
  };
  const first = await begin();
  assert.equal(JSON.parse(readFileSync(join(data, "lock"), "utf8")).pid, 1);
  const second = await begin();
  assert.equal(second.out, "");
  assert.match(
    second.err,
    /in use by another batchlight mock \(process 1 in another container or on another machine\); if it is not/,
  );
  // After `kill -9`, the next process takes the lock over, although it cannot check the process id.
  const inner = execFileSync("pgrep", ["-P", String(first.child.pid)])
    .toString()
    .trim();
  process.kill(Number(inner), "SIGKILL");
  const third = await begin();
  assert.match(third.out, /press Ctrl-C to stop/);
  const last = execFileSync("pgrep", ["-P", String(third.child.pid)])
    .toString()
    .trim();
  process.kill(Number(last), "SIGKILL");
});

test("file content stays on disk and is not loaded into memory", {
  skip: windows,
}, async () => {
  const { data, files } = await filled();
  const { url, end } = await mockServer("--data", data);
  // Changes the content on disk. The response shows that content is not cached.
  const path = join(data, "content", files[0].id);
  const { size } = statSync(path);
  writeFileSync(path, "y".repeat(size));
  assert.equal(await content(url, files[0].id), "y".repeat(size));
  const part = await fetch(`${url}/files/${files[0].id}/content`, { headers: { ...headers, range: "bytes=5-8" } });
  assert.deepEqual([part.status, await part.text()], [206, "yyyy"]);
  await end();
});

// folderStore of batchlight/run/node: what is in the folder after a crash, and who may use it.
import assert from "node:assert/strict";
import { appendFileSync, readFileSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { isBatchlightRunError } from "batchlight/run";
import { folderStore } from "batchlight/run/node";
import { folder } from "./support.mjs";

const streamOf = (...chunks) =>
  new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(Buffer.from(chunk));
      controller.close();
    },
  });

test("a line whose writing was interrupted is deleted, but only by the holder of the lock", async () => {
  const path = folder();
  const store = folderStore(path);
  const release = await store.lock();
  await store.append('{"a":"ä"}\n');
  appendFileSync(join(path, "journal.jsonl"), '{"b":');
  assert.equal(await folderStore(path).journal(), '{"a":"ä"}\n');
  assert.equal(readFileSync(join(path, "journal.jsonl"), "utf8"), '{"a":"ä"}\n{"b":');
  assert.equal(await store.journal(), '{"a":"ä"}\n');
  await store.append('{"c":1}\n');
  assert.equal(readFileSync(join(path, "journal.jsonl"), "utf8"), '{"a":"ä"}\n{"c":1}\n');
  await release();
});

test("a file is written completely or not at all, and is read again after it was replaced", async () => {
  const path = folder();
  const store = folderStore(path);
  await store.write("x.jsonl", streamOf("one\n"));
  const failing = new ReadableStream({
    start(controller) {
      controller.enqueue(Buffer.from("half"));
    },
    pull(controller) {
      controller.error(new Error("cut"));
    },
  });
  await assert.rejects(store.write("x.jsonl", failing), /cut/);
  assert.deepEqual(readdirSync(path), ["x.jsonl"]);
  const read = async () => {
    const file = /** @type {import("batchlight").FileHandleLike} */ (await store.read("x.jsonl"));
    const buffer = new Uint8Array(16);
    const { bytesRead } = await file.read(buffer, { offset: 0, length: 16, position: 0 });
    return Buffer.from(buffer.subarray(0, bytesRead)).toString();
  };
  assert.equal(await read(), "one\n");
  await store.write("x.jsonl", streamOf("tw", "o\n"));
  assert.equal(await read(), "two\n");
  assert.equal(await (await store.blob("x.jsonl")).text(), "two\n");
  assert.deepEqual([await store.read("y.jsonl"), await store.blob("y.jsonl")], [undefined, undefined]);
});

test("a second store of the folder says who holds it, and a lost lock writes nothing", async () => {
  const path = folder();
  const store = folderStore(path);
  const release = await store.lock();
  const error = await folderStore(path)
    .lock()
    .catch((caught) => caught);
  assert.ok(isBatchlightRunError(error));
  assert.equal(error.code, "in_use");
  assert.match(error.message, new RegExp(`in use by another batchlight run \\(process ${process.pid}\\)`));
  // Somebody removed the lock and another process took the folder.
  writeFileSync(join(path, "lock.new"), "{}");
  renameSync(join(path, "lock.new"), join(path, "lock"));
  await assert.rejects(store.append("{}\n"), { code: "in_use" });
  await release();
});

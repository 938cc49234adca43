// `checkInput`, `fixInput` and `splitInput` on every kind of source. The crate's tests cover the rules.
import assert from "node:assert/strict";
import { test } from "node:test";
import { both, checkInput, entries } from "../both.mjs";
import { settle } from "../support.mjs";
import { bytesOf, handle, iterable, sourceKinds, stream } from "./sources.mjs";
import { file, request, textOf } from "./support.mjs";

const good = file(request("a"), "", request("é 漢字 😀"));
const text = `\ufeff${good}${request("a")}\r\n{"custom_id": 7,\n${request("z")}`;
const bytes = bytesOf(text);
const report = await checkInput(bytes);

/** The reports of both entries, each on its own source. */
const checkOf = (makeSource) => both(async (api) => api.checkInput(await makeSource()));

/** The fixed file as a string, and its report. */
const fixedOf = (makeSource, options) =>
  both(async (api) => {
    const fixed = api.fixInput(await makeSource(), options);
    return { text: await textOf(fixed.stream), report: await fixed.report };
  });

/** The manifest of a split file, and its shards with their text instead of their stream. */
const splitOf = (makeSource, options) =>
  both(async (api) => {
    const { shards, manifest } = await api.splitInput(await makeSource(), options);
    const texts = await Promise.all(shards.map(({ stream: open }) => textOf(open())));
    const again = await Promise.all(shards.map(({ stream: open }) => textOf(open())));
    assert.deepEqual(again, texts, "a shard can be read twice");
    return { manifest, shards: shards.map(({ stream: _, ...shard }, index) => ({ ...shard, text: texts[index] })) };
  });

test("an issue has a location, a message and help", () => {
  assert.equal(report.ok, false);
  assert.deepEqual([report.bytes, report.lines, report.requests], [bytes.length, 6, 4]);
  assert.deepEqual(report.models, [{ model: "m", requests: 4 }]);
  assert.deepEqual(report.endpoints, [{ endpoint: "/v1/embeddings", requests: 4 }]);
  assert.equal(report.embeddingInputs, 4);
  const { low, estimate, high } = report.inputTokens;
  assert.ok(0 < low && low <= estimate && estimate <= high);
  const duplicate = report.issues.find(({ code }) => code === "duplicate_custom_id");
  assert.deepEqual(
    [duplicate.level, duplicate.line, duplicate.pointer, duplicate.related.line],
    ["error", 4, "/custom_id", 1],
  );
  const before = new TextDecoder().decode(bytes.subarray(0, duplicate.offset)).split("\n");
  assert.equal(before.length, duplicate.line);
  for (const issue of report.issues)
    for (const part of ["message", "help", "expected"]) assert.equal(typeof issue[part], "string");
  assert.ok(report.counts.every(({ code, level, count }) => code && level && count > 0));
});

for (const [name, make] of Object.entries(sourceKinds)) {
  test(`checks, fixes and splits ${name}`, async () => {
    assert.deepEqual(await checkOf(() => make(bytes)), report);
    assert.deepEqual(await fixedOf(() => make(bytes)), await fixedOf(() => text));
    const plan = await splitOf(() => make(bytes), { limits: { requests: 1 } });
    assert.deepEqual(plan.manifest, (await splitOf(() => text, { limits: { requests: 1 } })).manifest);
    assert.deepEqual(
      plan.shards.map((shard) => shard.text),
      [`${request("a")}\n`, `${request("é 漢字 😀")}\n`, request("z")],
    );
  });
}

for (const size of [1, 2, 7, 64]) {
  test(`checks, fixes and splits chunks of ${size} bytes`, async () => {
    assert.deepEqual(await checkOf(() => iterable(bytes, size)), report);
    assert.equal((await fixedOf(() => stream(bytes, size))).text, (await fixedOf(() => bytes)).text);
    assert.deepEqual((await splitOf(() => stream(bytes, size))).manifest, (await splitOf(() => bytes)).manifest);
  });
}

test("the options of checkInput: endpoint, profile, limits, maxIssues", async () => {
  const two = file(request("a"), request("b"));
  assert.equal((await checkInput(two)).ok, true);
  const other = await checkInput(two, { endpoint: "/v1/responses" });
  assert.deepEqual(
    other.counts.filter(({ level }) => level === "error").map(({ code }) => code),
    ["invalid_url"],
  );
  assert.equal((await checkInput(two, { limits: { requests: 1 } })).ok, false);
  assert.equal((await checkInput(two, { limits: { bytes: 10 } })).ok, false);
  assert.equal((await checkInput(two, { limits: { embeddingInputs: 1 } })).ok, false);
  const many = "{\n".repeat(50);
  for (const maxIssues of [0, 1, 30]) assert.ok((await checkInput(many, { maxIssues })).issues.length <= 2 * maxIssues);
  assert.notDeepEqual(await checkInput(text, { profile: "azure" }), report);
});

for (const [name, options, message] of [
  ["an unknown profile", { profile: "open-ai" }, /profile.*one of openai/],
  ["a string as a limit", { limits: { requests: "5" } }, /limits\.requests.*found "5"/],
  ["a limit of 0", { limits: { bytes: 0 } }, /limits\.bytes.*found 0/],
  ["a fraction as maxIssues", { maxIssues: 0.5 }, /maxIssues.*found 0\.5/],
  ["a number as the endpoint", { endpoint: 7 }, /endpoint.*found 7/],
]) {
  test(`throws before the source is read: ${name}`, async () => {
    let read = false;
    await assert.rejects(
      checkInput(
        {
          [Symbol.asyncIterator]: () => ({
            next: async () => {
              read = true;
              return { done: true, value: undefined };
            },
          }),
        },
        options,
      ),
      { message },
    );
    assert.equal(read, false);
  });
}

test("the token estimate consists of integers", async () => {
  const { inputTokens } = await checkInput(file(request("a", { model: "m", input: "word ".repeat(1000) })));
  assert.ok(Object.values(inputTokens).every(Number.isSafeInteger));
});

test("fixInput reports the changes, and none for a valid file", async () => {
  const { report: changed } = await fixedOf(() => text);
  assert.equal(changed.changed, true);
  assert.ok(changed.changes.some(({ line }) => line === 2));
  const valid = file(request("a"), request("b"));
  assert.deepEqual(await fixedOf(() => valid), {
    text: valid,
    report: { changed: false, changes: [], counts: [], bytes: bytesOf(valid).length, lines: 2, requests: 2 },
  });
});

test("fixInput adds unique ids if assignIds is set", async () => {
  const lines = file(request("request-1"), '{"method": "POST"}', '{"url": "/v1/embeddings"}');
  const ids = async (options) =>
    (await fixedOf(() => stream(bytesOf(lines)), options)).text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line).custom_id);
  assert.deepEqual(await ids(), ["request-1", undefined, undefined]);
  assert.deepEqual(await ids({ assignIds: false }), ["request-1", undefined, undefined]);
  assert.deepEqual(await ids({ assignIds: true }), ["request-1", "request-2", "request-3"]);
  assert.deepEqual(await ids({ assignIds: "job-" }), ["request-1", "job-1", "job-2"]);
  await assert.rejects(ids({ assignIds: 5 }), { message: /assignIds/ });
});

// How fixInput reads a source, for each entry.
for (const { name, api } of entries) {
  test(`${name}: fixInput reads the source at the pace of its stream`, async () => {
    let yielded = 0;
    async function* source() {
      for (; yielded < 1000; yielded++)
        yield bytesOf(file(request(`r-${yielded}`, { model: "m", input: "x".repeat(2000) })));
    }
    const { stream: fixed, report: fixReport } = api.fixInput(source());
    await settle();
    assert.equal(yielded, 0, "the source is not read before the stream");
    const reader = fixed.getReader();
    for (let count = 0; count < 5; count++) await reader.read();
    assert.ok(yielded < 20, `${yielded} chunks were read for 5`);
    await reader.cancel("enough");
    await assert.rejects(fixReport, (error) => error === "enough");
    const before = yielded;
    await settle();
    assert.equal(yielded, before, "the source is not read any more");
  });

  test(`${name}: a failing source rejects the stream and the report of fixInput`, async () => {
    async function* source() {
      yield bytesOf(request("a"));
      throw new Error("broken");
    }
    const { stream: fixed, report: fixReport } = api.fixInput(source());
    await assert.rejects(textOf(fixed), { code: "unreadable_source" });
    await assert.rejects(fixReport, { code: "unreadable_source" });
  });

  test(`${name}: fixInput is canceled by its signal`, async () => {
    const control = new AbortController();
    const { stream: fixed, report: fixReport } = api.fixInput(
      (async function* () {
        for (;;) yield bytesOf(`${request("a")}\n`);
      })(),
      { signal: control.signal },
    );
    const reader = fixed.getReader();
    await reader.read();
    control.abort("stop");
    await assert.rejects(fixReport, (error) => error === "stop");
    await assert.rejects(
      (async () => {
        for (;;) if ((await reader.read()).done) return;
      })(),
      (error) => error === "stop",
    );
  });
}

test("splitInput puts every line into one shard within the limits, and lists them in the manifest", async () => {
  const lines = Array.from({ length: 1000 }, (_, index) =>
    request(`r-${index}`, { model: index % 3 ? "m-1" : "m-2", input: "x".repeat(index) }),
  );
  const source = new Blob([file(...lines)]);
  const { shards, manifest } = await splitOf(() => source, {
    limits: { requests: 100, bytes: 50_000 },
    name: "jobs.jsonl",
  });
  assert.deepEqual(shards.flatMap((shard) => shard.text.trimEnd().split("\n")).sort(), lines.toSorted());
  for (const [index, shard] of shards.entries()) {
    assert.ok(shard.requests <= 100 && shard.bytes <= 50_000);
    assert.equal(bytesOf(shard.text).length, shard.bytes);
    assert.match(shard.name, /^jobs-\d+\.jsonl$/);
    const { custom_ids, ...entry } = manifest.shards[index];
    assert.deepEqual(
      custom_ids,
      shard.text
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line).custom_id),
    );
    const { embeddingInputs, inputTokens, text: _, ...rest } = shard;
    assert.deepEqual(rest, entry);
    assert.equal(embeddingInputs, shard.requests);
  }
  assert.equal(JSON.parse(JSON.stringify(manifest)).skippedCount, 0);
});

for (const { name, api } of entries) {
  test(`${name}: the shards of an open file read it when their streams are read`, async () => {
    const opened = await handle(bytes);
    const { shards } = await api.splitInput(opened);
    assert.equal(await textOf(shards[0].stream()), file(request("a"), request("é 漢字 😀")) + request("z"));
    await opened.close();
    await assert.rejects(textOf(shards[0].stream()), { code: "unreadable_source" });
  });
}

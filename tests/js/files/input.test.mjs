// Input files: checked, mended, split. What the rules are is the crate's to test; here, that every way in gives its
// answer.
import assert from "node:assert/strict";
import { test } from "node:test";
import { both, checkInput, entries } from "../both.mjs";
import { settle } from "../support.mjs";
import { bytesOf, handle, iterable, kinds, stream } from "./sources.mjs";
import { file, request, textOf } from "./support.mjs";

const good = file(request("a"), "", request("é 漢字 😀"));
const text = `\ufeff${good}${request("a")}\r\n{"custom_id": 7,\n${request("z")}`;
const bytes = bytesOf(text);
const report = await checkInput(bytes);

/** What both entries say of an input file; each reads a source of its own. */
const checkOf = (makeSource) => both(async (api) => api.checkInput(await makeSource()));

/** The mended file as text, and the report on it. */
const fixedOf = (makeSource, options) =>
  both(async (api) => {
    const fixed = api.fixInput(await makeSource(), options);
    return { text: await textOf(fixed.stream), report: await fixed.report };
  });

/** How a file is split: the manifest, and each shard with its text in place of its stream. */
const splitOf = (makeSource, options) =>
  both(async (api) => {
    const { shards, manifest } = await api.splitInput(await makeSource(), options);
    const texts = await Promise.all(shards.map(({ stream: open }) => textOf(open())));
    const again = await Promise.all(shards.map(({ stream: open }) => textOf(open())));
    assert.deepEqual(again, texts, "a shard can be read again");
    return { manifest, shards: shards.map(({ stream: _, ...shard }, index) => ({ ...shard, text: texts[index] })) };
  });

test("a check: what is wrong, where, and what to do", () => {
  assert.equal(report.ok, false);
  assert.deepEqual([report.bytes, report.lines, report.requests], [bytes.length, 6, 4]);
  assert.deepEqual(report.models, [{ model: "m", requests: 4 }]);
  assert.deepEqual(report.endpoints, [{ endpoint: "/v1/embeddings", requests: 4 }]);
  assert.equal(report.embeddingInputs, 4);
  const { low, estimate, high } = report.inputTokens;
  assert.ok(0 < low && low <= estimate && estimate <= high);
  const duplicate = report.findings.find(({ code }) => code === "duplicate_custom_id");
  assert.deepEqual(
    [duplicate.level, duplicate.line, duplicate.pointer, duplicate.related.line],
    ["error", 4, "/custom_id", 1],
  );
  const before = new TextDecoder().decode(bytes.subarray(0, duplicate.offset)).split("\n");
  assert.equal(before.length, duplicate.line);
  for (const finding of report.findings)
    for (const part of ["message", "remedy", "expected"]) assert.equal(typeof finding[part], "string");
  assert.ok(report.counts.every(({ code, level, count }) => code && level && count > 0));
});

for (const [name, make] of Object.entries(kinds)) {
  test(`check, mend and split ${name}`, async () => {
    assert.deepEqual(await checkOf(() => make(bytes)), report);
    assert.deepEqual(await fixedOf(() => make(bytes)), await fixedOf(() => text));
    const plan = await splitOf(() => make(bytes), { requests: 1 });
    assert.deepEqual(plan.manifest, (await splitOf(() => text, { requests: 1 })).manifest);
    assert.deepEqual(
      plan.shards.map((shard) => shard.text),
      [`${request("a")}\n`, `${request("é 漢字 😀")}\n`, request("z")],
    );
  });
}

for (const size of [1, 2, 7, 64]) {
  test(`in pieces of ${size}`, async () => {
    assert.deepEqual(await checkOf(() => iterable(bytes, size)), report);
    assert.equal((await fixedOf(() => stream(bytes, size))).text, (await fixedOf(() => bytes)).text);
    assert.deepEqual((await splitOf(() => stream(bytes, size))).manifest, (await splitOf(() => bytes)).manifest);
  });
}

test("a check by options: the endpoint, the profile, limits, how many findings are kept", async () => {
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
  for (const keep of [0, 1, 30]) assert.ok((await checkInput(many, { keep })).findings.length <= 2 * keep);
  assert.notDeepEqual(await checkInput(text, { profile: "azure" }), report);
});

for (const [name, options, told] of [
  ["a profile there is none of", { profile: "open-ai" }, /profile.*one of openai/],
  ["a limit of no number", { limits: { requests: "5" } }, /limits\.requests.*found "5"/],
  ["a limit below one", { limits: { bytes: 0 } }, /limits\.bytes.*found 0/],
  ["half a finding", { keep: 0.5 }, /keep.*found 0\.5/],
  ["an endpoint that is no text", { endpoint: 7 }, /endpoint.*found 7/],
]) {
  test(`refused before anything is read: ${name}`, async () => {
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
      { message: told },
    );
    assert.equal(read, false);
  });
}

test("the estimate is of the kind the types say", async () => {
  const { inputTokens } = await checkInput(file(request("a", { model: "m", input: "word ".repeat(1000) })));
  assert.ok(Object.values(inputTokens).every(Number.isSafeInteger));
});

test("mending: what was changed, and nothing when nothing was", async () => {
  const { report: changed } = await fixedOf(() => text);
  assert.equal(changed.changed, true);
  assert.ok(changed.changes.some(({ line }) => line === 2));
  const valid = file(request("a"), request("b"));
  assert.deepEqual(await fixedOf(() => valid), {
    text: valid,
    report: { changed: false, changes: [], counts: [], bytes: bytesOf(valid).length, lines: 2, requests: 2 },
  });
});

test("mending gives ids that no request has, on request", async () => {
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

// How a source is read while it is mended, by one entry after the other.
for (const { name, api } of entries) {
  test(`${name}: mending reads only as fast as it is read`, async () => {
    let given = 0;
    async function* source() {
      for (; given < 1000; given++) yield bytesOf(file(request(`r-${given}`, { model: "m", input: "x".repeat(2000) })));
    }
    const { stream: mended, report: told } = api.fixInput(source());
    await settle();
    assert.equal(given, 0, "nothing is read before the stream is");
    const reader = mended.getReader();
    for (let count = 0; count < 5; count++) await reader.read();
    assert.ok(given < 20, `${given} pieces were read for 5`);
    await reader.cancel("enough");
    await assert.rejects(told, (error) => error === "enough");
    const before = given;
    await settle();
    assert.equal(given, before, "nothing is read any more");
  });

  test(`${name}: mending fails with its source, in the stream and in the report`, async () => {
    async function* source() {
      yield bytesOf(request("a"));
      throw new Error("torn");
    }
    const { stream: mended, report: told } = api.fixInput(source());
    await assert.rejects(textOf(mended), { code: "unreadable_source" });
    await assert.rejects(told, { code: "unreadable_source" });
  });

  test(`${name}: mending called off`, async () => {
    const control = new AbortController();
    const { stream: mended, report: told } = api.fixInput(
      (async function* () {
        for (;;) yield bytesOf(`${request("a")}\n`);
      })(),
      { signal: control.signal },
    );
    const reader = mended.getReader();
    await reader.read();
    control.abort("stop");
    await assert.rejects(told, (error) => error === "stop");
    await assert.rejects(
      (async () => {
        for (;;) if ((await reader.read()).done) return;
      })(),
      (error) => error === "stop",
    );
  });
}

test("a split: every line once, in files under the limits, and a manifest that says where", async () => {
  const lines = Array.from({ length: 1000 }, (_, index) =>
    request(`r-${index}`, { model: index % 3 ? "m-1" : "m-2", input: "x".repeat(index) }),
  );
  const source = new Blob([file(...lines)]);
  const { shards, manifest } = await splitOf(() => source, { requests: 100, bytes: 50_000, name: "jobs.jsonl" });
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
  assert.equal(JSON.parse(JSON.stringify(manifest)).leftOutCount, 0);
});

for (const { name, api } of entries) {
  test(`${name}: a split from an open file reads it when its streams are read`, async () => {
    const opened = await handle(bytes);
    const { shards } = await api.splitInput(opened);
    assert.equal(await textOf(shards[0].stream()), file(request("a"), request("é 漢字 😀")) + request("z"));
    await opened.close();
    await assert.rejects(textOf(shards[0].stream()), { code: "unreadable_source" });
  });
}

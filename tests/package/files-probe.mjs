// Calls every function for files, as probe.mjs does for batches. All entries and threads must give the same results.

/** Calls the functions with every kind of source in browsers. Returns plain data. */
export async function probeFiles(api, { streams = true } = {}) {
  const line = (custom_id, model = "m-1") =>
    JSON.stringify({
      custom_id,
      method: "POST",
      url: "/v1/embeddings",
      body: { model, input: `text of ${custom_id} é 😀` },
    });
  const result = (custom_id) =>
    JSON.stringify({
      id: "batch_req_1",
      custom_id,
      response: {
        status_code: 200,
        request_id: "r",
        body: { model: "m-1", usage: { prompt_tokens: 2, total_tokens: 2 } },
      },
      error: null,
    });
  const expired = (custom_id) =>
    JSON.stringify({ custom_id, response: null, error: { code: "batch_expired", message: "too late" } });
  const input = [line("a"), "", line("b", "m-2"), line("a"), "{broken", line("c")].join("\n");
  const output = `${result("c")}\n${result("a")}\n`;
  const bytes = (text) => new TextEncoder().encode(text);
  const textOf = (stream) => new Response(stream).text();
  async function* chunks(text) {
    for (let at = 0, all = bytes(text); at < all.length; at += 9) yield all.subarray(at, at + 9);
  }
  const sourceKinds = [
    (text) => text,
    bytes,
    (text) => new Blob([text]),
    (text) => bytes(text).buffer,
    ...(streams ? [(text) => new Blob([text]).stream(), (text) => new Response(text), chunks] : []),
  ];
  const answers = [];
  for (const of of sourceKinds) {
    const check = await api.checkInput(of(input));
    const fix = api.fixInput(of(input), { assignIds: true });
    const fixed = await textOf(fix.stream);
    const plan = await api.splitInput(of(input), { name: "part" });
    const shards = await Promise.all(plan.shards.map((shard) => textOf(shard.stream())));
    const digest = await api.digestResults([of(output), of(expired("b"))]);
    const reconciliation = await api.reconcile({ input: of(input), output: of(output), error: of(expired("b")) });
    const joined = [];
    for await (const { custom_id, verdict, error } of reconciliation.join())
      joined.push([custom_id, verdict.verdict, error?.code]);
    const [retry, merged] = [
      await textOf(reconciliation.retry({ retry: "all" })),
      await textOf(reconciliation.merge()),
    ];
    answers.push({
      check,
      fixed,
      changes: await fix.report,
      manifest: plan.manifest,
      shards,
      digest,
      verdicts: [...reconciliation.verdicts()],
      joined,
      retry,
      merged,
    });
  }
  const [first, ...others] = answers.map((answer) => JSON.stringify(answer));
  const reports = [];
  await api.checkInput(new Blob([input]), {
    onProgress: ({ bytes: read, total, lines }) => reports.push([read, total, lines]),
  });
  const control = new AbortController();
  const endless = new ReadableStream({ pull: (controller) => controller.enqueue(bytes(`${line("x")}\n`)) });
  const canceled = api
    .checkInput(streams ? endless : bytes("x".repeat(1e8)), { signal: control.signal })
    .catch((error) => String(error));
  setTimeout(() => control.abort("canceled"), 30);
  const wrong = await api.checkInput(7).catch(({ name, code }) => [name, code]);
  const option = await api.checkInput("", { profile: "none" }).catch(({ name }) => name);
  return {
    same: others.every((other) => other === first),
    answer: JSON.parse(first),
    progress: reports.at(-1),
    canceled: await canceled,
    wrong,
    option,
  };
}

/** The call as source code, for other processes and pages that have `api` in scope. */
export const probeFilesText = `(${probeFiles})(api)`;

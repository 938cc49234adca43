// The package in Jest's jsdom, which has neither TextDecoder nor streams, and whose Blob only a FileReader can read.
const { act, createElement } = require("react");
const { createRoot } = require("react-dom/client");
const { checkInput, describeBatch, digestResults, reconcile, splitInput } = require("batchlight");
const { BatchCard, useBatch } = require("batchlight/react");

globalThis.IS_REACT_ACT_ENVIRONMENT = true;

const line = (custom_id) =>
  JSON.stringify({
    custom_id,
    method: "POST",
    url: "/v1/chat/completions",
    body: { model: "gpt-5.4-mini", messages: [{ role: "user", content: "Name a prime: é 漢 😀" }] },
  });
const input = `${[line("a"), line("b"), line("a")].join("\n")}\n`;
const output = JSON.stringify({ custom_id: "a", response: { status_code: 200, body: {} }, error: null });

test("batches are described", () => {
  expect(describeBatch({ status: "cancelled" }).label).toBe("Cancelled");
});

test.each([
  ["a string", input],
  ["bytes", Uint8Array.from(Buffer.from(input))],
  ["a Blob", new Blob([input])],
  ["a File", new File([input], "input.jsonl")],
  ["a slice of a Blob", new Blob([`x${input}`]).slice(1)],
])("%s is checked", async (_, source) => {
  const { ok, issues } = await checkInput(source);
  expect(ok).toBe(false);
  expect(issues.map(({ code, line }) => [code, line])).toEqual([["duplicate_custom_id", 3]]);
});

test("an empty Blob is checked", async () => {
  const { ok } = await checkInput(new Blob([]));
  expect(ok).toBe(false);
});

test("files are split, digested and reconciled", async () => {
  expect((await digestResults(new Blob([output]))).succeeded).toBe(1);
  const { shards } = await splitInput([line("a"), line("b")].join("\n"), { limits: { requests: 1 } });
  expect(shards.length).toBe(2);
  const result = await reconcile({ input: [line("a"), line("b")].join("\n"), output: new Blob([output]) });
  expect(result.succeeded).toBe(1);
});

const cancelled = { id: "batch_1", status: "cancelled", created_at: 1736489775 };

function Page() {
  const { batch } = useBatch("batch_1", async () => cancelled);
  return createElement(BatchCard, { batch });
}

test("components of React render and watch", async () => {
  const container = document.body.appendChild(document.createElement("div"));
  const root = createRoot(container);
  await act(async () => root.render(createElement(Page)));
  const card = container.querySelector("batch-card");
  // The answer arrives some ticks later.
  await act(async () => {
    while (!card.view) await new Promise((wake) => setTimeout(wake));
  });
  await card.updateComplete;
  expect(card.shadowRoot.textContent).toContain("Cancelled");
  await act(async () => root.unmount());
});

// Shared helpers of the mock's suites.
import { createMockApi, manualClock } from "batchlight/mock";

/** The initial time of the mocks in Unix seconds. */
export const created = 1_764_000_000;

/** A line of an input file. */
export const line = (custom_id, others = {}) =>
  JSON.stringify({
    custom_id,
    method: "POST",
    url: "/v1/chat/completions",
    body: { model: "gpt-5.4-mini", messages: [{ role: "user", content: `text of ${custom_id}` }] },
    ...others,
  });

/** An input file with `count` requests. */
export const input = (count, each = line) =>
  Array.from({ length: count }, (_, at) => `${each(`request-${at}`)}\n`).join("");

/**
 * Creates a mock with functions that send requests and parse responses.
 *
 * @param {import("batchlight/mock").MockOptions} options
 */
export function mock(options = {}) {
  const clock = manualClock(created);
  const api = createMockApi({ clock, ...options });
  const headers = { authorization: "Bearer any" };
  /** @type {(method: string, path: string, init?: RequestInit & { duplex?: "half" }) => Promise<Response>} */
  const send = (method, path, { body, ...init } = {}) =>
    api.fetch(
      new Request(`http://mock.test/v1/${path}`, { method, body, ...init, headers: { ...headers, ...init.headers } }),
    );
  const answerOf = async (response) => ({
    status: response.status,
    headers: response.headers,
    body: await response.json(),
  });
  const get = async (path, init) => answerOf(await send("GET", path, init));
  /** @type {(path: string, body?: unknown, init?: RequestInit) => ReturnType<typeof answerOf>} */
  const post = async (path, body, init = {}) =>
    answerOf(
      await send("POST", path, {
        body: body && JSON.stringify(body),
        ...init,
        headers: { "content-type": "application/json", ...init.headers },
      }),
    );
  const text = async (id) => (await send("GET", `files/${id}/content`)).text();
  /**
   * @param {BlobPart} content
   * @param {Record<string, string>} options form fields, and the file's name
   */
  async function upload(content, { name = "input.jsonl", purpose = "batch", ...others } = {}) {
    const form = new FormData();
    form.set("purpose", purpose);
    for (const [key, value] of Object.entries(others)) form.set(key, value);
    form.set("file", new File([content], name));
    return answerOf(await send("POST", "files", { body: form }));
  }
  /**
   * @param {BlobPart} content
   * @param {Record<string, unknown>} options the plan, and fields of the request
   */
  async function create(content, { plan, ...others } = {}) {
    const { body: file } = await upload(content);
    const asked = { input_file_id: file.id, endpoint: "/v1/chat/completions", completion_window: "24h", ...others };
    const init = plan ? { headers: { "x-batchlight-plan": JSON.stringify(plan) } } : undefined;
    const { body } = await post("batches", asked, init);
    return body;
  }
  return { api, clock, send, get, post, text, upload, create };
}

/** A plan for a short batch. */
export const quick = { validationSeconds: 10, runSeconds: 100, finalizingSeconds: 2, cancellingSeconds: 20 };

/** A store in memory. Changes fail after the first `fails` ones, as if the process were killed. */
export function memory(fails = Infinity) {
  const kept = new Map();
  let changes = 0;
  const change = async (work) => {
    if (++changes > fails) throw new Error("killed");
    work();
  };
  const store = {
    load: async () => [...kept].reverse(),
    set: (key, value) => change(() => kept.set(key, value)),
    delete: (key) => change(() => kept.delete(key)),
  };
  return { store, kept };
}

// What the suites ask of a mock, with what comes back: its status and its body.

/** Headers that let a request in. */
export const headers = { authorization: "Bearer any" };

/** Nobody waits longer for an answer, in milliseconds: a server that hangs fails a test, and does not stop it. */
const patience = 60_000;

/** Asks for JSON. */
export const ask = async (url, path, init = {}) => {
  const signal = AbortSignal.timeout(patience);
  const response = await fetch(`${url}/${path}`, { signal, ...init, headers: { ...headers, ...init.headers } });
  return { status: response.status, body: await response.json() };
};

/** Uploads a file that no batch has to be able to run, unless told otherwise. */
export function upload(url, text, { name = "input.jsonl", purpose = "user_data" } = {}) {
  const body = new FormData();
  body.set("purpose", purpose);
  body.set("file", new File([text], name));
  return ask(url, "files", { method: "POST", body });
}

/** Creates a batch that goes by a plan. */
export const create = (url, file, plan = {}) =>
  ask(url, "batches", {
    method: "POST",
    headers: { "content-type": "application/json", "x-batchlight-plan": JSON.stringify(plan) },
    body: JSON.stringify({ input_file_id: file, endpoint: "/v1/chat/completions", completion_window: "24h" }),
  });

/** The content of a file, whatever the status. */
export const content = async (url, id) =>
  (await fetch(`${url}/files/${id}/content`, { headers, signal: AbortSignal.timeout(patience) })).text();

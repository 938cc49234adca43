// Requests to a mock. Responses consist of status and body.

/** The Authorization header. */
export const headers = { authorization: "Bearer any" };

/** The timeout of a request in milliseconds, so that a hanging server fails the test. */
const patience = 60_000;

/** Sends a request and parses the JSON response. */
export const ask = async (url, path, init = {}) => {
  const signal = AbortSignal.timeout(patience);
  const response = await fetch(`${url}/${path}`, { signal, ...init, headers: { ...headers, ...init.headers } });
  return { status: response.status, body: await response.json() };
};

/** Uploads a file, by default one that is not an input file. */
export function upload(url, text, { name = "input.jsonl", purpose = "user_data" } = {}) {
  const body = new FormData();
  body.set("purpose", purpose);
  body.set("file", new File([text], name));
  return ask(url, "files", { method: "POST", body });
}

/** Creates a batch with a plan. */
export const create = (url, file, plan = {}) =>
  ask(url, "batches", {
    method: "POST",
    headers: { "content-type": "application/json", "x-batchlight-plan": JSON.stringify(plan) },
    body: JSON.stringify({ input_file_id: file, endpoint: "/v1/chat/completions", completion_window: "24h" }),
  });

/** Downloads a file's content, ignoring the status. */
export const content = async (url, id) =>
  (await fetch(`${url}/files/${id}/content`, { headers, signal: AbortSignal.timeout(patience) })).text();

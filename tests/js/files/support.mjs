// What the suites of files share.
import { buffer } from "node:stream/consumers";

/**
 * One line of an output or error file.
 *
 * @param {string} custom_id
 * @param {unknown} body
 */
export const result = (custom_id, body = { model: "m" }, status_code = 200) =>
  JSON.stringify({
    id: `batch_req_${custom_id}`,
    custom_id,
    response: { status_code, request_id: "r", body },
    error: null,
  });

/** One that was never answered. */
export const unanswered = (custom_id, code = "batch_expired") =>
  JSON.stringify({
    id: "batch_req_1",
    custom_id,
    response: null,
    error: { code, message: "This request could not be executed." },
  });

/** One line of an input file. */
export const request = (custom_id, body = { model: "m", input: `text of ${custom_id}` }, url = "/v1/embeddings") =>
  JSON.stringify({ custom_id, method: "POST", url, body });

/** Lines as a file. */
export const file = (...lines) => lines.map((line) => `${line}\n`).join("");

/** The whole of a stream, as text. */
export const textOf = async (stream) => (await buffer(stream)).toString();

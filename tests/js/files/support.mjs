// Helpers of the suites for files.
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

/** A result line of a request that was never executed. */
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

/** A file of lines, each with a line break. */
export const file = (...lines) => lines.map((line) => `${line}\n`).join("");

/** The content of a stream as a string. */
export const textOf = async (stream) => (await buffer(stream)).toString();

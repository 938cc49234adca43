// Common JavaScript solutions for checking a file: two parsers, and simple checks.
//
// Both read chunks of 64 KiB, as streams have them. With larger chunks they would be up to 1.5 times slower.
const chunkSize = 65_536;

/** Decodes the bytes, splits them at line feeds and parses each line. */
export function byStream(bytes, each) {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let rest = "";
  let number = 0;
  for (let at = 0; at < bytes.length; at += chunkSize) {
    const lines = (rest + decoder.decode(bytes.subarray(at, at + chunkSize), { stream: true })).split("\n");
    rest = lines.pop();
    for (const line of lines) read(line, ++number, each);
  }
  read(rest + decoder.decode(), ++number, each);
}

/** Finds line feeds in the bytes, and decodes and parses line by line. */
export function byLine(bytes, each) {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let number = 0;
  for (let at = 0; at < bytes.length; ) {
    const found = bytes.indexOf(10, at);
    const end = found < 0 ? bytes.length : found;
    read(decoder.decode(bytes.subarray(at, end)), ++number, each);
    at = end + 1;
  }
}

function read(line, number, each) {
  if (line === "" || line === "\r") return;
  let value;
  try {
    value = JSON.parse(line);
  } catch {
    value = undefined;
  }
  each(value, number);
}

/** Simple checks of a request file: many of those of checkInput, without locations, bodies and duplicate keys. */
export function plainChecks() {
  const ids = new Map();
  const issues = [];
  let model;
  let url;
  let requests = 0;
  return {
    each(value, line) {
      if (value === null || typeof value !== "object" || Array.isArray(value))
        return void issues.push(["invalid_json_line", line]);
      requests++;
      const { custom_id: id, method, body } = value;
      if (typeof id !== "string" || id === "") issues.push(["missing_required_parameter", line]);
      else if (ids.has(id)) issues.push(["duplicate_custom_id", line, ids.get(id)]);
      else ids.set(id, line);
      if (method !== "POST") issues.push(["method", line]);
      url ??= value.url;
      if (value.url !== url) issues.push(["invalid_url", line]);
      if (body === null || typeof body !== "object" || Array.isArray(body)) return void issues.push(["body", line]);
      model ??= body.model;
      if (typeof body.model !== "string") issues.push(["missing_required_parameter", line]);
      else if (body.model !== model) issues.push(["mismatched_model", line]);
      if (body.stream === true) issues.push(["streaming_unsupported", line]);
      if (url === "/v1/chat/completions" && !Array.isArray(body.messages))
        issues.push(["missing_required_parameter", line]);
    },
    report: () => ({ requests, issues }),
  };
}

/** The same checks with a schema for each line, by any validator. */
export function schemaChecks(isValid) {
  const plain = plainChecks();
  const invalid = [];
  return {
    each(value, line) {
      if (!isValid(value)) invalid.push(line);
      plain.each(value, line);
    },
    report: () => ({ ...plain.report(), invalid }),
  };
}

/** Counts the status codes and tokens of a result file. */
export function plainDigest() {
  const codes = new Map();
  const tokens = new Map();
  return {
    each(value) {
      const { response, error } = value ?? {};
      const code = error?.code ?? response?.body?.error?.code ?? response?.status_code;
      codes.set(code, (codes.get(code) ?? 0) + 1);
      const { model, usage } = response?.body ?? {};
      if (!usage) return;
      const sum = tokens.get(model) ?? { input: 0, output: 0 };
      sum.input += usage.prompt_tokens ?? usage.input_tokens ?? 0;
      sum.output += usage.completion_tokens ?? usage.output_tokens ?? 0;
      tokens.set(model, sum);
    },
    report: () => ({ codes, tokens }),
  };
}

/** Matches requests with their results by custom_id. */
export function plainJoin(input, output, error, way) {
  const results = new Map();
  for (const file of [output, error]) if (file) way(file, (value) => value && results.set(value.custom_id, value));
  let succeeded = 0;
  const failed = [];
  const missing = [];
  way(input, (request) => {
    const result = request && results.get(request.custom_id);
    if (!result) missing.push(request?.custom_id);
    else if (result.error || result.response?.status_code >= 300 || result.response?.body?.error)
      failed.push(request.custom_id);
    else succeeded++;
  });
  return { succeeded, failed, missing };
}

/** Reads a stream, such as that of a file, and parses each line. */
export async function streamed(stream, { each, report }) {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let rest = "";
  let number = 0;
  for await (const chunk of stream) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop();
    for (const line of lines) read(line, ++number, each);
  }
  read(rest + decoder.decode(), ++number, each);
  return report();
}

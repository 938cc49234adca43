// Exports requests with their results as JSONL or CSV.
import type { Cause, RequestVerdict } from "batchlight/worker";
import {
  repliesOf,
  errorOf,
  messagesOf,
  modelOf,
  requestBody,
  responseBody,
  responseTokens,
} from "./request-content.js";
import type { RequestLines } from "./request-lines.js";

/** The formats of an export. */
export type ExportFormat = "jsonl" | "csv";

/** The number of requests that are read at a time. */
const chunkSize = 64;

const columns = [
  "custom_id",
  "verdict",
  "status_code",
  "error_code",
  "error_message",
  "model",
  "input_tokens",
  "output_tokens",
  "request",
  "response",
] as const;

/** What an export reads. */
export interface ExportSource {
  readonly verdicts: readonly RequestVerdict[];
  readonly causes: ReadonlyMap<Cause["id"], Cause>;
  readonly lines: RequestLines;
  readonly signal: AbortSignal;
}

/** Returns the content of a file with these requests. */
export function exportRequests(format: ExportFormat, source: ExportSource): ReadableStream<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  const { verdicts, signal } = source;
  let next = 0;
  return new ReadableStream({
    start(controller) {
      // Spreadsheets recognize UTF-8 by the byte order mark.
      if (format === "csv") controller.enqueue(encoder.encode(`\uFEFF${columns.join(",")}\r\n`));
    },
    async pull(controller) {
      signal.throwIfAborted();
      const chunk = verdicts.slice(next, next + chunkSize);
      next += chunkSize;
      if (chunk.length === 0) return controller.close();
      const rows = await Promise.all(chunk.map((verdict) => exportRow(format, verdict, source)));
      controller.enqueue(encoder.encode(rows.join("")));
    },
  });
}

async function exportRow(
  format: ExportFormat,
  verdict: RequestVerdict,
  { causes, lines }: ExportSource,
): Promise<string> {
  const [requestLine, resultLine] = await Promise.all([lines.request(verdict), lines.response(verdict)]);
  const [request, response] = [requestLine?.value, resultLine?.value];
  const cause = verdict.cause === undefined ? undefined : causes.get(verdict.cause);
  if (format === "jsonl") {
    const { custom_id, statusCode: status_code } = verdict;
    const reason = cause && { code: cause.code, message: cause.message, advice: cause.advice };
    const value = { custom_id, verdict: verdict.verdict, status_code, cause: reason, request, result: response };
    return `${JSON.stringify(value)}\n`;
  }
  const tokens = responseTokens(responseBody(response));
  const error = errorOf(response);
  const joined = (messages: ReturnType<typeof messagesOf>): string => messages.map(({ text }) => text).join("\n\n");
  const values: Record<(typeof columns)[number], string | number | undefined> = {
    custom_id: verdict.custom_id,
    verdict: verdict.verdict,
    status_code: verdict.statusCode,
    error_code: error?.code ?? cause?.code,
    error_message: error?.message ?? cause?.message,
    model: modelOf(responseBody(response)) ?? modelOf(requestBody(request)),
    input_tokens: tokens?.input,
    output_tokens: tokens?.output,
    request: joined(messagesOf(requestBody(request))) || requestLine?.text,
    response: joined(repliesOf(responseBody(response))),
  };
  return `${columns.map((name) => csvCell(values[name])).join(",")}\r\n`;
}

/** Formats a cell. A spreadsheet would evaluate a string that starts like a formula, so it gets an apostrophe. */
function csvCell(value: string | number | undefined): string {
  if (value === undefined) return "";
  if (typeof value === "number") return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

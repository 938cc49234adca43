// /v1/files: upload, list, retrieve, download and delete.
import { limits } from "../../../generated/mock-tables.js";
import { chunksIn, type MockContent } from "../http/content.js";
import { readField, parseMultipart } from "../http/multipart.js";
import { listResponse, parsePageQuery } from "../http/pagination.js";
import type { FileObject, StoredFile } from "../state/records.js";
import { throwApiError } from "../http/api-error.js";
import type { MockState } from "../state/store.js";

/** The lifetime that the form asks for, in seconds. */
function requestedLifetime(fields: ReadonlyMap<string, string>): number | undefined {
  const anchor = fields.get("expires_after[anchor]");
  const seconds = fields.get("expires_after[seconds]");
  if (anchor === undefined && seconds === undefined) return undefined;
  return parseLifetime("expires_after", { anchor, seconds: seconds?.trim() ? Number(seconds) : undefined });
}

/** Parses `expires_after` or `output_expires_after`. Returns the lifetime in seconds. */
export function parseLifetime(
  name: string,
  { anchor, seconds }: { readonly anchor?: unknown; readonly seconds?: unknown },
): number {
  const [min, max] = limits.expiresAfter;
  if (anchor !== "created_at") throwApiError("range", `${name}.anchor`, "created_at");
  const fits = typeof seconds === "number" && Number.isInteger(seconds) && seconds >= min && seconds <= max;
  return fits ? seconds : throwApiError("range", `${name}.seconds`, `a whole number from ${min} to ${max}`);
}

/** The purposes of uploaded files. */
export const purposes = ["assistants", "batch", "fine-tune", "vision", "user_data", "evals"];

/**
 * Stores an uploaded file. As with OpenAI, only the first line of a batch's input file is checked here; other errors
 * fail the batch later. Form fields may follow the file, so content is stored before the upload is accepted.
 */
export async function uploadFile(
  state: MockState,
  request: Request,
  now: number,
  newId: () => string,
): Promise<Response> {
  const id = newId();
  let accepted: StoredFile | undefined;
  try {
    const fields = new Map<string, string>();
    let received: { readonly name: string; readonly content: MockContent } | undefined;
    for await (const part of parseMultipart(request)) {
      if (part.name === "file" && part.filename !== undefined && !received)
        received = { name: part.filename, content: await state.putContent(id, part.chunks) };
      else if (part.name !== undefined && part.filename === undefined && !fields.has(part.name))
        fields.set(part.name, await readField(part));
    }
    if (!received) return throwApiError("missing", "file");
    const purpose = fields.get("purpose") ?? throwApiError("missing", "purpose");
    if (!purposes.includes(purpose)) throwApiError("range", "purpose", `one of ${purposes.join(", ")}`);
    const lifetime = requestedLifetime(fields) ?? (purpose === "batch" ? limits.batchFile : undefined);
    const { name: filename, content } = received;
    if (purpose === "batch") await checkInputFile(content);
    accepted = await storeFile(state, { id, purpose, filename, bytes: content.size, created_at: now, lifetime });
    return Response.json(accepted.file);
  } finally {
    state.release([id]);
    if (!accepted) await state.dropContent(id).catch(() => undefined);
  }
}

/** Rejects content that is not JSONL. The name does not matter: uploads named `upload` were accepted. */
export async function checkInputFile(content: MockContent): Promise<void> {
  if (content.size > limits.fileBytes) throwApiError("file_large");
  if (content.size === 0) throwApiError("file_empty");
  const line = await firstLine(content);
  try {
    if (line !== undefined) JSON.parse(line);
  } catch {
    throwApiError("file_format");
  }
}

/** The maximum length of a first line in bytes. The check of the whole file covers longer lines. */
const maxFirstLine = 8 << 20;

/** The first line. Returns undefined if it is longer than the maximum. */
async function firstLine(content: MockContent): Promise<string | undefined> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of chunksIn(content.slice(0, maxFirstLine).stream())) {
    const end = chunk.indexOf(10);
    text += decoder.decode(end < 0 ? chunk : chunk.subarray(0, end), { stream: true });
    if (end >= 0) return text + decoder.decode();
  }
  return content.size > maxFirstLine ? undefined : text + decoder.decode();
}

/** The properties of a new file. `lifetime` is in seconds; undefined means forever. */
export type NewFile = Pick<FileObject, "id" | "purpose" | "filename" | "bytes" | "created_at"> & {
  readonly lifetime: number | undefined;
};

/** Stores a file whose content is already stored. */
export async function storeFile(state: MockState, { lifetime, ...file }: NewFile): Promise<StoredFile> {
  const { id, purpose, filename, bytes, created_at } = file;
  const expires_at = lifetime === undefined ? null : created_at + lifetime;
  const stored: StoredFile = {
    sequence: state.takeSequenceNumber(),
    file: {
      object: "file",
      id,
      purpose,
      filename,
      bytes,
      created_at,
      expires_at,
      status: "processed",
      status_details: null,
    },
    deletedAt: state.deletionFor(created_at, lifetime),
  };
  await state.putFile(stored);
  return stored;
}

/** Responds with a page of files that have not expired, newest first by default. */
export function listFiles(state: MockState, query: URLSearchParams): Response {
  const page = parsePageQuery(query, limits.files as readonly [number, number]);
  const purpose = query.get("purpose");
  const order = query.get("order") ?? "desc";
  if (order !== "asc" && order !== "desc") throwApiError("range", "order", "asc or desc");
  const files = [...state.files.values()].filter(
    (stored) => state.isLive(stored) && (purpose === null || stored.file.purpose === purpose),
  );
  // Sorted by creation time. Result files are stored when they are first needed, which may be later than the end of
  // their batch.
  const sign = order === "asc" ? 1 : -1;
  files.sort((a, b) => sign * (a.file.created_at - b.file.created_at || a.sequence - b.sequence));
  return listResponse(
    files,
    page,
    ({ file }) => file.id,
    ({ file }) => file,
  );
}

/** Finds a file or ends the request with an error. */
export function findFile(state: MockState, id: string): StoredFile {
  const stored = state.files.get(id);
  return stored && state.isLive(stored) ? stored : throwApiError("no_file", id);
}

/** The content of a file that exists and has not expired. */
export function liveContent(state: MockState, id: string): MockContent | undefined {
  const stored = state.files.get(id);
  return stored && state.isLive(stored) ? state.contents.get(id) : undefined;
}

/** Deletes a file. */
export async function deleteFile(state: MockState, id: string): Promise<Response> {
  findFile(state, id);
  await state.deleteFile(id);
  return Response.json({ id, object: "file", deleted: true });
}

/** Responds with the content of a file or the requested range of it. */
export function downloadFile(state: MockState, id: string, range: string | null): Response {
  const { file } = findFile(state, id);
  const content = state.contents.get(id) ?? throwApiError("no_download", id);
  const headers = new Headers({
    "content-type": "application/octet-stream",
    "content-disposition": `attachment; filename="${file.filename.replaceAll(/[^\w.-]/g, "_")}"`,
    "accept-ranges": "bytes",
  });
  const part = parseRange(range, content.size);
  const [from, to] = part ?? [0, content.size];
  headers.set("content-length", String(to - from));
  if (part) headers.set("content-range", `bytes ${from}-${to - 1}/${content.size}`);
  return new Response(content.slice(from, to).stream(), { status: part ? 206 : 200, headers });
}

/**
 * The range that a header asks for. Returns undefined for invalid headers and multiple ranges, for which servers send
 * the whole content (RFC 9110, section 14.2).
 */
function parseRange(header: string | null, size: number): readonly [number, number] | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? "");
  if (!match || (match[1] === "" && match[2] === "")) return undefined;
  const [first, last] = [match[1]!, match[2]!];
  const from = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === "" || last === "" ? size : Math.min(size, Number(last) + 1);
  if (first !== "" && last !== "" && Number(last) < Number(first)) return undefined;
  return from < to ? [from, to] : throwApiError("byte_range", String(size), "", { "content-range": `bytes */${size}` });
}

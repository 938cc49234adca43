// /v1/uploads: files that are uploaded in parts. Uploads themselves are kept in memory only; their files are stored.
import { limits } from "../../../generated/mock-tables.js";
import { describeType, throwApiError } from "../http/api-error.js";
import { chunksIn, type MockContent } from "../http/content.js";
import { checkInputFile, parseLifetime, purposes, storeFile } from "./files.js";
import { parseMultipart } from "../http/multipart.js";
import { createRandom, hashSeed, randomString } from "../simulator/random.js";
import type { FileObject } from "../state/records.js";
import { readJson } from "../http/request-body.js";
import type { MockState } from "../state/store.js";

/** An upload as the API describes it. */
interface UploadObject {
  readonly id: string;
  readonly object: "upload";
  readonly bytes: number;
  readonly created_at: number;
  readonly expires_at: number;
  readonly filename: string;
  readonly purpose: string;
  readonly status: "pending" | "completed" | "cancelled" | "expired";
  readonly file?: FileObject | null;
}

/** A part: its id, and the reserved id of a file under which its content is stored until the upload ends. */
interface Part {
  readonly id: string;
  readonly contentId: string;
  readonly content: MockContent;
}

interface Upload {
  object: UploadObject;
  readonly lifetime: number | undefined;
  readonly parts: Part[];
}

/** The time in which an upload must be completed, in seconds. Source: openai 7.59.0, `Uploads.create`. */
const uploadSeconds = 3600;

/** The uploads of a mock. */
export class Uploads {
  readonly #uploads = new Map<string, Upload>();
  #count = 0;

  constructor(
    private readonly state: MockState,
    private readonly seed: number,
    private readonly newFileId: () => string,
  ) {}

  /** Removes all uploads. */
  clear(): void {
    this.#uploads.clear();
    this.#count = 0;
  }

  #newId(prefix: string): string {
    return `${prefix}_${randomString(createRandom(hashSeed(this.seed, prefix, this.#count++)), 32)}`;
  }

  /** Creates an upload. */
  async create(request: Request, now: number): Promise<Response> {
    const body = (await readJson(request)) as Readonly<Record<string, unknown>> | null;
    if (typeof body !== "object" || body === null) return throwApiError("body", "a JSON object");
    const stringField = (name: string): string => {
      const value = body[name] ?? throwApiError("missing", name);
      return typeof value === "string" ? value : throwApiError("kind", name, `a string, not ${describeType(value)}`);
    };
    const filename = stringField("filename");
    const purpose = stringField("purpose");
    stringField("mime_type");
    if (!purposes.includes(purpose)) throwApiError("range", "purpose", `one of ${purposes.join(", ")}`);
    const bytes = body.bytes ?? throwApiError("missing", "bytes");
    if (!Number.isSafeInteger(bytes) || (bytes as number) < 0) throwApiError("kind", "bytes", "a whole number");
    const expiresAfter = body.expires_after as { anchor?: unknown; seconds?: unknown } | null | undefined;
    const lifetime = expiresAfter
      ? parseLifetime("expires_after", expiresAfter)
      : purpose === "batch"
        ? limits.batchFile
        : undefined;
    const object: UploadObject = {
      id: this.#newId("upload"),
      object: "upload",
      bytes: bytes as number,
      created_at: now,
      expires_at: now + uploadSeconds,
      filename,
      purpose,
      status: "pending",
    };
    this.#uploads.set(object.id, { object, lifetime, parts: [] });
    return Response.json(object);
  }

  /** Finds an upload that can still be changed. */
  #pending(id: string, now: number): Upload {
    const upload = this.#uploads.get(id) ?? throwApiError("no_upload", id);
    if (upload.object.status === "pending" && now >= upload.object.expires_at)
      upload.object = { ...upload.object, status: "expired" };
    if (upload.object.status !== "pending") throwApiError("upload", `the upload is ${upload.object.status}`);
    return upload;
  }

  /** Adds a part. */
  async addPart(id: string, request: Request, now: number): Promise<Response> {
    const upload = this.#pending(id, now);
    const contentId = this.newFileId();
    let content: MockContent | undefined;
    for await (const part of parseMultipart(request))
      if (part.name === "data" && !content) content = await this.state.putContent(contentId, part.chunks);
    if (!content) return throwApiError("missing", "data");
    const part: Part = { id: this.#newId("part"), contentId, content };
    upload.parts.push(part);
    return Response.json({ id: part.id, object: "upload.part", created_at: now, upload_id: id });
  }

  /** Joins parts to a file. */
  async complete(id: string, request: Request, now: number): Promise<Response> {
    const upload = this.#pending(id, now);
    const { part_ids } = ((await readJson(request)) ?? {}) as { part_ids?: unknown };
    if (!Array.isArray(part_ids)) return throwApiError("missing", "part_ids");
    const parts = (part_ids as unknown[]).map(
      (partId) =>
        upload.parts.find((part) => part.id === partId) ?? throwApiError("upload", `unknown part ${String(partId)}`),
    );
    const { bytes, filename, purpose } = upload.object;
    const size = parts.reduce((sum, { content }) => sum + content.size, 0);
    if (size !== bytes) throwApiError("upload", `expected ${bytes} bytes, found ${size}`);
    const fileId = this.newFileId();
    try {
      const content = await this.state.putContent(fileId, joined(parts));
      if (purpose === "batch") await checkInputFile(content);
      const newFile = { id: fileId, purpose, filename, bytes, created_at: now, lifetime: upload.lifetime };
      const { file } = await storeFile(this.state, newFile);
      upload.object = { ...upload.object, status: "completed", file };
    } finally {
      this.state.release([fileId]);
      await this.state.dropContent(fileId);
    }
    await this.#dropParts(upload);
    return Response.json(upload.object);
  }

  /** Cancels an upload. */
  async cancel(id: string, now: number): Promise<Response> {
    const upload = this.#pending(id, now);
    upload.object = { ...upload.object, status: "cancelled" };
    await this.#dropParts(upload);
    return Response.json(upload.object);
  }

  async #dropParts({ parts }: Upload): Promise<void> {
    for (const { contentId } of parts.splice(0)) {
      this.state.release([contentId]);
      await this.state.dropContent(contentId);
    }
  }
}

async function* joined(parts: readonly Part[]): AsyncGenerator<Uint8Array> {
  for (const { content } of parts) yield* chunksIn(content.stream());
}

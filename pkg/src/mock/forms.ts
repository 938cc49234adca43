// Forms as the libraries of all languages write them. `Request.formData` reads but some: Node's refuses .NET's, whose
// names stand without quotes and whose file names stand there twice.
import { getMultipartBoundary, parseMultipart } from "@remix-run/multipart-parser";
import { refuse } from "./refuse.js";

/** Reads the form that a request brings. */
export async function formOf(request: Request): Promise<FormData> {
  const type = request.headers.get("content-type") ?? "";
  const boundary = /^multipart\/form-data\b/i.test(type) && getMultipartBoundary(type);
  if (!boundary) return refuse("body", "multipart/form-data");
  const bytes = new Uint8Array(await request.arrayBuffer());
  try {
    const form = new FormData();
    // How large a file may be is for others to say.
    for (const part of parseMultipart(bytes, {
      boundary: boundary.trim(),
      maxFileSize: bytes.length,
      maxTotalSize: bytes.length,
    })) {
      if (part.name === undefined) continue;
      if (part.isFile)
        form.append(
          part.name,
          new File(part.content as Uint8Array<ArrayBuffer>[], part.filename ?? "", { type: part.mediaType ?? "" }),
        );
      else form.append(part.name, part.text);
    }
    return form;
  } catch {
    return refuse("body", "multipart/form-data");
  }
}

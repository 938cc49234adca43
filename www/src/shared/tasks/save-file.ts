// Saving files: as a stream where the browser supports it, otherwise as a download.

interface FileHandle {
  readonly name: string;
  createWritable(): Promise<WritableStream<Uint8Array>>;
}

interface FolderHandle {
  getFileHandle(name: string, options: { readonly create: true }): Promise<FileHandle>;
}

/** The file pickers of Chromium, which TypeScript's DOM types do not contain. */
interface Pickers {
  showSaveFilePicker?(options: { readonly suggestedName: string }): Promise<FileHandle>;
  showDirectoryPicker?(options: { readonly mode: "readwrite" }): Promise<FolderHandle>;
}

const pickers = (): Pickers => window as unknown as Pickers;

/** How long the object URL of a download is kept, in milliseconds. */
const revokeDelay = 60_000;

/** The result when the user closes a picker. */
export const cancelled: unique symbol = Symbol("cancelled");

/** Writes a stream to the file that the user chose. */
export type SaveTarget = (bytes: ReadableStream<Uint8Array>, signal?: AbortSignal) => Promise<void>;

/**
 * Asks the user where to save a file. Browsers allow this only in a click handler, before the first `await`.
 *
 * @param name the suggested file name
 */
export async function chooseFile(name: string): Promise<SaveTarget | typeof cancelled> {
  const { showSaveFilePicker } = pickers();
  if (!showSaveFilePicker) return (bytes, signal) => download(name, bytes, signal);
  const handle = await unlessCancelled(showSaveFilePicker.call(window, { suggestedName: name }));
  if (handle === cancelled) return cancelled;
  return async (bytes, signal) => bytes.pipeTo(await handle.createWritable(), signal ? { signal } : {});
}

/** Whether the browser can save to a folder. */
export const canSaveToFolder = (): boolean => pickers().showDirectoryPicker !== undefined;

/** Asks the user for a folder; the result opens a file in it by name. */
export async function chooseFolder(): Promise<((name: string) => Promise<SaveTarget>) | typeof cancelled> {
  const { showDirectoryPicker } = pickers();
  if (!showDirectoryPicker) return cancelled;
  const handle = await unlessCancelled(showDirectoryPicker.call(window, { mode: "readwrite" }));
  if (handle === cancelled) return cancelled;
  return async (name) => {
    const file = await handle.getFileHandle(name, { create: true });
    return async (bytes, signal) => bytes.pipeTo(await file.createWritable(), signal ? { signal } : {});
  };
}

async function unlessCancelled<Handle>(picking: Promise<Handle>): Promise<Handle | typeof cancelled> {
  try {
    return await picking;
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return cancelled;
    throw error;
  }
}

async function download(name: string, bytes: ReadableStream<Uint8Array>, signal?: AbortSignal): Promise<void> {
  const blob = await toBlob(bytes, signal);
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), revokeDelay);
}

/** Reads a stream into a blob. Browsers keep a large blob on disk. */
export async function toBlob(bytes: ReadableStream<Uint8Array>, signal?: AbortSignal): Promise<Blob> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const piped = bytes.pipeTo(writable, signal ? { signal } : {});
  const [blob] = await Promise.all([new Response(readable).blob(), piped]);
  return blob;
}

/** Converts a string to a stream of UTF-8 bytes. */
export const toStream = (text: string): ReadableStream<Uint8Array> => new Blob([text]).stream();

/** Adds a suffix before the extension: `requests.jsonl` and `fixed` give `requests.fixed.jsonl`. */
export function withSuffix(name: string, suffix: string): string {
  const dot = name.lastIndexOf(".");
  return dot > 0 ? `${name.slice(0, dot)}.${suffix}${name.slice(dot)}` : `${name}.${suffix}.jsonl`;
}

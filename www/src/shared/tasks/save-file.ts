// What is made on the page goes to a file: by a stream where the browser can write one, else as a whole.

interface FileHandle {
  readonly name: string;
  createWritable(): Promise<WritableStream<Uint8Array>>;
}

interface FolderHandle {
  getFileHandle(name: string, options: { readonly create: true }): Promise<FileHandle>;
}

/** What Chromium has and the standard library of TypeScript does not know. */
interface Pickers {
  showSaveFilePicker?(options: { readonly suggestedName: string }): Promise<FileHandle>;
  showDirectoryPicker?(options: { readonly mode: "readwrite" }): Promise<FolderHandle>;
}

const pickers = (): Pickers => window as unknown as Pickers;

/** How long a browser is given to take a file it was handed, in milliseconds. */
const handedOver = 60_000;

/** Somebody closed the picker: nothing was to be saved. */
export const declined: unique symbol = Symbol("declined");

/** Where a file is to go, as somebody chose. */
export type Target = (bytes: ReadableStream<Uint8Array>, signal?: AbortSignal) => Promise<void>;

/**
 * Asks where a file is to go; to be called from a click, before anything else is waited for.
 *
 * @param name what the file is to be called
 */
export async function target(name: string): Promise<Target | typeof declined> {
  const { showSaveFilePicker } = pickers();
  if (!showSaveFilePicker) return (bytes, signal) => handOver(name, bytes, signal);
  const handle = await unlessDeclined(showSaveFilePicker.call(window, { suggestedName: name }));
  if (handle === declined) return declined;
  return async (bytes, signal) => bytes.pipeTo(await handle.createWritable(), signal ? { signal } : {});
}

/** Whether whole folders can be written to. */
export const canSaveToFolder = (): boolean => pickers().showDirectoryPicker !== undefined;

/** Asks for a folder. */
export async function folder(): Promise<((name: string) => Promise<Target>) | typeof declined> {
  const { showDirectoryPicker } = pickers();
  if (!showDirectoryPicker) return declined;
  const handle = await unlessDeclined(showDirectoryPicker.call(window, { mode: "readwrite" }));
  if (handle === declined) return declined;
  return async (name) => {
    const file = await handle.getFileHandle(name, { create: true });
    return async (bytes, signal) => bytes.pipeTo(await file.createWritable(), signal ? { signal } : {});
  };
}

async function unlessDeclined<Handle>(picking: Promise<Handle>): Promise<Handle | typeof declined> {
  try {
    return await picking;
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return declined;
    throw error;
  }
}

async function handOver(name: string, bytes: ReadableStream<Uint8Array>, signal?: AbortSignal): Promise<void> {
  const blob = await gather(bytes, signal);
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), handedOver);
}

/** A stream as a blob: browsers keep a large one on disk. */
export async function gather(bytes: ReadableStream<Uint8Array>, signal?: AbortSignal): Promise<Blob> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const piped = bytes.pipeTo(writable, signal ? { signal } : {});
  const [blob] = await Promise.all([new Response(readable).blob(), piped]);
  return blob;
}

/** A text as a stream. */
export const streamed = (text: string): ReadableStream<Uint8Array> => new Blob([text]).stream();

/** A name with a word before its ending: `requests.jsonl` and `fixed` make `requests.fixed.jsonl`. */
export function named(name: string, word: string): string {
  const dot = name.lastIndexOf(".");
  return dot > 0 ? `${name.slice(0, dot)}.${word}${name.slice(dot)}` : `${name}.${word}.jsonl`;
}

// The lines of requests and their results, read from the files when they are shown or exported.
import type { RequestVerdict } from "batchlight/worker";
import { parseJson } from "#common/json.js";
import type { FilesByRole } from "./result-lines.js";

/** The maximum length of a line that is read, in bytes. */
const maxLength = 16 << 20;

const lineFeed = 0x0a;

/** A line of a file. */
export interface Line {
  readonly text: string;
  /** The value of the line; `undefined` when it is cut or not valid JSON. */
  readonly value: unknown;
  /** Whether the text is only the beginning of the line. */
  readonly cut: boolean;
}

/** Reads the lines of requests and of their results. */
export class RequestLines {
  readonly #files: FilesByRole;
  /** The offset of each line of an input file and that of its end, by the index of the file. */
  readonly #offsets = new Map<number, Promise<readonly number[]>>();

  constructor(files: FilesByRole) {
    this.#files = files;
  }

  /** Reads the line of a request; `undefined` when there is none. */
  async request({ shard = 0, line }: RequestVerdict): Promise<Line | undefined> {
    const file = this.#files.input[shard]?.file;
    if (file === undefined || line === undefined) return undefined;
    const offsets = this.#offsets.get(shard) ?? lineOffsets(file);
    this.#offsets.set(shard, offsets);
    // A file that could not be read is tried again.
    offsets.catch(() => this.#offsets.delete(shard));
    const starts = await offsets;
    const [from, to] = [starts[line - 1], starts[line]];
    return from === undefined || to === undefined ? undefined : readLine(file, from, to);
  }

  /** Reads the line of the best result of a request; `undefined` when it has none. */
  async response({ result }: RequestVerdict): Promise<Line | undefined> {
    const file = result && this.#files[result.file][result.index]?.file;
    return file ? readLine(file, result.offset, result.offset + result.length) : undefined;
  }
}

/** Returns the offset at which each line of a file starts, and the end of the file. */
async function lineOffsets(file: Blob): Promise<readonly number[]> {
  const offsets = [0];
  let read = 0;
  for (const reader = file.stream().getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) break;
    for (let at = value.indexOf(lineFeed); at >= 0; at = value.indexOf(lineFeed, at + 1)) offsets.push(read + at + 1);
    read += value.length;
  }
  if (offsets.at(-1) !== read) offsets.push(read);
  return offsets;
}

async function readLine(file: Blob, from: number, to: number): Promise<Line> {
  const cut = to - from > maxLength;
  // The text of a blob has no byte order mark.
  const text = (await file.slice(from, cut ? from + maxLength : to).text()).trim();
  return { text, value: cut ? undefined : parseJson(text), cut };
}

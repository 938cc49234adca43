// The source of a run as a stream: one source or several, one after the other.
import type { ByteSource } from "#batchlight";
import { fixInput } from "#files";
import { classifySource } from "../files/io/byte-source.js";
import { chunksOf, streamOf, streamOfIterable } from "../files/io/byte-stream.js";
import { statOf } from "../files/io/file-handle.js";
import { hashed } from "./sha256.js";
import type { RunStore } from "./store/store.js";
import { inputFile } from "./store/names.js";

/** The hash and the size of a source. */
export interface SourceDigest {
  readonly sha256: string;
  readonly bytes: number;
}

/** Whether a source can be read repeatedly without a copy. */
async function isRereadable(source: ByteSource): Promise<boolean> {
  const classified = classifySource(source);
  if (classified.kind === "handle") return (await statOf(classified.handle)).isFile;
  return classified.kind !== "stream" && classified.kind !== "iterable";
}

const newline = 0x0a;

/** The chunks of all sources. If there are several, each that does not end with a line break gets one. */
async function* concatenate(sources: readonly ByteSource[]): AsyncGenerator<Uint8Array> {
  for (const source of sources) {
    let last = newline;
    for await (const chunk of chunksOf(streamOf(source))) {
      last = chunk.at(-1) ?? last;
      yield chunk;
    }
    if (last !== newline && sources.length > 1) yield Uint8Array.of(newline);
  }
}

/** Reads sources to their end and returns their hash. */
export async function digestOf(sources: readonly ByteSource[]): Promise<SourceDigest> {
  const { stream, digest } = hashed(streamOfIterable(concatenate(sources)));
  const reader = stream.getReader();
  while (!(await reader.read()).done);
  return digest();
}

/** The input of a run. */
export interface RunInput {
  /** The file, which can be read repeatedly. */
  readonly file: ByteSource;
  /** Whether it is a copy in the store. */
  readonly isStored: boolean;
  /** The hash of the sources, before they were fixed. */
  readonly source: SourceDigest;
}

/** Fixes and copies sources if needed, and hashes them. */
export async function inputOf(sources: readonly ByteSource[], fix: boolean, store: RunStore): Promise<RunInput> {
  const [first] = sources;
  if (!fix && sources.length === 1 && first !== undefined && (await isRereadable(first)))
    return { file: first, isStored: false, source: await digestOf(sources) };
  const { stream, digest } = hashed(streamOfIterable(concatenate(sources)));
  await store.write(inputFile, fix ? fixInput(stream).stream : stream);
  const file = await store.read(inputFile);
  return { file: file ?? "", isStored: true, source: digest() };
}

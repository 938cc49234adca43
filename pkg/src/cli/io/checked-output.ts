// Checks an input file while it is written.
import { wrongFileCodes } from "../../../generated/facts.js";
import type { Api, InputReport } from "../api.js";

/** The file is of another kind, such as an image. Ends the writing before the first byte. */
export class WrongFile extends Error {
  override readonly name = "WrongFile";
  /** The report on the start of the file. */
  readonly report: InputReport;

  constructor(report: InputReport) {
    super("the file is of another kind");
    this.report = report;
  }
}

/** A file that is checked while it is read. */
export interface CheckedOutput {
  /** The file. Reading it fails with {@link WrongFile} if it is of another kind. */
  readonly chunks: AsyncGenerator<Uint8Array>;
  /** The report. Resolves when all chunks have been read. */
  readonly report: Promise<InputReport>;
}

/** Checks chunks while they are read, at the pace of the reader. */
export function checkWhileReading(api: Api, chunks: AsyncIterable<Uint8Array>): CheckedOutput {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const report = api.checkInput(readable);
  // If the reader stops early, nobody waits for the report.
  report.catch(() => undefined);
  return { chunks: passOn(api, chunks, writable.getWriter()), report };
}

async function* passOn(
  api: Api,
  chunks: AsyncIterable<Uint8Array>,
  writer: WritableStreamDefaultWriter<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let started = false;
  let done = false;
  try {
    for await (const chunk of chunks) {
      if (!started) await assertRightKind(api, chunk);
      started = true;
      await writer.write(chunk);
      yield chunk;
    }
    await writer.close();
    done = true;
  } finally {
    if (!done) await writer.abort().catch(() => undefined);
  }
}

/** @throws {WrongFile} if the start of a file belongs to another kind of file */
async function assertRightKind(api: Api, start: Uint8Array): Promise<void> {
  const report = await api.checkInput(start);
  if (report.issues.some(({ code }) => wrongFileCodes.includes(code))) throw new WrongFile(report);
}

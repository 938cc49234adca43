// Checks an upload while it is forwarded: a form with the purpose `batch` and one file, as browsers write it. The end
// of the body is held back until the rest is checked, so that the API never receives all of a refused form.
import { Transform, type TransformCallback } from "node:stream";
import { maxInputFileBytes } from "../../../generated/facts.js";

/** The maximum size of a form without its file, in bytes. */
export const maxFormBytes = 2048;

/** The boundary in a content type; undefined if it is not that of a form. */
export const boundaryOf = (contentType: string): string | undefined =>
  /^multipart\/form-data; ?boundary=([\w'()+,./:=?-]{1,70})$/i.exec(contentType)?.[1];

/** The line break of forms. */
const lineBreak = "\r\n";

/** Passes on a form if it is as expected. Otherwise fails, and {@link problem} says why. */
export class UploadGuard extends Transform {
  /** Why the form is refused. */
  problem: string | undefined;
  readonly #delimiter: Buffer;
  readonly #end: Buffer;
  readonly #head: RegExp;
  readonly #bytes: number;
  #isInFile = false;
  #carried: Buffer = Buffer.alloc(0);

  /** @param bytes the size of the whole form */
  constructor(boundary: string, bytes: number) {
    super();
    this.#bytes = bytes;
    this.#delimiter = Buffer.from(`--${boundary}`);
    this.#end = Buffer.from(`${lineBreak}--${boundary}--${lineBreak}`);
    const start = `--${boundary.replace(/[^\w]/g, "\\$&")}${lineBreak}Content-Disposition: form-data; name=`;
    this.#head = new RegExp(
      `^${start}"purpose"${lineBreak}${lineBreak}batch${lineBreak}` +
        `${start}"file"; filename="[\\w .-]{1,255}"${lineBreak}` +
        `(?:Content-Type: [\\w/.+-]{1,100}${lineBreak})?${lineBreak}`,
      "i",
    );
  }

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
    const bytes = Buffer.concat([this.#carried, chunk]);
    if (this.#isInFile) return this.#passOn(bytes, 0, done);
    const head = this.#head.exec(bytes.toString("latin1", 0, maxFormBytes))?.[0];
    if (head === undefined) {
      this.#carried = bytes;
      return bytes.length < maxFormBytes ? done() : this.#refuse(done);
    }
    const fileBytes = this.#bytes - head.length - this.#end.length;
    if (fileBytes > maxInputFileBytes)
      return this.#refuse(done, `expected a file of at most ${maxInputFileBytes} bytes, found ${fileBytes}`);
    this.#isInFile = true;
    this.#passOn(bytes, head.length, done);
  }

  override _flush(done: TransformCallback): void {
    if (!this.#isInFile || !this.#carried.equals(this.#end)) return this.#refuse(done);
    done(null, this.#carried);
  }

  /** Passes on bytes that have no delimiter after the head. Holds back as many as the end of the form has. */
  #passOn(bytes: Buffer, headLength: number, done: TransformCallback): void {
    const length = Math.max(headLength, bytes.length - this.#end.length);
    const delimiterAt = bytes.indexOf(this.#delimiter, headLength);
    if (delimiterAt >= 0 && delimiterAt < length) return this.#refuse(done);
    this.#carried = bytes.subarray(length);
    done(null, bytes.subarray(0, length));
  }

  #refuse(
    done: TransformCallback,
    problem = 'expected a form with the field "purpose", which is "batch", then one file, and nothing else',
  ): void {
    this.problem = problem;
    done(new Error(problem));
  }
}

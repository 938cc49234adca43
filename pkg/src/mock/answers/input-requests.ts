// Reads the requests of an input file one by one, because the file may be larger than memory.
import { chunksIn, type MockContent } from "../http/content.js";
import { newDecoder } from "../../runtime/utf8.js";

/** A request of an input file. */
export interface InputRequest {
  /** The caller's own id. */
  readonly custom_id: string;
  /** Always `POST`. */
  readonly method: string;
  /** The endpoint. */
  readonly url: string;
  /** The parameters of the request. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** The maximum number of lines that are checked, twice OpenAI's limit. */
export const maxLines = 100_000;

/** The maximum length of a line in bytes. */
const maxLineBytes = 32 << 20;

/** The maximum size of a file that is held in memory, in bytes. Larger files are read line by line. */
const maxWholeFileBytes = 16 << 20;

const lineFeed = 10;
/** Tab, line feed, carriage return, space, and the bytes of a byte order mark. */
const whitespaceBytes = new Set([9, lineFeed, 13, 32, 0xef, 0xbb, 0xbf]);

/** The requests of a valid input file. */
export class InputRequests {
  private constructor(
    private readonly content: MockContent,
    /** The start and end offsets of all lines, alternating. */
    private readonly offsets: readonly number[],
    private readonly wholeFile: Uint8Array | undefined,
  ) {}

  /** Finds the lines of a file. */
  static async open(content: MockContent): Promise<InputRequests> {
    const offsets: number[] = [];
    let before = 0;
    let begin = 0;
    let blank = true;
    for await (const chunk of chunksIn(content.stream())) {
      for (let at = 0; at < chunk.length && offsets.length < 2 * maxLines; ) {
        // Skips whitespace at the start of the line. After that, only the line break matters.
        while (blank && at < chunk.length && chunk[at] !== lineFeed) {
          blank = whitespaceBytes.has(chunk[at]!);
          if (blank) at++;
        }
        const end = chunk.indexOf(lineFeed, at);
        if (end < 0) break;
        if (!blank) offsets.push(begin, before + end);
        blank = true;
        begin = before + end + 1;
        at = end + 1;
      }
      before += chunk.length;
    }
    if (!blank && offsets.length < 2 * maxLines) offsets.push(begin, content.size);
    const small = content.size <= maxWholeFileBytes;
    return new InputRequests(content, offsets, small ? new Uint8Array(await content.arrayBuffer()) : undefined);
  }

  /** The number of requests. */
  get count(): number {
    return this.offsets.length / 2;
  }

  /**
   * Reads a request.
   *
   * @throws {RangeError} if its line is too long
   */
  async read(index: number): Promise<InputRequest> {
    const [begin, end] = [this.offsets[2 * index]!, this.offsets[2 * index + 1]!];
    if (end - begin > maxLineBytes)
      throw new RangeError(`expected at most ${maxLineBytes} bytes, found ${end - begin} in request ${index + 1}`);
    const bytes =
      this.wholeFile?.subarray(begin, end) ?? new Uint8Array(await this.content.slice(begin, end).arrayBuffer());
    return JSON.parse(
      newDecoder()
        .decode(bytes)
        .replace(/^\ufeff/, ""),
    ) as InputRequest;
  }
}

/** The start of a file with one line more than the maximum, so that the check reports the excess. */
export async function* firstLines(content: MockContent): AsyncGenerator<Uint8Array> {
  let lines = 0;
  for await (const chunk of chunksIn(content.stream())) {
    for (let at = chunk.indexOf(lineFeed); at >= 0; at = chunk.indexOf(lineFeed, at + 1)) {
      if (++lines <= maxLines) continue;
      yield chunk.subarray(0, at + 1);
      return;
    }
    yield chunk;
  }
}

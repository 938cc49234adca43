// The requests of an input file, read one by one wherever they stand: the file may be larger than memory.
import { chunksIn, type MockContent } from "./content.js";
import { newDecoder } from "../runtime/utf8.js";

/** A request of an input file. */
export interface InputRequest {
  /** The caller's own id. */
  readonly custom_id: string;
  /** Always `POST`. */
  readonly method: string;
  /** The endpoint. */
  readonly url: string;
  /** What the endpoint is asked. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** The most lines of an input file that are looked at: twice as many requests as OpenAI takes. */
export const maxLines = 100_000;

/** The longest line that is read, in bytes. */
const maxLineBytes = 32 << 20;

/** Files up to this size are read once, larger ones line by line. */
const maxHeldBytes = 16 << 20;

const lineFeed = 10;
/** Tab, line feed, carriage return, space, and the three bytes of a byte order mark. */
const blanks = new Set([9, lineFeed, 13, 32, 0xef, 0xbb, 0xbf]);

/** The requests of an input file that has passed the check. */
export class Requests {
  private constructor(
    private readonly content: MockContent,
    /** Where the lines begin and end, by turns. */
    private readonly places: readonly number[],
    private readonly held: Uint8Array | undefined,
  ) {}

  /** Finds the lines of a file. */
  static async of(content: MockContent): Promise<Requests> {
    const places: number[] = [];
    let before = 0;
    let begin = 0;
    let blank = true;
    for await (const chunk of chunksIn(content.stream())) {
      for (let at = 0; at < chunk.length && places.length < 2 * maxLines; ) {
        // Where the line has something in it, only its end matters.
        while (blank && at < chunk.length && chunk[at] !== lineFeed) {
          blank = blanks.has(chunk[at]!);
          if (blank) at++;
        }
        const end = chunk.indexOf(lineFeed, at);
        if (end < 0) break;
        if (!blank) places.push(begin, before + end);
        blank = true;
        begin = before + end + 1;
        at = end + 1;
      }
      before += chunk.length;
    }
    if (!blank && places.length < 2 * maxLines) places.push(begin, content.size);
    const small = content.size <= maxHeldBytes;
    return new Requests(content, places, small ? new Uint8Array(await content.arrayBuffer()) : undefined);
  }

  /** How many there are. */
  get count(): number {
    return this.places.length / 2;
  }

  /** Reads one. Throws where its line is too long. */
  async read(index: number): Promise<InputRequest> {
    const [begin, end] = [this.places[2 * index]!, this.places[2 * index + 1]!];
    if (end - begin > maxLineBytes)
      throw new RangeError(`request ${index + 1} has ${end - begin} bytes, and at most ${maxLineBytes} are read`);
    const bytes = this.held?.subarray(begin, end) ?? new Uint8Array(await this.content.slice(begin, end).arrayBuffer());
    return JSON.parse(
      newDecoder()
        .decode(bytes)
        .replace(/^\ufeff/, ""),
    ) as InputRequest;
  }
}

/** The first lines of a file, as many as are looked at and one more, so that more are too many. */
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

// One thing on the board: what was read, and what the package says of it.
import type { BatchView, ProfileName } from "batchlight";

/** Where an example comes from. */
export interface Origin {
  /** The repository, page or report. */
  readonly source: string;
  /** Whose server it is. */
  readonly provider: string;
  /** How the source came by it, in words. */
  readonly kind: string;
  /** What is odd about the example, as its collector noted it. */
  readonly note?: string | undefined;
}

/** A batch, or what was meant to be one, with its view. */
export interface Entry {
  /** Tells it from the others on the page. */
  readonly key: string;
  /** What was read: an object, or the text of one. */
  readonly value: unknown;
  /** What the package says of it. */
  readonly view: BatchView;
  /** Whose ways it is read by. */
  readonly profile: ProfileName;
  /** The moment for which the view holds, in Unix seconds. */
  readonly asOf: number;
  /** Where it stood in what was pasted, such as `line 7`. */
  readonly place?: string | undefined;
  /** Where it comes from, for an example. */
  readonly origin?: Origin | undefined;
}

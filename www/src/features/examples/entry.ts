// An entry of the page: a value and the package's view of it.
import type { BatchView, ProfileName } from "batchlight";

/** Where an example comes from. */
export interface Origin {
  /** The repository, page or report. */
  readonly source: string;
  /** The provider whose server sent it. */
  readonly provider: string;
  /** How the source obtained it, as a label. */
  readonly kind: string;
  /** A note about the example by its collector. */
  readonly note?: string | undefined;
}

/** A value that may be a batch, with its view. */
export interface Entry {
  /** Unique on the page. */
  readonly key: string;
  /** An object, or a JSON string. */
  readonly value: unknown;
  readonly view: BatchView;
  readonly profile: ProfileName;
  /** The time that the view is computed for, in Unix seconds. */
  readonly asOf: number;
  /** The position in the pasted text, such as `line 7`. */
  readonly place?: string | undefined;
  /** Set for an example. */
  readonly origin?: Origin | undefined;
}

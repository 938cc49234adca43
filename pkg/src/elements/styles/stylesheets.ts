// The style sheet of each element, as text: Lit adopts it, a server writes it.
import { colourSheet } from "../colors.js";
import base from "./base.css";
import card from "./card.css";
import list from "./list.css";
import progress from "./progress.css";
import status from "./status.css";
import timeline from "./timeline.css";

/**
 * The name under which an element is registered, unless it is given another: `batch-status`, `batch-progress`,
 * `batch-timeline`, `batch-card` or `batch-list`.
 */
export type ElementName = "batch-status" | "batch-progress" | "batch-timeline" | "batch-card" | "batch-list";

const common = colourSheet + base;

/** By the name of the element. */
export const sheets = {
  "batch-status": common + status,
  "batch-progress": common + progress,
  "batch-timeline": common + timeline,
  "batch-card": common + progress + timeline + card,
  "batch-list": common + progress + list,
} as const satisfies Record<ElementName, string>;

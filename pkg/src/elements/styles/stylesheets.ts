// The stylesheet of each element as a string: Lit adopts it in a page, renderBatch writes it into HTML.
import { colorStylesheet } from "../colors.js";
import base from "./base.css";
import card from "./card.css";
import list from "./list.css";
import progress from "./progress.css";
import status from "./status.css";
import timeline from "./timeline.css";

/** The tag name of an element: `batch-status`, `batch-progress`, `batch-timeline`, `batch-card` or `batch-list`. */
export type ElementName = "batch-status" | "batch-progress" | "batch-timeline" | "batch-card" | "batch-list";

const common = colorStylesheet + base;

/** The stylesheets by tag name. */
export const stylesheets = {
  "batch-status": common + status,
  "batch-progress": common + progress,
  "batch-timeline": common + timeline,
  "batch-card": common + progress + timeline + card,
  "batch-list": common + progress + list,
} as const satisfies Record<ElementName, string>;

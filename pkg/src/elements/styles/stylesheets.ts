// The stylesheet of each element as a string: Lit adopts it in a page, renderBatch writes it into HTML.
import { colorStylesheet } from "../colors.js";
import base from "./base.css";
import card from "./card.css";
import content from "./content.css";
import list from "./list.css";
import progress from "./progress.css";
import status from "./status.css";
import timeline from "./timeline.css";

/** The tag name of an element: `batch-status`, `batch-progress`, `batch-timeline`, `batch-card` or `batch-list`. */
export type ElementName = "batch-status" | "batch-progress" | "batch-timeline" | "batch-card" | "batch-list";

const badgeBase = (): string => colorStylesheet() + base;
const common = (): string => badgeBase() + content;

// A function for each element, so that bundlers drop the styles of elements that a page does not use.
export const statusStyles = (): string => badgeBase() + status;
export const progressStyles = (): string => common() + progress;
export const timelineStyles = (): string => common() + timeline;
export const cardStyles = (): string => common() + progress + timeline + card;
export const listStyles = (): string => common() + progress + list;

/** The stylesheet of an element by its tag name. */
export const stylesheetOf = (name: ElementName): string =>
  ({
    "batch-status": statusStyles,
    "batch-progress": progressStyles,
    "batch-timeline": timelineStyles,
    "batch-card": cardStyles,
    "batch-list": listStyles,
  })[name]();

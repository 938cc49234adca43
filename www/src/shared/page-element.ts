// What the shell expects of a page.
import type { PageName, Route } from "./route.js";

/** What a keyboard shortcut does. */
export type Action =
  | "help"
  | "search"
  | "next"
  | "previous"
  | "open"
  | "close"
  | "refresh"
  | "cancel"
  | "handle"
  | `go ${PageName}`;

/** A page of the board, as the shell uses it. */
export interface PageElement extends HTMLElement {
  /** Called when the user has navigated to this page. */
  navigated?(route: Route): void;
  /** Performs an action; returns `false` where it does not apply. */
  handleAction?(action: Action): boolean;
}

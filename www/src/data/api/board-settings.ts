// The settings that `batchlight board` writes into its page.
import type { ProfileName } from "batchlight";

/** The settings. */
interface BoardSettings {
  /** The host of the API. */
  readonly host: string;
  readonly simulated: boolean;
  /** Whether the command refuses requests that change something. */
  readonly readOnly: boolean;
  /** The id of the API's address and key. */
  readonly account?: string;
  /** Real seconds between two requests for the list. */
  readonly every: number;
  readonly speed: number;
  readonly profile: ProfileName;
}

const content = document.querySelector<HTMLMetaElement>("meta[name=batchlight-board]")?.content;

/** The settings; `undefined` when something else serves the page. */
export const boardSettings = content === undefined ? undefined : (JSON.parse(content) as BoardSettings);

/** The error for what only the page that the command serves can do. */
export const commandNeeded = (): Error => new Error("Open this page with the command `batchlight board`.");

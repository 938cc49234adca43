// The account of the API to which this page may send files, or the reason why it may not send any.
import { boardSettings } from "./board-settings.js";

/** An API and its key, without the key. */
export interface Account {
  readonly host: string;
  /** An id of the address and the key. */
  readonly id: string;
}

/** The account that files are sent to, or why none can be sent. */
export type Sending =
  | { readonly allowed: true; readonly account: Account }
  | { readonly allowed: false; readonly reason: string };

/** What this page can do. */
export const sending: Sending = sendingOf();

function sendingOf(): Sending {
  const refused = (reason: string): Sending => ({ allowed: false, reason });
  if (!boardSettings?.account)
    return refused("To send files from here, set OPENAI_API_KEY and run npx batchlight board.");
  const { host, account: id, readOnly } = boardSettings;
  if (readOnly) return refused("Sending is off, because the board was started with --read-only.");
  // Without a secure context, pages have no locks, and two tabs could work on one run.
  if (!isSecureContext)
    return refused("Sending is off for other machines. Open the board on the machine where it was started.");
  return { allowed: true, account: { host, id } };
}

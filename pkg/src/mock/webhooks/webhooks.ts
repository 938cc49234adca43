// Sends webhook events when batches end, signed as official clients verify them (Standard Webhooks: HMAC-SHA256 over
// id, timestamp and body).
import { newEncoder } from "../../runtime/utf8.js";

/** The webhook to call. */
export interface WebhookOptions {
  /** The URL that events are posted to. */
  readonly url: string;
  /** The shared secret, usually `whsec_` and base64. */
  readonly secret: string;
  /** Sends the request. Default: the global `fetch`. */
  readonly fetch?: ((request: Request) => Response | PromiseLike<Response>) | undefined;
}

/** A webhook event. It contains the batch's id, not the object. */
export interface WebhookEvent {
  /** The id of the event. */
  readonly id: string;
  /** Always `event`. */
  readonly object: "event";
  /** The end of the batch in Unix seconds of the mock's clock. */
  readonly created_at: number;
  /** How the batch ended. */
  readonly type: "batch.completed" | "batch.failed" | "batch.expired" | "batch.cancelled";
  /** The batch. */
  readonly data: {
    /** The batch's id. */
    readonly id: string;
  };
}

/** Posts an event. Returns the status of the response, or undefined without a response. */
export async function postEvent(
  { url, secret, fetch: send = fetch }: WebhookOptions,
  event: WebhookEvent,
): Promise<number | undefined> {
  const body = JSON.stringify(event);
  // Uses the real time, because receivers reject timestamps that are minutes old.
  const timestamp = String(Math.floor(Date.now() / 1000));
  const headers = {
    "content-type": "application/json",
    "webhook-id": event.id,
    "webhook-timestamp": timestamp,
    "webhook-signature": `v1,${await sign(secret, `${event.id}.${timestamp}.${body}`)}`,
  };
  try {
    return (await send(new Request(url, { method: "POST", headers, body }))).status;
  } catch {
    return undefined;
  }
}

async function sign(secret: string, text: string): Promise<string> {
  const bytes = secret.startsWith("whsec_")
    ? Uint8Array.from(atob(secret.slice(6)), (letter) => letter.charCodeAt(0))
    : newEncoder().encode(secret);
  const key = await crypto.subtle.importKey(
    "raw",
    bytes as Uint8Array<ArrayBuffer>,
    { name: "HMAC", hash: "SHA-256" },
    false,
    ["sign"],
  );
  const signature = await crypto.subtle.sign("HMAC", key, newEncoder().encode(text) as Uint8Array<ArrayBuffer>);
  return btoa(String.fromCharCode(...new Uint8Array(signature)));
}

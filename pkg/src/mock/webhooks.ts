// Tells a webhook how a batch ended, signed as the official client verifies it (Standard Webhooks: HMAC-SHA256 over id,
// time and body).
import { newEncoder } from "../runtime/utf8.js";

/** Where to tell it. */
export interface WebhookOptions {
  /** The address that events are posted to. */
  readonly url: string;
  /** The secret that both sides know, `whsec_` and base64 as a rule. */
  readonly secret: string;
  /** What they are posted with. Default: the global `fetch`. */
  readonly fetch?: ((request: Request) => Response | PromiseLike<Response>) | undefined;
}

/** An event: what became of which batch. The object itself is not in it. */
export interface BatchEvent {
  /** The event's own id. */
  readonly id: string;
  /** Always this one. */
  readonly object: "event";
  /** When it happened, in Unix seconds of the mock's clock. */
  readonly created_at: number;
  /** What happened. */
  readonly type: "batch.completed" | "batch.failed" | "batch.expired" | "batch.cancelled";
  /** Which batch. */
  readonly data: {
    /** The batch's id. */
    readonly id: string;
  };
}

/** Posts an event; gives whether it was taken. */
export async function post({ url, secret, fetch: send = fetch }: WebhookOptions, event: BatchEvent): Promise<boolean> {
  const body = JSON.stringify(event);
  // The real time, whatever the mock's clock says: receivers refuse what is minutes old.
  const timestamp = String(Math.floor(Date.now() / 1000));
  const headers = {
    "content-type": "application/json",
    "webhook-id": event.id,
    "webhook-timestamp": timestamp,
    "webhook-signature": `v1,${await signed(secret, `${event.id}.${timestamp}.${body}`)}`,
  };
  try {
    return (await send(new Request(url, { method: "POST", headers, body }))).ok;
  } catch {
    return false;
  }
}

async function signed(secret: string, text: string): Promise<string> {
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

// /v1/webhook_endpoints: the webhooks that clients create. They are kept in memory only.
import { describeType, throwApiError } from "../http/api-error.js";
import { listResponse, parsePageQuery } from "../http/pagination.js";
import { createRandom, hashSeed, randomString } from "../simulator/random.js";
import { readJson } from "../http/request-body.js";
import { postEvent, type WebhookEvent, type WebhookOptions } from "./webhooks.js";

/** The events that the mock sends. */
export const eventTypes = ["batch.completed", "batch.failed", "batch.expired", "batch.cancelled"] as const;

/** A webhook endpoint as the API describes it. */
interface EndpointObject {
  readonly id: string;
  readonly object: "webhook_endpoint";
  readonly created_at: number;
  readonly updated_at: number;
  readonly name: string;
  readonly url: string;
  readonly event_types: readonly string[];
  readonly signing_secret_hint: string;
}

interface Endpoint {
  readonly object: EndpointObject;
  readonly secret: string;
}

/** The webhook endpoints of a mock. */
export class WebhookEndpoints {
  readonly #endpoints = new Map<string, Endpoint>();
  #count = 0;

  constructor(
    private readonly seed: number,
    private readonly send: WebhookOptions["fetch"],
  ) {}

  /** Removes all endpoints. */
  clear(): void {
    this.#endpoints.clear();
    this.#count = 0;
  }

  /** The webhooks that an event is sent to. */
  receiversOf(type: string): WebhookOptions[] {
    return [...this.#endpoints.values()]
      .filter(({ object }) => object.event_types.includes(type))
      .map((endpoint) => this.#webhookOf(endpoint));
  }

  #webhookOf({ object, secret }: Endpoint): WebhookOptions {
    return { url: object.url, secret, ...(this.send && { fetch: this.send }) };
  }

  #drawn(prefix: string, length: number): string {
    return randomString(createRandom(hashSeed(this.seed, prefix, this.#count++)), length);
  }

  #newSecret(): { readonly secret: string; readonly signing_secret_hint: string } {
    const secret = `whsec_${btoa(this.#drawn("secret", 24))}`;
    return { secret, signing_secret_hint: `whsec_...${secret.slice(-4)}` };
  }

  #find(id: string): Endpoint {
    return this.#endpoints.get(id) ?? throwApiError("no_webhook", id);
  }

  /** Creates an endpoint. Only this response and that of a rotation contain the secret. */
  async create(request: Request, now: number): Promise<Response> {
    const fields = parseFields(await readJson(request));
    const required = <T>(name: string, value: T | undefined): T => value ?? throwApiError("missing", name);
    const { secret, signing_secret_hint } = this.#newSecret();
    const object: EndpointObject = {
      id: `whe_${this.#drawn("endpoint", 32)}`,
      object: "webhook_endpoint",
      created_at: now,
      updated_at: now,
      name: required("name", fields.name),
      url: required("url", fields.url),
      event_types: required("event_types", fields.event_types),
      signing_secret_hint,
    };
    this.#endpoints.set(object.id, { object, secret });
    return Response.json({ ...object, signing_secret: secret });
  }

  /** Responds with an endpoint. */
  retrieve(id: string): Response {
    return Response.json(this.#find(id).object);
  }

  /** Changes the given fields. */
  async update(id: string, request: Request, now: number): Promise<Response> {
    const { object, secret } = this.#find(id);
    const updated = { ...object, ...parseFields(await readJson(request)), updated_at: now };
    this.#endpoints.set(id, { object: updated, secret });
    return Response.json(updated);
  }

  /** Responds with a page of endpoints, newest first. */
  list(query: URLSearchParams): Response {
    const all = [...this.#endpoints.values()].reverse();
    return listResponse(
      all,
      parsePageQuery(query, [100, 20]),
      ({ object }) => object.id,
      ({ object }) => object,
    );
  }

  /** Deletes an endpoint. */
  delete(id: string): Response {
    this.#find(id);
    this.#endpoints.delete(id);
    return Response.json({ id, object: "webhook_endpoint.deleted", deleted: true });
  }

  /** Replaces the secret. The former one is not used any more. */
  rotateSecret(id: string, now: number): Response {
    const { object } = this.#find(id);
    const { secret, signing_secret_hint } = this.#newSecret();
    const updated = { ...object, signing_secret_hint, updated_at: now };
    this.#endpoints.set(id, { object: updated, secret });
    return Response.json({ ...updated, signing_secret: secret });
  }

  /** Sends a sample event. */
  async test(id: string, request: Request, now: number): Promise<Response> {
    const endpoint = this.#find(id);
    const { event_type } = (await readJson(request)) as { event_type?: unknown };
    if (!eventTypes.some((type) => type === event_type))
      return throwApiError("range", "event_type", `one of ${eventTypes.join(", ")}`);
    const event = {
      id: `evt_${this.#drawn("event", 32)}`,
      object: "event",
      created_at: now,
      type: event_type as WebhookEvent["type"],
      data: { id: `batch_${this.#drawn("batch", 32)}` },
    } as const;
    const status_code = await postEvent(this.#webhookOf(endpoint), event);
    if (status_code === undefined) return throwApiError("control", "the webhook could not be reached", "url");
    return Response.json({
      object: "webhook_endpoint.test",
      event_type,
      status_code,
      success: true,
      webhook_endpoint_id: id,
    });
  }
}

type Fields = { name?: string; url?: string; event_types?: readonly string[] };

/** Parses the fields of an endpoint that a request contains. */
function parseFields(body: unknown): Fields {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return throwApiError("body", "a JSON object");
  const { name, url, event_types } = body as Readonly<Record<string, unknown>>;
  const fields: Fields = {};
  if (name !== undefined) fields.name = isNonEmptyString(name) ? name : throwWrongKind("name", "a string", name);
  if (url !== undefined)
    fields.url =
      isNonEmptyString(url) && /^https?:/.test(url) && URL.canParse(url) ? url : throwWrongKind("url", "a URL", url);
  if (event_types !== undefined)
    fields.event_types =
      Array.isArray(event_types) && event_types.length > 0 && event_types.every(isNonEmptyString)
        ? event_types
        : throwWrongKind("event_types", "a list of strings", event_types);
  return fields;
}

const isNonEmptyString = (value: unknown): value is string => typeof value === "string" && value !== "";
const throwWrongKind = (name: string, expected: string, found: unknown): never =>
  throwApiError("kind", name, `${expected}, not ${describeType(found)}`);

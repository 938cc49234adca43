// The requests that the mock has received, for assertions of tests.

/** A request that the mock has received. */
export interface LoggedRequest {
  /** The time of the mock's clock in Unix seconds. */
  readonly at: number;
  /** The HTTP method. */
  readonly method: string;
  /** The path from `/v1/` on. */
  readonly path: string;
  /** The parameters of the query. */
  readonly query: Readonly<Record<string, string>>;
  /** The headers, without credentials. */
  readonly headers: Readonly<Record<string, string>>;
  /** The JSON body. Undefined for other bodies, invalid JSON and bodies beyond 64 KiB. */
  readonly body?: unknown;
  /** The status of the response. Undefined for a connection that was broken on purpose. */
  status?: number;
}

/** The number of requests that are kept. */
const maxRequests = 1000;

/** The maximum size of a body that is kept, in bytes. */
const maxBodyBytes = 64 << 10;

const credentials: ReadonlySet<string> = new Set(["authorization", "api-key", "cookie"]);

/** Keeps the latest requests. */
export class RequestLog {
  #requests: LoggedRequest[] = [];

  /** Adds a request. The caller sets its status later. */
  async add(request: Request, path: string, at: number): Promise<LoggedRequest> {
    const body = await jsonBody(request);
    const logged: LoggedRequest = {
      at,
      method: request.method,
      path,
      query: Object.fromEntries(new URL(request.url).searchParams),
      headers: Object.fromEntries([...request.headers].filter(([name]) => !credentials.has(name))),
      ...(body !== undefined && { body }),
    };
    this.#requests.push(logged);
    if (this.#requests.length > maxRequests) this.#requests.shift();
    return logged;
  }

  /** The requests, oldest first. */
  all(): readonly LoggedRequest[] {
    return this.#requests.map((request) => ({ ...request }));
  }

  /** Forgets all requests. */
  clear(): void {
    this.#requests = [];
  }
}

/** The JSON body of a request, which stays readable. */
async function jsonBody(request: Request): Promise<unknown> {
  const type = request.headers.get("content-type") ?? "";
  const length = Number(request.headers.get("content-length") ?? 0);
  if (!type.includes("json") || !request.body || request.bodyUsed || length > maxBodyBytes) return undefined;
  try {
    const bytes = await request.clone().arrayBuffer();
    return bytes.byteLength > maxBodyBytes ? undefined : JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    // The handler reports an invalid or broken body.
    return undefined;
  }
}

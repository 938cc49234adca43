// One question to the API: JSON when it succeeds, and its own words when it does not.
import type { Api, Asking } from "./api.js";

/** The longest wait for an answer to begin, in milliseconds. */
const patience = 30_000;

/** An answer that is no success. Has what the package's watcher looks for: status and headers. */
export class Refused extends Error {
  constructor(
    message: string,
    readonly status: number,
    readonly headers: Headers,
  ) {
    super(message);
  }
}

/** Whether an answer says that there is no such thing, or no longer. */
export const isGone = (error: unknown): boolean =>
  error instanceof Refused && (error.status === 404 || error.status === 410);

/** No answer came at all. */
export class Unreachable extends Error {}

/** Asks, and gives the answer as it comes; throws {@link Refused} or {@link Unreachable} where it is no success. */
export async function request(
  api: Api,
  path: string,
  { method = "GET", signal }: Partial<Asking> = {},
): Promise<Response> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), patience);
  let answer: Response;
  try {
    answer = await api.fetch(path, { method, signal: signal ? AbortSignal.any([signal, late.signal]) : late.signal });
  } catch {
    signal?.throwIfAborted();
    throw new Unreachable(
      late.signal.aborted ? "the answer did not come in time" : "no answer from the command that serves this page",
    );
  } finally {
    // Of a long answer only the beginning has to come in time.
    clearTimeout(timer);
  }
  if (answer.ok) return answer;
  const body = (await answer.json().catch(() => undefined)) as { error?: { message?: unknown } } | undefined;
  const reason = body?.error?.message;
  throw new Refused(
    typeof reason === "string" && reason !== "" ? reason : `the answer has status ${answer.status}`,
    answer.status,
    answer.headers,
  );
}

/** Asks for JSON. */
export async function ask(api: Api, path: string, asking?: Partial<Asking>): Promise<unknown> {
  const answer = await request(api, path, asking);
  return answer.json().catch(() => {
    throw new Error("what came is no JSON");
  });
}

/** What somebody can do about a question that failed; nothing where waiting is all there is. */
export function remedyOf(error: unknown): string | undefined {
  if (error instanceof Unreachable)
    return "See whether batchlight board still runs; if not, start it again and open the address it prints.";
  if (error instanceof Refused && (error.status === 401 || error.status === 403))
    return "Check OPENAI_API_KEY where batchlight board was started, and start it again.";
  return undefined;
}

/** An error in words. */
export const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

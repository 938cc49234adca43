// The built page, read once: what is served is what was found at the start, by exact path.
import { readFileSync, readdirSync } from "node:fs";
import { extname } from "node:path";
import { Trouble } from "../exit.js";
import { headersBy } from "./headers.js";

/** What the page is told of its server. */
export interface PageFacts {
  /** Whose batches it shows, as a host. */
  readonly host: string;
  /** Whether they are simulated. */
  readonly simulated: boolean;
  /** Seconds between two looks at the list. */
  readonly every: number;
  /** How many seconds pass there in one. */
  readonly speed: number;
  /** The profile that the batches are read by. */
  readonly profile: string;
}

/** A file as it is served. */
export interface Page {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

const kinds: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
};

/**
 * The files of the package that the page's scripts import: the page brings no copies of them. Not the wasm-free twin of
 * `files.js`: the page's policy allows WebAssembly.
 */
const shared = [
  "index.js",
  "catalogue.js",
  "files.js",
  "files-worker.js",
  "worker.js",
  "watch.js",
  "elements-define.js",
  "elements.js",
];

/** What may stand between the quotes of an attribute. */
const quoted = (text: string): string => text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");

/**
 * Reads the page and all that it loads. The page's policy is the one it was built with; its scripts come with the same
 * one without `connect-src`, for a worker goes by the policy of its own script: files are worked on where nothing can
 * be sent.
 */
export function readPages(facts: PageFacts): ReadonlyMap<string, Page> {
  const dist = new URL("./", import.meta.url);
  const folder = new URL("board/", dist);
  try {
    const html = readFileSync(new URL("index.html", folder), "utf8");
    const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]+)"/
      .exec(html)?.[1]
      ?.replaceAll("&#39;", "'");
    if (policy === undefined) throw new Trouble("the board of this package has no policy: install the package anew");
    const told = html.replace(
      "<head>",
      () => `<head>\n    <meta name="batchlight-board" content="${quoted(JSON.stringify(facts))}">`,
    );
    const strict = headersBy(policy.replace("connect-src 'self'", "connect-src 'none'"));
    const file = (url: URL): Page => ({
      body: readFileSync(url),
      headers: { ...strict, "Content-Type": kinds[extname(url.pathname)] ?? "application/octet-stream" },
    });
    const assets = readdirSync(new URL("assets/", folder)).map(
      (name) => [`/assets/${name}`, file(new URL(`assets/${name}`, folder))] as const,
    );
    return new Map([
      ["/", { body: Buffer.from(told), headers: { ...headersBy(policy), "Content-Type": "text/html; charset=utf-8" } }],
      ...assets,
      ...shared.map((name) => [`/package/${name}`, file(new URL(name, dist))] as const),
    ]);
  } catch (error) {
    throw error instanceof Trouble
      ? error
      : new Trouble("the board is not where the package has it: install the package anew");
  }
}

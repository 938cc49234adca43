// The built page, read once: what is served is what was found at the start, by exact path.
import { readFileSync, readdirSync } from "node:fs";
import { extname } from "node:path";
import { CliError } from "../exit.js";
import { headersWithPolicy } from "./headers.js";

/** What the page is htmlWithConfig of its server. */
export interface BoardConfig {
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

/** A readFile as it is served. */
export interface StaticFile {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

const contentTypes: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
};

/**
 * The files of the package that the page's scripts import: the page brings no copies of them. Not the wasm-free twin of
 * `files.js`: the page's policy allows WebAssembly.
 */
const packageFiles = [
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
const escapeAttribute = (text: string): string =>
  text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");

/**
 * Reads the page and all that it loads. The page's policy is the one it was built with; its scripts come with the same
 * one without `connect-src`, for a worker goes by the policy of its own script: files are worked on where nothing can
 * be sent.
 */
export function readStaticFiles(config: BoardConfig): ReadonlyMap<string, StaticFile> {
  const distFolder = new URL("./", import.meta.url);
  const boardFolder = new URL("board/", distFolder);
  try {
    const html = readFileSync(new URL("index.html", boardFolder), "utf8");
    const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]+)"/
      .exec(html)?.[1]
      ?.replaceAll("&#39;", "'");
    if (policy === undefined) throw new CliError("the board of this package has no policy: install the package anew");
    const htmlWithConfig = html.replace(
      "<head>",
      () => `<head>\n    <meta name="batchlight-board" content="${escapeAttribute(JSON.stringify(config))}">`,
    );
    const scriptHeaders = headersWithPolicy(policy.replace("connect-src 'self'", "connect-src 'none'"));
    const readFile = (url: URL): StaticFile => ({
      body: readFileSync(url),
      headers: { ...scriptHeaders, "Content-Type": contentTypes[extname(url.pathname)] ?? "application/octet-stream" },
    });
    const assets = readdirSync(new URL("assets/", boardFolder)).map(
      (name) => [`/assets/${name}`, readFile(new URL(`assets/${name}`, boardFolder))] as const,
    );
    return new Map([
      [
        "/",
        {
          body: Buffer.from(htmlWithConfig),
          headers: { ...headersWithPolicy(policy), "Content-Type": "text/html; charset=utf-8" },
        },
      ],
      ...assets,
      ...packageFiles.map((name) => [`/package/${name}`, readFile(new URL(name, distFolder))] as const),
    ]);
  } catch (error) {
    throw error instanceof CliError
      ? error
      : new CliError("the board is not where the package has it: install the package anew");
  }
}

// Reads the built page and its files once, at the start. Requests are matched by exact path.
import { readFileSync, readdirSync } from "node:fs";
import { extname } from "node:path";
import { CliError } from "../exit.js";
import { headersWithPolicy } from "./headers.js";

/** The configuration that the server passes to the page. */
export interface BoardConfig {
  /** The host of the API. */
  readonly host: string;
  /** Whether the batches are simulated. */
  readonly simulated: boolean;
  /** Whether requests that change something are refused. */
  readonly readOnly: boolean;
  /** The id of the API's address and key; undefined for simulated batches. */
  readonly account: string | undefined;
  /** The interval between two requests for the list, in seconds. */
  readonly every: number;
  /** How fast the API's clock runs, compared with the real time. */
  readonly speed: number;
  /** The provider profile that the page parses batches with. */
  readonly profile: string;
}

/** A served file. */
export interface StaticFile {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

const contentTypes: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
};

/**
 * The files of the package that the page's scripts import. The wasm-free build is not needed, because the page's policy
 * allows WebAssembly.
 */
const packageFiles = [
  "index.js",
  "catalogue.js",
  "files-lazy.js",
  "files.js",
  "files-worker.js",
  "worker.js",
  "watch.js",
  "run.js",
  "elements-define.js",
  "elements.js",
];

/** Escapes a string for a quoted HTML attribute. */
const escapeAttribute = (text: string): string =>
  text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");

/**
 * Reads the page and all files that it loads. The page keeps the Content-Security-Policy of its build. Scripts are
 * served with a stricter policy without `connect-src`: a worker uses the policy of its own script, so workers that
 * process files cannot send anything.
 *
 * @throws {CliError} if a file is missing
 */
export function readStaticFiles(config: BoardConfig): ReadonlyMap<string, StaticFile> {
  const distFolder = new URL("./", import.meta.url);
  const boardFolder = new URL("board/", distFolder);
  try {
    const html = readFileSync(new URL("index.html", boardFolder), "utf8");
    const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]+)"/
      .exec(html)?.[1]
      ?.replaceAll("&#39;", "'");
    if (policy === undefined)
      throw new CliError("the page of the board has no Content-Security-Policy; reinstall the package");
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
    throw error instanceof CliError ? error : new CliError("files of the board are missing; reinstall the package");
  }
}

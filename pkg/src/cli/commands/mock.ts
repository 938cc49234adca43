// `batchlight mock`: serves a simulated Batch API on this machine.
import { type Command, InvalidArgumentError } from "commander";
import { type Context, runCommand } from "../context.js";
import { CliError, exitCodes } from "../exit.js";
import { visible } from "../terminal-text.js";
import { clockHeaders } from "../clock-headers.js";
import { createPersistedClock } from "../mock/clock.js";
import { type FolderStore, openFolderStore } from "../mock/folder-store.js";
import { serve } from "../mock/server.js";
import { examples, portNumber, wholeNumber } from "../options.js";
import { formatNumber, pluralize } from "../../common/format.js";

interface MockValues {
  readonly port: number;
  readonly speed: number;
  readonly seed: number;
  readonly fail: number;
  readonly data?: string;
}

/** Creates a parser for numbers that fulfill a condition. `what` describes the condition. */
const number =
  (what: string, fits: (value: number) => boolean) =>
  (text: string): number => {
    const value = text.trim() === "" ? Number.NaN : Number(text);
    if (Number.isFinite(value) && fits(value)) return value;
    throw new InvalidArgumentError(`expected ${what}`);
  };

/** Creates a parser for whole numbers from 0 to `max`. */
const wholeNumberUpTo =
  (max: number) =>
  (text: string): number => {
    const value = wholeNumber(0)(text);
    if (value <= max) return value;
    throw new InvalidArgumentError(`expected a whole number from 0 to ${max}`);
  };

/** Adds the command to the program. */
export function addMock(program: Command): void {
  program
    .command("mock")
    .summary("run a mock Batch API on this machine")
    .description(
      "Serves files and batches on 127.0.0.1 like the Batch API, for official clients in any language. Input files " +
        "are validated, batches run over time, and result files contain one line per request. Accepts any API key. " +
        "Ctrl-C stops the server with exit code 0.",
    )
    .option("--port <n>", "port to listen on; 0 for any free port", portNumber, 4010)
    .option(
      "--speed <factor>",
      "how fast time runs; at 1440, one day takes a minute",
      number("a number from 0.001 to 86400", (value) => value >= 0.001 && value <= 86_400),
      1,
    )
    .option("--seed <n>", "random seed; the same seed gives the same results", wholeNumberUpTo(2 ** 32 - 1), 0)
    .option(
      "--fail <share>",
      "share of requests that fail, from 0 to 1",
      number("a number from 0 to 1", (value) => value >= 0 && value <= 1),
      0,
    )
    .option("--data <folder>", "store files and batches in this folder, across restarts; default: memory only")
    .addHelpText(
      "after",
      examples(
        ["batchlight mock", "run in real time until Ctrl-C"],
        ["batchlight mock --speed 1440 --fail 0.02", "one day takes a minute, and 2 % of requests fail"],
        ["batchlight mock --port 0 --data mock-data", "use any free port and store the state"],
      ),
    )
    .action(runCommand(mock));
}

async function mock(context: Context, { port, speed, seed, fail, data }: MockValues): Promise<number> {
  const { out } = context;
  // Loaded on demand, so that the other commands start without it.
  const { createMockApi } = await import("#mock");
  const log = (line: string) => void context.log(visible(line)).catch(() => undefined);
  const folder = data === undefined ? undefined : await openFolderStore(data, log);
  try {
    const clock =
      folder && createPersistedClock({ speed, from: folder.reservedUntil, persist: folder.persistTime, log });
    const persistence = clock ? { clock, store: folder.store } : { speed };
    const api = createMockApi({ seed, failureRate: fail, log, ...persistence });
    const handler = async (request: Request) => {
      await clock?.reserve();
      const response = await api.fetch(request);
      for (const [name, value] of Object.entries(clockHeaders(api.clock.now(), speed)))
        response.headers.set(name, value);
      return response;
    };
    await loadState(handler);
    const server = await serve({ handler, log }, port);
    const stopped = interrupted();
    await out.print(greeting(server.origin, facts(speed, fail, data, folder), out.paint));
    await stopped;
    await server.close();
    api.close();
    return exitCodes.ok;
  } finally {
    await folder?.release();
  }
}

/** Sends a request to the API, so that it loads the stored state and reports problems before it is served. */
async function loadState(handler: (request: Request) => Promise<Response>): Promise<void> {
  const headers = { authorization: "Bearer any" };
  const answer = await handler(new Request("http://127.0.0.1/v1/files?limit=1", { headers }));
  if (answer.ok) return;
  const { error } = (await answer.json()) as { readonly error: { readonly message: string } };
  throw new CliError(error.message.replace(/^simulated: /, ""));
}

/** Waits for a signal. A second signal ends the process at once. */
function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGHUP", "SIGINT", "SIGTERM"] as const) {
      process.removeAllListeners(signal);
      process.once(signal, () => resolve());
    }
  });
}

function facts(speed: number, fail: number, data: string | undefined, folder: FolderStore | undefined): string[] {
  const { files = 0, batches = 0 } = folder?.counts ?? {};
  return [
    speed === 1 ? "real time" : `time runs ${formatNumber(speed)} times as fast`,
    fail === 0 ? "all requests succeed" : `${Number((100 * fail).toPrecision(6))} % of requests fail`,
    data === undefined
      ? "state in memory only"
      : `stored in ${visible(data)}: ${pluralize(files, "file")}, ${pluralize(batches, "batch", "batches")}`,
  ];
}

const greeting = (origin: string, summary: readonly string[], paint: Context["out"]["paint"]): string[] => [
  `mock Batch API at ${paint(`${origin}/v1`, "bold")}`,
  `  ${summary.join("; ")}`,
  "",
  `curl ${origin}/v1/batches -H "Authorization: Bearer any"`,
  `new OpenAI({ baseURL: "${origin}/v1", apiKey: "any" })`,
  `OpenAI(base_url="${origin}/v1", api_key="any")`,
  `OPENAI_BASE_URL=${origin}/v1 OPENAI_API_KEY=any npx batchlight board`,
  "",
  "press Ctrl-C to stop",
];

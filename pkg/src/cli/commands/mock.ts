// `batchlight mock`: serves a simulated Batch API on this machine.
import { readFile } from "node:fs/promises";
import { type Command, InvalidArgumentError, Option } from "commander";
import { type Context, runCommand } from "../context.js";
import type { MockConfig } from "#mock";
import { CliError, exitCodes, withFileName } from "../exit.js";
import { atFirstSignal } from "../signals.js";
import { visible } from "../terminal/terminal-text.js";
import { clockHeaders } from "../clock-headers.js";
import { createPersistedClock } from "../mock/clock.js";
import { type FolderStore, openFolderStore } from "../mock/folder-store.js";
import { serve } from "../mock/server.js";
import { examples, portNumber, wholeNumber } from "../options.js";
import { formatNumber, pluralize } from "../../common/format.js";
import { messageOf } from "../../common/thrown.js";

interface MockValues {
  readonly port?: number;
  readonly speed?: number;
  readonly seed?: number;
  readonly fail?: number;
  readonly data?: string;
  readonly config?: string;
  readonly advance?: "time" | "poll";
  readonly hold?: string;
  readonly scenario?: string;
  readonly latency?: number | readonly [number, number];
  readonly webhook?: string;
  readonly webhookSecret?: string;
  readonly fileClock?: boolean;
}

const defaultPort = 4010;

/** Parses a latency in milliseconds, such as `50` or `50-200`. */
function latencyRange(text: string): readonly [number, number] {
  const [, min, max] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? [];
  if (min !== undefined && Number(max ?? min) >= Number(min)) return [Number(min), Number(max ?? min)];
  throw new InvalidArgumentError("expected milliseconds, such as 50 or 50-200");
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
    .option("--port <n>", `port to listen on; 0 for any free port; default: ${defaultPort}`, portNumber)
    .option(
      "--speed <factor>",
      "how fast time runs; at 1440, one day takes a minute; default: 1",
      number("a number from 0.001 to 86400", (value) => value >= 0.001 && value <= 86_400),
    )
    .option("--seed <n>", "random seed; the same seed gives the same results; default: 0", wholeNumberUpTo(2 ** 32 - 1))
    .option(
      "--fail <share>",
      "share of requests that fail, from 0 to 1; default: 0",
      number("a number from 0 to 1", (value) => value >= 0 && value <= 1),
    )
    .option("--data <folder>", "store files and batches in this folder, across restarts; default: memory only")
    .addOption(
      new Option("--advance <by>", "what moves batches to the next status: time, or each retrieval").choices([
        "time",
        "poll",
      ]),
    )
    .option("--hold <status>", "status that batches do not leave, such as validating")
    .option("--scenario <name>", "scenario that batches follow, such as partially_failed")
    .option("--latency <ms>", "delay of each response in milliseconds, such as 50 or 50-200", latencyRange)
    .option("--webhook <url>", "URL to call when a batch ends")
    .option("--webhook-secret <secret>", "secret that signs the calls of the webhook")
    .option("--file-clock", "files expire by the clock of the mock, not by that of the system")
    .option("--config <file>", "JSON file with these settings and more; options take precedence")
    .addHelpText(
      "after",
      examples(
        ["batchlight mock", "run in real time until Ctrl-C"],
        ["batchlight mock --speed 1440 --fail 0.02", "one day takes a minute, and 2 % of requests fail"],
        ["batchlight mock --advance poll", "each retrieval moves a batch one status on"],
        ["batchlight mock --port 0 --data mock-data", "use any free port and store the state"],
      ),
    )
    .action(runCommand(mock));
}

async function mock(context: Context, values: MockValues): Promise<number> {
  const { out } = context;
  // Loaded on demand, so that the other commands start without it.
  const { createMockApi } = await import("#mock");
  const log = (line: string) => void context.log(visible(line)).catch(() => undefined);
  const { port = defaultPort, data, ...options } = await settings(values);
  const { speed = 1, failureRate = 0, fileClock = "real" } = options;
  const folder = data === undefined ? undefined : await openFolderStore(data, log);
  try {
    const clock =
      folder && createPersistedClock({ speed, from: folder.reservedUntil, persist: folder.persistTime, log });
    const persistence = clock ? { clock, store: folder.store } : { speed };
    const api = createMockApi({ ...options, log, fileClock, ...persistence });
    const handler = async (request: Request) => {
      await clock?.reserve();
      const response = await api.fetch(request);
      for (const [name, value] of Object.entries(clockHeaders(api.clock.now(), speed)))
        response.headers.set(name, value);
      return response;
    };
    await loadState(handler, options.auth);
    const server = await serve({ handler, log }, port);
    const stopped = new Promise<void>((resolve) => atFirstSignal(resolve));
    await out.print(greeting(server.origin, facts(speed, failureRate, data, folder, options), out.paint));
    await stopped;
    await server.close();
    api.close();
    return exitCodes.ok;
  } finally {
    await folder?.release();
  }
}

/** The settings of the configuration file, replaced by those of the options. */
async function settings({
  config,
  fail,
  fileClock,
  webhook,
  webhookSecret,
  ...values
}: MockValues): Promise<MockConfig> {
  const { parseMockConfig } = await import("#mock");
  if ((webhook === undefined) !== (webhookSecret === undefined))
    throw new CliError("--webhook and --webhook-secret need each other");
  const given = {
    ...values,
    ...(fail !== undefined && { failureRate: fail }),
    ...(fileClock && { fileClock: "mock" }),
    ...(webhook !== undefined && { webhook: { url: webhook, secret: webhookSecret } }),
  };
  const parse = (json: string, name = ""): MockConfig => {
    try {
      return parseMockConfig(json);
    } catch (error) {
      throw new CliError(`${name}${messageOf(error)}`);
    }
  };
  const text = config === undefined ? "{}" : await withFileName(config, () => readFile(config, "utf8"));
  return { ...parse(text, `${visible(config ?? "")}: `), ...parse(JSON.stringify(given)) };
}

/** Sends a request to the API, so that it loads the stored state and reports problems before it is served. */
async function loadState(handler: (request: Request) => Promise<Response>, auth: MockConfig["auth"]): Promise<void> {
  const headers = { authorization: `Bearer ${(Array.isArray(auth) ? auth[0] : auth) || "any"}` };
  const response = await handler(new Request("http://127.0.0.1/v1/files?limit=1", { headers }));
  if (response.ok) return;
  const { error } = (await response.json()) as { readonly error: { readonly message: string } };
  throw new CliError(error.message.replace(/^simulated: /, ""));
}

function facts(
  speed: number,
  fail: number,
  data: string | undefined,
  folder: FolderStore | undefined,
  { advance, hold, scenario, fileClock }: MockConfig,
): string[] {
  const { files = 0, batches = 0 } = folder?.counts ?? {};
  return [
    speed === 1 ? "real time" : `time runs ${formatNumber(speed)} times as fast`,
    ...(advance === "poll" ? ["each retrieval moves a batch one status on"] : []),
    ...(hold === undefined ? [] : [`batches stay in ${hold}`]),
    ...(scenario === undefined ? [] : [`batches follow ${scenario}`]),
    fail === 0 ? "all requests succeed" : `${Number((100 * fail).toPrecision(6))} % of requests fail`,
    data === undefined
      ? "state in memory only"
      : `stored in ${visible(data)}: ${pluralize(files, "file")}, ${pluralize(batches, "batch", "batches")}`,
    ...(fileClock === "mock" && speed !== 1 ? ["files expire by that time, too"] : []),
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

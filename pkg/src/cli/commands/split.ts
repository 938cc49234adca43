// batchlight split: one file that is too large, or mixed, into files that are neither.
import { basename, extname, join } from "node:path";
import type { Command } from "commander";
import type { CheckOptions, SplitPlan } from "../api.js";
import { type Context, acting } from "../context.js";
import { exit, withFile } from "../exit.js";
import { jsonOf } from "../json.js";
import { makeFolder } from "../folders.js";
import {
  type LimitValues,
  examples,
  force,
  json,
  limitsOf,
  maxBytes,
  maxInputs,
  maxRequests,
  namePrefix,
  profile,
  wholeNumber,
} from "../options.js";
import { mayWrite, writeWhole } from "../atomic-file.js";
import { piecesOf } from "../write-target.js";
import { standard, withSources } from "../input-source.js";
import { table } from "../table.js";
import { bytes, counted, roughly } from "../format.js";

interface SplitValues extends LimitValues {
  readonly to?: string;
  readonly name?: string;
  readonly maxTokens?: number;
  readonly profile?: NonNullable<CheckOptions["profile"]>;
  readonly force?: true;
  readonly json?: true;
}

const manifestName = "manifest.json";
/** How many stretches of lines that are left out are listed. */
const mostLeft = 20;

/** Adds the command. */
export function addSplit(program: Command): void {
  program
    .command("split")
    .summary("divide a file into shards within the limits")
    .description(
      "Divides an input file into shards within the limits, by model and endpoint where they are mixed. Lines are " +
        `kept byte for byte. Writes the shards and a ${manifestName}, which says where each custom_id went. Without ` +
        "-o it only shows the plan.",
    )
    .argument("<file>", "an input file; - is standard input")
    .option("-o, --to <folder>", "the folder the shards go to; it is made if it is not there")
    .option("--name <prefix>", "what the names of the shards begin with; by default the file's name", namePrefix)
    .addOption(profile())
    .addOption(maxRequests())
    .addOption(maxBytes())
    .addOption(maxInputs())
    .option("--max-tokens <n>", "the most input tokens, as estimated, a file may hold", wholeNumber(1))
    .addOption(force())
    .addOption(json("print the manifest as JSON, and nothing else"))
    .addHelpText(
      "after",
      examples(
        ["batchlight split huge.jsonl", "show what would be made of a file"],
        ["batchlight split huge.jsonl -o shards", "make it"],
        ["batchlight split --max-tokens 2,000,000 huge.jsonl -o shards", "with a limit on tokens"],
      ),
    )
    .action(acting(split));
}

async function split(context: Context, values: SplitValues, name: string): Promise<number> {
  const { api, out } = context;
  return withSources([name], async ([source]) => {
    const bar = context.bar(`reading ${source!.name}`);
    const prefix = values.name ?? (name === standard ? undefined : basename(name, extname(name)));
    const options = {
      ...limitsOf(values),
      ...(values.maxTokens === undefined ? {} : { tokens: values.maxTokens }),
      ...(values.profile === undefined ? {} : { profile: values.profile }),
      ...(prefix === undefined ? {} : { name: prefix }),
      onProgress: bar.onProgress,
    };
    const plan = await withFile(source!.name, () => api.splitInput(source!.source, options)).finally(bar.clear);
    if (values.to !== undefined) await writeShards(context, plan, values.to, values.force === true);
    await out.print(values.json ? [jsonOf(plan.manifest)] : planLines(source!.name, plan, values.to, out.paint));
    return plan.manifest.leftOutCount > 0 ? exit.issues : exit.fine;
  });
}

async function writeShards(
  context: Context,
  { shards, manifest }: SplitPlan,
  folder: string,
  force: boolean,
): Promise<void> {
  await withFile(folder, () => makeFolder(folder));
  // Before the first is written, all are asked for: half of the shards help nobody.
  for (const name of [...shards.map((shard) => shard.name), manifestName]) await mayWrite(join(folder, name), force);
  const total = shards.reduce((sum, shard) => sum + shard.bytes, 0);
  const bar = context.bar(`writing to ${folder}`);
  let written = 0;
  async function* counting(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces) {
      yield piece;
      written += piece.length;
      bar.onProgress({ bytes: written, total });
    }
  }
  try {
    for (const shard of shards) await writeWhole(join(folder, shard.name), counting(piecesOf(shard.stream())), force);
    await writeWhole(join(folder, manifestName), [`${jsonOf(manifest, 1)}\n`], force);
  } finally {
    bar.clear();
  }
}

function planLines(
  file: string,
  { shards, manifest }: SplitPlan,
  folder: string | undefined,
  paint: Context["out"]["paint"],
): string[] {
  const rows = shards.map(({ name, requests, bytes: size, inputTokens, model, endpoint }) => [
    name,
    { right: counted(requests, "request") },
    { right: bytes(size) },
    { right: inputTokens.estimate > 0 ? `~${roughly(inputTokens.estimate)} tokens` : "" },
    model ?? "",
    endpoint ?? "",
  ]);
  const { leftOut, leftOutCount } = manifest;
  const left = leftOut
    .slice(0, mostLeft)
    .map(({ line, until, code, reason }) => [
      until > line ? `lines ${line} to ${until}` : `line ${line}`,
      code,
      reason,
    ]);
  const where = folder === undefined ? "" : `, written to ${folder}`;
  return [
    `${paint(file, "bold")}: ${counted(shards.length, "shard")}${where}`,
    ...table(rows),
    ...(leftOutCount > 0
      ? ["", paint(`${counted(leftOutCount, "line")} left out`, "bold", "yellow"), ...table(left)]
      : []),
    ...(leftOut.length > mostLeft ? [`  and more, in ${manifestName}`] : []),
    ...(folder === undefined ? ["", "nothing is written yet: -o FOLDER writes them"] : []),
  ];
}

// `batchlight split`: divides an input file into shards within the limits.
import { rm } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import type { Command } from "commander";
import type { CheckOptions, SplitPlan } from "../api.js";
import { type Context, runCommand } from "../context.js";
import { exitCodes, withFileName } from "../exit.js";
import { jsonOf } from "../terminal/json.js";
import { makeFolder } from "../storage/folders.js";
import {
  type LimitValues,
  examples,
  force,
  json,
  toLimits,
  maxBytes,
  maxInputs,
  maxRequests,
  namePrefix,
  profile,
  wholeNumber,
} from "../options.js";
import { assertWritable, type Chunks, writeAtomically } from "../storage/atomic-file.js";
import { chunksOf } from "../../files/io/byte-stream.js";
import { standardStream, withInputs } from "../io/input-source.js";
import { table } from "../terminal/table.js";
import { formatBytes, pluralize, pluralizeEstimate } from "../../common/format.js";

interface SplitValues extends LimitValues {
  readonly to?: string;
  readonly name?: string;
  readonly maxTokens?: number;
  readonly profile?: NonNullable<CheckOptions["profile"]>;
  readonly force?: true;
  readonly json?: true;
}

const manifestName = "manifest.json";
/** The maximum number of skipped line ranges listed. */
const maxListedSkips = 20;

/** Adds the command to the program. */
export function addSplit(program: Command): void {
  program
    .command("split")
    .summary("divide a file into shards within the limits")
    .description(
      "Divides an input file into shards within the limits, and by model and endpoint if it mixes them. Lines are " +
        `kept byte for byte. Writes the shards and ${manifestName}, which maps each custom_id to its file. Without ` +
        "-o, only shows the plan.",
    )
    .argument("<file>", "input file, or - for standard input")
    .option("-o, --to <folder>", "folder for the shards; created if it does not exist")
    .option("--name <prefix>", "prefix of the shards' file names; default: the name of the input file", namePrefix)
    .addOption(profile())
    .addOption(maxRequests())
    .addOption(maxBytes())
    .addOption(maxInputs())
    .option("--max-tokens <n>", "maximum number of estimated input tokens per file", wholeNumber(1))
    .addOption(force())
    .addOption(json("print the manifest as JSON"))
    .addHelpText(
      "after",
      examples(
        ["batchlight split huge.jsonl", "show the plan for a file"],
        ["batchlight split huge.jsonl -o shards", "write the shards"],
        ["batchlight split --max-tokens 2,000,000 huge.jsonl -o shards", "limit the tokens per shard"],
      ),
    )
    .action(runCommand(split));
}

async function split(context: Context, values: SplitValues, name: string): Promise<number> {
  const { api, out } = context;
  return withInputs([name], async ([source]) => {
    const bar = context.progressBar(`reading ${source!.name}`);
    const prefix = values.name ?? (name === standardStream ? undefined : basename(name, extname(name)));
    const options = {
      limits: { ...toLimits(values), ...(values.maxTokens === undefined ? {} : { tokens: values.maxTokens }) },
      ...(values.profile === undefined ? {} : { profile: values.profile }),
      ...(prefix === undefined ? {} : { name: prefix }),
      onProgress: bar.onProgress,
    };
    const plan = await withFileName(source!.name, () => api.splitInput(source!.bytes, options)).finally(bar.clear);
    if (values.to !== undefined) await writeShards(context, plan, values.to, values.force === true);
    await out.print(values.json ? [jsonOf(plan.manifest)] : planLines(source!.name, plan, values.to, out.paint));
    return plan.manifest.skippedCount > 0 ? exitCodes.issues : exitCodes.ok;
  });
}

async function writeShards(
  context: Context,
  { shards, manifest }: SplitPlan,
  folder: string,
  force: boolean,
): Promise<void> {
  await withFileName(folder, () => makeFolder(folder));
  // Checks all files before writing the first one, so that no partial set of shards is written.
  for (const name of [...shards.map((shard) => shard.name), manifestName])
    await assertWritable(join(folder, name), force);
  const total = shards.reduce((sum, shard) => sum + shard.bytes, 0);
  const bar = context.progressBar(`writing to ${folder}`);
  let written = 0;
  async function* counting(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      yield chunk;
      written += chunk.length;
      bar.onProgress({ bytes: written, total });
    }
  }
  const done: string[] = [];
  const write = async (name: string, chunks: Chunks): Promise<void> => {
    await writeAtomically(join(folder, name), chunks, force);
    done.push(join(folder, name));
  };
  try {
    for (const shard of shards) await write(shard.name, counting(chunksOf(shard.stream())));
    await write(manifestName, [`${jsonOf(manifest, 1)}\n`]);
  } catch (error) {
    // As when a shard's lines have changed since the file was read first.
    for (const path of done) await rm(path, { force: true });
    throw error;
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
    { right: pluralize(requests, "request") },
    { right: formatBytes(size) },
    { right: inputTokens.estimate > 0 ? `~${pluralizeEstimate(inputTokens.estimate, "token")}` : "" },
    model ?? "",
    endpoint ?? "",
  ]);
  const { skipped, skippedCount } = manifest;
  const skippedRows = skipped
    .slice(0, maxListedSkips)
    .map(({ line, until, code, reason }) => [
      until > line ? `lines ${line} to ${until}` : `line ${line}`,
      code,
      reason,
    ]);
  const where = folder === undefined ? "" : `, written to ${folder}`;
  return [
    `${paint(file, "bold")}: ${pluralize(shards.length, "shard")}${where}`,
    ...table(rows),
    ...(skippedCount > 0
      ? ["", paint(`${pluralize(skippedCount, "line")} skipped`, "bold", "yellow"), ...table(skippedRows)]
      : []),
    ...(skipped.length > maxListedSkips ? [`  … and more in ${manifestName}`] : []),
    ...(folder === undefined ? ["", "Dry run. Use -o FOLDER to write."] : []),
  ];
}

// `batchlight status`, `resume`, `download` and `cancel`: for runs that `batchlight run` began.
import type { Command } from "commander";
import type { RunShard, RunStatus } from "#run";
import { type Context, runCommand } from "../context.js";
import { CliError, exitCodes } from "../exit.js";
import { jsonOf } from "../terminal/json.js";
import { examples, force, json, to } from "../options.js";
import { folderStore } from "../run/folder-store.js";
import { findFolder, listFolders, type RunFolder } from "../run/run-folder.js";
import { assertReportApart, connectionFromEnv, loadRuns, resumeCommand, runSession } from "../run/run-session.js";
import { standardStream } from "../io/input-source.js";
import { table } from "../terminal/table.js";
import { formatNumber, pluralize } from "../../common/format.js";
import { nextStepTexts } from "../../common/run-texts.js";

interface Values {
  readonly to?: string;
  readonly force?: true;
  readonly json?: true;
}

const runArgument = ["[run]", "output file of the run, or the folder beside it; default: the only run here"] as const;

/** Adds `batchlight status` to the program. */
export function addStatus(program: Command): void {
  program
    .command("status")
    .summary("show the state of runs")
    .description("Shows how far runs are, from their journals alone: it sends nothing, also while a run is under way.")
    .argument("[run]", "output file of the run, or the folder beside it; default: all runs in this directory")
    .addOption(json("print the state as JSON"))
    .addHelpText("after", examples(["batchlight status", "show all runs in this directory"]))
    .action(runCommand(status));
}

async function status(context: Context, values: Values, name: string | undefined): Promise<number> {
  const { runStatus } = await loadRuns();
  const folders = name === undefined ? await listFolders() : [await findFolder(name)];
  if (folders.length === 0) await context.log("no run in this directory");
  for (const folder of folders) {
    const state = await runStatus({ store: folderStore(folder.path) });
    if (values.json) await context.out.print([jsonOf({ folder: folder.path, ...state })]);
    else await context.out.print(statusLines(folder, state));
  }
  return exitCodes.ok;
}

/** What the next step of a shard is called. */
const nextTexts: Readonly<Record<RunShard["next"], string>> = nextStepTexts;

function statusLines({ path }: RunFolder, { complete, cancelled, shards }: RunStatus): string[] {
  const rows = shards.map(({ requests, next, attempt, batches, settled }, index) => [
    { right: `${index + 1}/${shards.length}` },
    nextTexts[next],
    attempt > 1 ? `attempt ${attempt}` : "",
    { right: `${formatNumber(settled.succeeded)} of ${pluralize(requests, "request")} succeeded` },
    batches.at(-1) ?? "",
  ]);
  const state = complete ? "complete" : cancelled ? "cancelled" : "not complete";
  return [`${path}: ${state}`, ...table(rows)];
}

/** Adds `batchlight resume` to the program. */
export function addResume(program: Command): void {
  program
    .command("resume")
    .summary("continue a run")
    .description("Continues a run that was detached or interrupted, as the same batchlight run does.")
    .argument(...runArgument)
    .addOption(force())
    .addOption(json("print the report as JSON"))
    .addHelpText("after", examples(["batchlight resume results.jsonl", "continue a run and write its results"]))
    .action(
      runCommand(async (context: Context, values: Values, name: string | undefined) => {
        const folder = await findFolder(name);
        assertReportApart(folder, values.json === true, true);
        return runSession(context, folder, session(folder, values));
      }),
    );
}

const session = ({ path }: RunFolder, values: Values) => ({
  ...connectionFromEnv(),
  again: resumeCommand(path, values),
  force: values.force === true,
  json: values.json === true,
});

/** Adds `batchlight download` to the program. */
export function addDownload(program: Command): void {
  program
    .command("download")
    .summary("write the results of a run so far")
    .description(
      "Fetches the results of the batches that have ended, and writes the best result of each request that has one. " +
        "Sends no request again and waits for nothing.",
    )
    .argument(...runArgument)
    .addOption(to("output file, or - for standard output; default: that of the run, if it is complete"))
    .addOption(force())
    .addOption(json("print the report as JSON"))
    .addHelpText("after", examples(["batchlight download results.jsonl -o part.jsonl", "look at the first results"]))
    .action(runCommand(download));
}

async function download(context: Context, values: Values, name: string | undefined): Promise<number> {
  const folder = await findFolder(name);
  const { runStatus } = await loadRuns();
  if (values.to === undefined && !(await runStatus({ store: folderStore(folder.path) })).complete)
    throw new CliError("the run is not complete; use -o to write the partial results to a file");
  const output = values.to === undefined ? folder.output : values.to === standardStream ? undefined : values.to;
  assertReportApart({ ...folder, output }, values.json === true, true);
  // --force is about the file of the partial results, so the command that continues the run must not have it.
  const again = resumeCommand(folder.path);
  return runSession(context, { path: folder.path, output }, { ...session(folder, values), again, until: "now" });
}

/** Adds `batchlight cancel` to the program. */
export function addCancel(program: Command): void {
  program
    .command("cancel")
    .summary("cancel a run")
    .description(
      "Cancels the batches of a run; nothing more of it is sent. Batches need up to ten minutes to end. What they " +
        "had finished until then is kept: batchlight resume waits for it and writes it.",
    )
    .argument(...runArgument)
    .addHelpText("after", examples(["batchlight cancel results.jsonl", "cancel the run of this output file"]))
    .action(
      runCommand(async (context: Context, _: Values, name: string | undefined) => {
        const { path } = await findFolder(name);
        const { cancelRun, runStatus } = await loadRuns();
        const store = folderStore(path);
        if ((await runStatus({ store })).complete) {
          await context.log("the run is complete; there is nothing to cancel");
          return exitCodes.ok;
        }
        const { cancelling } = await cancelRun({ ...connectionFromEnv(), store });
        await context.log(
          `cancelled; ${pluralize(cancelling.length, "batch", "batches")} will end soon`,
          `for what they had finished: ${resumeCommand(path)}`,
        );
        return exitCodes.ok;
      }),
    );
}

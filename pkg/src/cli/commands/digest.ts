// `batchlight digest`: summarizes result files without their input.
import type { Command } from "commander";
import type { ResultsDigest } from "../api.js";
import { type Context, runCommand } from "../context.js";
import { exitCodes, withFileName } from "../exit.js";
import { jsonOf } from "../json.js";
import { examples, json } from "../options.js";
import {
  type IssueLists,
  causeLines,
  isEmpty,
  issueListLines,
  printIssueLists,
  usageLines,
} from "../results-summary.js";
import type { TerminalStream } from "../terminal-stream.js";
import { withInputs } from "../input-source.js";
import { table } from "../table.js";
import { formatNumber, pluralize } from "../../common/format.js";

/** Adds the command to the program. */
export function addDigest(program: Command): void {
  program
    .command("digest")
    .summary("summarize result files")
    .description(
      "Summarizes the results of a batch: succeeded, incomplete and failed requests, causes and token usage. Several " +
        "files are combined.",
    )
    .argument("<file...>", "output and error files, or - for standard input")
    .addOption(json("print the digest as JSON"))
    .addHelpText(
      "after",
      examples(
        ["batchlight digest output.jsonl error.jsonl", "summarize both files of a batch"],
        ["batchlight digest --json output.jsonl | jq .usage", "print the token usage as JSON"],
      ),
    )
    .action(runCommand(digest));
}

async function digest(context: Context, values: { readonly json?: true }, names: string[]): Promise<number> {
  const { api, out } = context;
  const title = names.length === 1 ? names[0]! : `${formatNumber(names.length)} files`;
  const bar = context.progressBar(`reading ${title}`);
  return withInputs(names, async (sources) => {
    const all = sources.map(({ bytes }) => bytes);
    const digested = await withFileName(title, () => api.digestResults(all, { onProgress: bar.onProgress })).finally(
      bar.clear,
    );
    if (values.json) await out.print([jsonOf(digested)]);
    else {
      await printIssueLists(out, listsOf(digested), () => sources);
      await out.print(digestLines(names.length === 1 ? sources[0]!.name : title, digested, out));
    }
    return digested.failed + digested.incomplete === 0 && isEmpty(listsOf(digested)) ? exitCodes.ok : exitCodes.issues;
  });
}

const listsOf = ({ malformed, withoutCustomId }: ResultsDigest): IssueLists => ({
  malformed,
  "missing custom_id": withoutCustomId,
});

function digestLines(title: string, digested: ResultsDigest, screen: TerminalStream): string[] {
  const { paint } = screen;
  const { lines, succeeded, incomplete, failed, statusCodes, causes, usage } = digested;
  return [
    `${paint(title, "bold")}: ${pluralize(lines, "line")}`,
    ...table([
      ["succeeded", { right: formatNumber(succeeded) }],
      ...(incomplete > 0 ? [["incomplete", { right: paint(formatNumber(incomplete), "red") }] as const] : []),
      ["failed", { right: failed > 0 ? paint(formatNumber(failed), "red") : "0" }],
    ]),
    ...(statusCodes.length > 0
      ? [
          "",
          paint("status codes", "bold"),
          ...table(
            statusCodes.map(({ statusCode, count: times }) => [String(statusCode), { right: formatNumber(times) }]),
          ),
        ]
      : []),
    ...causeLines(causes, screen),
    ...usageLines(usage, paint),
    ...issueListLines(listsOf(digested), paint),
  ];
}

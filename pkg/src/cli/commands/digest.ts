// batchlight digest: what does a results file say, alone?
import type { Command } from "commander";
import type { ResultsDigest } from "../api.js";
import { type Context, acting } from "../context.js";
import { exit, withFile } from "../exit.js";
import { jsonOf } from "../json.js";
import { examples, json } from "../options.js";
import { type Lists, causeLines, isEmpty, listLines, printLists, usageLines } from "../results-summary.js";
import type { Screen } from "../terminal-stream.js";
import { withSources } from "../input-source.js";
import { table } from "../table.js";
import { count, counted } from "../format.js";

/** Adds the command. */
export function addDigest(program: Command): void {
  program
    .command("digest")
    .summary("sum up output and error files")
    .description(
      "Sums up the results of a batch: what succeeded, what failed and why, and the tokens used. Several files are " +
        "taken together.",
    )
    .argument("<file...>", "output and error files of a batch; - is standard input")
    .addOption(json("print the digest as JSON, and nothing else"))
    .addHelpText(
      "after",
      examples(
        ["batchlight digest output.jsonl error.jsonl", "both files of a batch"],
        ["batchlight digest --json output.jsonl | jq .usage", "the tokens used, for programs"],
      ),
    )
    .action(acting(digest));
}

async function digest(context: Context, values: { readonly json?: true }, names: string[]): Promise<number> {
  const { api, out } = context;
  const title = names.length === 1 ? names[0]! : `${count(names.length)} files`;
  const bar = context.bar(`reading ${title}`);
  return withSources(names, async (sources) => {
    const all = sources.map(({ source }) => source);
    const found = await withFile(title, () => api.digestResults(all, { onProgress: bar.onProgress })).finally(
      bar.clear,
    );
    if (values.json) await out.print([jsonOf(found)]);
    else {
      await printLists(out, listsOf(found), () => sources);
      await out.print(digestLines(names.length === 1 ? sources[0]!.name : title, found, out));
    }
    return found.failed === 0 && isEmpty(listsOf(found)) ? exit.fine : exit.issues;
  });
}

const listsOf = ({ malformed, withoutCustomId }: ResultsDigest): Lists => ({
  malformed,
  "without a custom_id": withoutCustomId,
});

function digestLines(title: string, found: ResultsDigest, screen: Screen): string[] {
  const { paint } = screen;
  const { lines, succeeded, failed, statusCodes, causes, usage } = found;
  return [
    `${paint(title, "bold")}: ${counted(lines, "line")}`,
    ...table([
      ["succeeded", { right: count(succeeded) }],
      ["failed", { right: failed > 0 ? paint(count(failed), "red") : "0" }],
    ]),
    ...(statusCodes.length > 0
      ? [
          "",
          paint("status codes", "bold"),
          ...table(statusCodes.map(({ statusCode, count: times }) => [String(statusCode), { right: count(times) }])),
        ]
      : []),
    ...causeLines(causes, screen),
    ...usageLines(usage, paint),
    ...listLines(listsOf(found), paint),
  ];
}

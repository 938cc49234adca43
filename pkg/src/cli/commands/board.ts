// `batchlight board`: serves the board on this machine.
import type { Command } from "commander";
import { upstreamFromEnv } from "../board/upstream.js";
import { serveBoard } from "../board/serve.js";
import { type Context, runCommand } from "../context.js";
import { exitCodes } from "../exit.js";
import { examples, portNumber } from "../options.js";

/** Adds the command to the program. */
export function addBoard(program: Command): void {
  program
    .command("board")
    .summary("show your batches in a browser")
    .description(
      "Serves the board, a page that shows your batches and what each of them needs. This process sends requests to " +
        "OPENAI_BASE_URL with OPENAI_API_KEY; the key never reaches the browser. The page can send files, which your " +
        "account pays for, after you confirm it. Without a key, the board shows simulated batches.",
    )
    .option("-p, --port <number>", "port to listen on; 0 for any free port", portNumber, 4173)
    .option(
      "--host <address>",
      "address to listen on; other machines can open the board if they have the link",
      "127.0.0.1",
    )
    .option("--read-only", "refuse to send files and to cancel batches", false)
    .addHelpText(
      "after",
      examples(
        ["OPENAI_API_KEY=sk-... batchlight board", "show your batches"],
        ["batchlight board --read-only", "show them without changing anything"],
        ["batchlight board --port 0", "show simulated batches on any free port"],
      ),
    )
    .action(runCommand(board));
}

async function board(
  context: Context,
  { port, host, readOnly }: { readonly port: number; readonly host: string; readonly readOnly: boolean },
): Promise<number> {
  const upstream = upstreamFromEnv(process.env);
  const onNewUrl = (url: string): void => void context.out.print([`link for another browser: ${url}`]);
  const served = await serveBoard({ port, host, upstream, readOnly, onNewUrl });
  await context.out.print([`open ${served.url}`]);
  await context.log(
    upstream ? `showing batches from ${upstream.base.host}` : "OPENAI_API_KEY is not set; showing simulated batches",
    ...(served.exposed
      ? [
          "other machines can reach the board, without encryption; anyone with the link can view " +
            (readOnly ? "batches" : "and cancel batches, and send files"),
        ]
      : []),
    "the link works for one browser; press Ctrl-C to stop",
  );
  await served.closed;
  return exitCodes.ok;
}

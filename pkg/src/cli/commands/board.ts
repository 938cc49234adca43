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
    .summary("show your batches in a browser, live")
    .description(
      "Serves the board: a page with your batches, and what each of them needs. The API is asked by this process, at " +
        "OPENAI_BASE_URL with OPENAI_API_KEY: the page never gets the key. Without a key the batches are simulated, " +
        "and the page says so.",
    )
    .option("-p, --port <number>", "the port to listen on; 0 takes any that is free", portNumber, 4173)
    .option(
      "--host <address>",
      "the address to listen on; others can reach it then, if they have the printed address",
      "127.0.0.1",
    )
    .addHelpText(
      "after",
      examples(
        ["OPENAI_API_KEY=sk-... batchlight board", "your batches"],
        ["batchlight board --port 0", "simulated batches, on a free port"],
      ),
    )
    .action(runCommand(board));
}

async function board(
  context: Context,
  { port, host }: { readonly port: number; readonly host: string },
): Promise<number> {
  const upstream = upstreamFromEnv(process.env);
  const onNewUrl = (url: string): void => void context.out.print([`for another browser: ${url}`]);
  const served = await serveBoard({ port, host, upstream, onNewUrl });
  await context.out.print([`the board is at ${served.url}`]);
  await context.log(
    upstream
      ? `it shows the batches of ${upstream.base.host}`
      : "no OPENAI_API_KEY is set: the batches it shows are simulated",
    ...(served.exposed
      ? ["other machines can reach it, without encryption: whoever has the link can see and cancel these batches"]
      : []),
    "the link lets in one browser; stop the board with Ctrl+C",
  );
  await served.closed;
  return exitCodes.ok;
}

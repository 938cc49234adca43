// npm start: from a fresh clone to the board in a browser. Needs nothing installed but Rust (rustup), Node and npm.
import { spawn } from "node:child_process";
import { buildPackage } from "./build.mjs";
import { at, heading, main } from "./process.mjs";

await main(async () => {
  await buildPackage("start");
  heading("batchlight board");
  const child = spawn(process.execPath, [at("pkg", "dist", "cli.js"), "board", "--port", process.env.PORT ?? "4173"], {
    stdio: "inherit",
  });
  // Ctrl+C reaches both; whoever stops this process alone stops the board too.
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) process.on(signal, () => child.kill(signal));
  process.exitCode = await new Promise((resolve) => child.on("close", (code) => resolve(code ?? 1)));
});

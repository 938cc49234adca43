// npm start: installs what is missing, builds, and serves the board. Requires only Rust (by rustup), Node and npm.
import { spawn } from "node:child_process";
import { buildPackage } from "./build.mjs";
import { at, heading, main } from "./process.mjs";

await main(async () => {
  await buildPackage("start");
  heading("batchlight board");
  const child = spawn(process.execPath, [at("pkg", "dist", "cli.js"), "board", "--port", process.env.PORT ?? "4173"], {
    stdio: "inherit",
  });
  // Ctrl+C reaches both processes. A signal to this process alone is passed on to the board.
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) process.on(signal, () => child.kill(signal));
  process.exitCode = await new Promise((resolve) => child.on("close", (code) => resolve(code ?? 1)));
});

// npm start: from a fresh clone to the board in a browser. Needs nothing installed but Rust (rustup), Node and npm.
import { buildPackage } from "./build.mjs";
import { buildBoard, serveBoard } from "./board.mjs";
import { heading, main, say } from "./say.mjs";

await main(async () => {
  await buildPackage();
  await buildBoard();
  const { url } = await serveBoard(Number(process.env.PORT ?? 4173));
  heading(`the board is at ${url}`);
  say("stop it with Ctrl+C");
});

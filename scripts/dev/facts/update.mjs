// npm run facts:update: writes what the types of the newest installed `openai` package print as tables of the crate.
import { writeFileSync } from "node:fs";
import { at, isMain, main, run, print } from "../../process.mjs";
import { Declarations } from "./openai-types.mjs";
import { sourceOf, tablesOf } from "./tables.mjs";

/** The generated module. */
export const file = "src/model/openai_types.rs";

if (isMain(import.meta.url)) {
  await main(async () => {
    const declarations = new Declarations();
    writeFileSync(at(file), sourceOf(declarations.version, tablesOf(declarations)));
    await run("rustfmt", ["--edition", "2024", at(file)]);
    print(`wrote ${file} from openai ${declarations.version}`);
  });
}

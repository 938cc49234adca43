// Writes the TypeScript files that are generated from the tables of the crate: the fast validators and the constants.
// Names of fields, rules and statuses are written in Rust alone.
import { writeFileSync } from "node:fs";
import { at } from "../process.mjs";
import { catalogue, constants, filesBoundary } from "./constants.mjs";
import { exactValidator } from "./exact-validator.mjs";
import { fastRules } from "./fast-rules.mjs";
import { fastValidator } from "./fast-validator.mjs";
import { fieldReader } from "./field-reader.mjs";

const sources = {
  "fast-validator.ts": fastValidator,
  "exact-validator.ts": exactValidator,
  "fast-rules.ts": fastRules,
  "field-reader.ts": fieldReader,
  "facts.ts": constants,
  "catalogue.ts": catalogue,
  "files-boundary.ts": filesBoundary,
};
for (const [name, source] of Object.entries(sources)) writeFileSync(at("pkg", "generated", name), source);

// The schema is compiled ahead of time, so that the bundle contains only the generated code.
import { isValid } from "./ata-standalone.mjs";

export const check = (value) => isValid(value);

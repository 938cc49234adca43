// The schema is compiled ahead of time, so that the bundle contains only the generated code.
import validate from "./ajv-standalone.mjs";

export const check = (value) => validate(value);

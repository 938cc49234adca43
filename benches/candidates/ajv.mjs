// Compiled ahead of time: the bundle holds the generated check only.
import validate from "./ajv-standalone.mjs";

export const check = (value) => validate(value);

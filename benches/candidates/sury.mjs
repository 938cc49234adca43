import { fromJSONSchemaOrThrow, isInput } from "sury";
import { schema } from "./schema.mjs";

const compiled = fromJSONSchemaOrThrow(schema);

export const check = (value) => isInput(compiled, value);

import { Compile } from "typebox/compile";
import { schema } from "./schema.mjs";

const compiled = Compile(schema);

export const check = (value) => compiled.Check(value);

import { Validator } from "ata-validator";
import { schema } from "./schema.mjs";

const validator = new Validator(schema);

export const check = (value) => validator.isValidObject(value);

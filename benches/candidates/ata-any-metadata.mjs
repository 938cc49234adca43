// Checks less than isBatch does: any metadata is valid.
import { isValid } from "./ata-any-metadata-standalone.mjs";

export const check = (value) => isValid(value);

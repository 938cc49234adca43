// CommonJS gets the types of the CommonJS entry.
import batchlight = require("batchlight");
import slim = require("batchlight/slim");
import wasmFree = require("batchlight/js");

const batch: batchlight.ParsedBatch = batchlight.parseBatch(null);
const same: typeof batchlight.isBatch = wasmFree.isBatch;
slim.initSync(new Uint8Array());
void [batch, same];

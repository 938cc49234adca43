// CommonJS gets the types of the CommonJS entry.
import batchlight = require("batchlight");
import slim = require("batchlight/slim");
import twin = require("batchlight/js");

const batch: batchlight.ParsedBatch = batchlight.parseBatch(null);
const same: typeof batchlight.isBatch = twin.isBatch;
slim.initSync(new Uint8Array());
void [batch, same];

// batchlight/js/register: makes the elements, the watchers and the stores of the page use batchlight/js, for pages
// whose Content-Security-Policy forbids WebAssembly.
import { compareBatches, describeBatch, nextPoll } from "#js";
import { registerCore } from "../runtime/registered-core.js";

registerCore({ compareBatches, describeBatch, nextPoll });

import * as index from "batchlight";
import * as js from "batchlight/js";
import { workload } from "./workload.js";

const api = process.argv.includes("js") ? js : index;
console.log(await workload(api));

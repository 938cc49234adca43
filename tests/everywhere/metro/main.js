import * as api from "batchlight";
import { workload } from "./workload.js";

workload(api).then((text) => process.stdout.write(text));

import * as api from "batchlight";
import { workload } from "./workload.js";

export default {
  fetch: async () => new Response(await workload(api)),
};

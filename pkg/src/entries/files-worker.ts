// What runs in the workers that batchlight/worker starts.
import "../worker/script.js";

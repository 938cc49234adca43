import { useEffect } from "react";
import { BatchCard } from "batchlight/react";
import { workload } from "../../workload.js";

export function Job({ batch, now }) {
  useEffect(() => {
    import("batchlight").then(workload).then((result) => {
      globalThis.workload = result;
    });
  }, []);
  return <BatchCard batch={batch} now={now} timeZone="UTC" />;
}

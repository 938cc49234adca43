import { BatchCard } from "batchlight/react";
import { useEffect } from "react";
import { batch, now } from "../batch.js";
import { workload } from "../workload.js";

/** Runs on the server. */
export const loader = () => ({ batch, now });

export default function Page({ loaderData }) {
  useEffect(() => {
    import("batchlight").then(workload).then((result) => {
      globalThis.workload = result;
    });
  }, []);
  return <BatchCard batch={loaderData.batch} now={loaderData.now} timeZone="UTC" />;
}

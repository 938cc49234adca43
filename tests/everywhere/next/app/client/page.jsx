import { BatchCard } from "batchlight/react";
import { batch, now } from "../batch";

export default function Page() {
  return <BatchCard batch={batch} now={now} />;
}

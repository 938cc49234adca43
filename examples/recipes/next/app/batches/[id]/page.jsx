// A server component: it loads the batch, and its HTML shows the batch before any script runs.
import { client } from "../../../lib/client";
import { Job } from "./job";

export const dynamic = "force-dynamic";

export default async function Page({ params }) {
  const { id } = await params;
  const batch = await client.batches.retrieve(id);
  return (
    <main>
      <h1>Batch</h1>
      <Job initial={batch} now={Math.floor(Date.now() / 1000)} />
    </main>
  );
}

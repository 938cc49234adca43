import { client } from "../../../../lib/client";

export async function GET(_request, { params }) {
  const { id } = await params;
  // In your code: check here that the user may see this batch.
  return Response.json(await client.batches.retrieve(id));
}

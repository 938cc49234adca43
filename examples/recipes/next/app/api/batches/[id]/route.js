import OpenAI from "openai";
import { client } from "../../../../lib/client";

export async function GET(_request, { params }) {
  const { id } = await params;
  // In your code: check here that the user may see this batch.
  if (!/^[\w-]+$/.test(id)) return problem("expected the id of a batch", 400);
  try {
    return Response.json(await client.batches.retrieve(id));
  } catch (error) {
    if (!(error instanceof OpenAI.APIError)) throw error;
    // The status tells the page whether to try again. The message can contain details of your account.
    return problem("the batch could not be loaded", error.status ?? 502);
  }
}

const problem = (message, status) => Response.json({ error: { message } }, { status });

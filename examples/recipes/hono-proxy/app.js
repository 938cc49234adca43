// The client reads the key from the environment variable OPENAI_API_KEY. The page never receives it.
import { Hono } from "hono";
import OpenAI from "openai";

const client = new OpenAI();
const app = new Hono();

app.get("/api/batches/:id", async (context) => {
  const id = context.req.param("id");
  // In your code: check here that the user may see this batch.
  if (!/^[\w-]+$/.test(id)) return context.json({ error: { message: "expected the id of a batch" } }, 400);
  try {
    return context.json(await client.batches.retrieve(id));
  } catch (error) {
    if (!(error instanceof OpenAI.APIError)) throw error;
    // The status tells the page whether to try again. The message can contain details of your account.
    return context.json({ error: { message: "the batch could not be loaded" } }, error.status ?? 502);
  }
});

// Workers, Deno and Bun serve the default export. In Node: serve(app) of @hono/node-server.
export default app;

// The client reads the key from the environment variable OPENAI_API_KEY. The page never receives it.
import express from "express";
import OpenAI from "openai";

const client = new OpenAI();
const app = express();

app.get("/api/batches/:id", async (request, response) => {
  const { id } = request.params;
  // In your code: check here that the user may see this batch.
  if (!/^[\w-]+$/.test(id)) return response.status(400).json({ error: { message: "expected the id of a batch" } });
  try {
    response.json(await client.batches.retrieve(id));
  } catch (error) {
    if (!(error instanceof OpenAI.APIError)) throw error;
    // The status tells the page whether to try again. The message can contain details of your account.
    response.status(error.status ?? 502).json({ error: { message: "the batch could not be loaded" } });
  }
});

const server = app.listen(Number(process.env.PORT ?? 3000), "127.0.0.1", () => {
  console.log(`http://127.0.0.1:${server.address().port}`);
});

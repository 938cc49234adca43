import OpenAI from "openai";

// Only server components and routes import this file. The key is read from OPENAI_API_KEY.
export const client = new OpenAI();

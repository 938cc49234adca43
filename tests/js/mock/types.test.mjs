// Every response has the types of the newest official client: TypeScript checks the literals.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import ts from "typescript";
import { at } from "../../../scripts/process.mjs";
import { input, mock, quick } from "./support.mjs";

const { post, create, clock, get, upload } = mock();
const chat = { model: "gpt-4o-mini", messages: [{ role: "user", content: "hi" }] };
const tool = { name: "weather", parameters: { type: "object", properties: { city: { type: "string" } } } };
const tools = [{ type: "function", function: tool }];

/** Properties that the API sends and that the types do not declare. */
const undeclared = new Set(["store"]);

/**
 * The requests, each with the type of its response.
 *
 * @type {[string, string, object][]}
 */
const asked = [
  ["ChatCompletion", "chat/completions", chat],
  ["ChatCompletion", "chat/completions", { ...chat, n: 2, logprobs: true, top_logprobs: 2, max_tokens: 2 }],
  ["ChatCompletion", "chat/completions", { ...chat, tools, tool_choice: "required" }],
  ["ChatCompletion", "chat/completions", { ...chat, functions: [tool], function_call: { name: "weather" } }],
  ["ChatCompletion", "chat/completions", { ...chat, response_format: { type: "json_object" } }],
  ["Completion", "completions", { model: "gpt-3.5-turbo-instruct", prompt: ["a", "b"], logprobs: 2 }],
  ["Response", "responses", { model: "gpt-4o-mini", input: "hi" }],
  ["Response", "responses", { model: "gpt-4o-mini", input: "hi", max_output_tokens: 2 }],
  [
    "Response",
    "responses",
    { model: "gpt-4o-mini", input: "hi", tools: [{ type: "function", ...tool }], tool_choice: "required" },
  ],
  ["CreateEmbeddingResponse", "embeddings", { model: "text-embedding-3-small", input: "hi", dimensions: 4 }],
  ["ModerationCreateResponse", "moderations", { input: "hi" }],
  ["ImagesResponse", "images/generations", { model: "gpt-image-1", prompt: "a cat", quality: "low" }],
];

/** Where the types are declared. */
const modules = {
  ChatCompletion: "chat/completions/completions",
  Completion: "completions",
  Response: "responses/responses",
  CreateEmbeddingResponse: "embeddings",
  ModerationCreateResponse: "moderations",
  ImagesResponse: "images",
  Batch: "batches",
  FileObject: "files",
  Model: "models",
  Upload: "uploads/uploads",
  WebhookEndpointWithSecret: "webhooks/webhooks",
};

/** The problems that TypeScript reports for values, each with the name of its type. */
function problemsOf(values) {
  const path = at("tests", "js", "mock", "answers.generated.ts");
  const imports = Object.entries(modules).map(
    ([name, module]) => `import type { ${name} } from "openai7/resources/${module}";`,
  );
  const constants = values.map(([type, value], index) => {
    const json = JSON.stringify(value, (key, each) => (undeclared.has(key) ? undefined : each), 1);
    // The helper of the client adds it; the API does not send it.
    const declared = type === "Response" ? `Omit<Response, "output_text">` : type;
    return `export const value${index}: ${declared} = ${json};`;
  });
  const text = [...imports, ...constants].join("\n");
  /** @type {ts.CompilerOptions} */
  const options = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    types: ["node"],
    typeRoots: [join(at("node_modules"), "@types")],
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.getSourceFile = (name, ...rest) =>
    name === path ? ts.createSourceFile(name, text, ts.ScriptTarget.ES2022) : getSourceFile.call(host, name, ...rest);
  host.fileExists = (name) => name === path || fileExists.call(host, name);
  const program = ts.createProgram([path], options, host);
  return [...program.getSyntacticDiagnostics(), ...program.getSemanticDiagnostics()]
    .filter(({ file }) => file?.fileName === path)
    .map(
      ({ messageText, start }) =>
        `${text.slice(start, start + 60)}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
    );
}

test("every response is assignable to the official client's type", async () => {
  const values = [];
  for (const [type, path, request] of asked) {
    const { status, body } = await post(path, request);
    assert.equal(status, 200, JSON.stringify(body));
    values.push([type, body]);
  }
  const { body: file } = await upload(input(1));
  // The type does not declare null, which the API sends.
  values.push(["FileObject", Object.fromEntries(Object.entries(file).filter(([, value]) => value !== null))]);
  const batch = await create(input(2), { plan: quick });
  clock.advance(86_400);
  const { body: ended } = await get(`batches/${batch.id}`);
  values.push(["Batch", Object.fromEntries(Object.entries(ended).filter(([, value]) => value !== null))]);
  values.push(["Model", (await get("models/gpt-4o")).body]);
  const pending = { bytes: 1, filename: "a", mime_type: "text/plain", purpose: "user_data" };
  values.push(["Upload", (await post("uploads", pending)).body]);
  const endpoint = { name: "a", url: "https://a.test", event_types: ["batch.completed"] };
  values.push(["WebhookEndpointWithSecret", (await post("webhook_endpoints", endpoint)).body]);
  assert.deepEqual(problemsOf(values), []);
  // The check reports what is wrong.
  assert.match(
    problemsOf([["Model", { id: 7 }]]).join("\n"),
    /Type 'number' is not assignable to type 'string'|missing/,
  );
});

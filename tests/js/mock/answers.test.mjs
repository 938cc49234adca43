// Simulated answers honour what requests ask for: schemas, tools, numbers of choices, limits, formats.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { created, line, mock, quick } from "./support.mjs";

const { post, create, clock, get, text: download } = mock({ seed: 5 });
const messages = [{ role: "user", content: "Which colour does the sky have?" }];

/** The answer of an endpoint to a direct request. */
async function ask(endpoint, body) {
  const { status, body: answer } = await post(endpoint, { model: "gpt-4o-mini", ...body });
  assert.equal(status, 200, JSON.stringify(answer));
  return answer;
}
const chat = (more) => ask("chat/completions", { messages, ...more });
const respond = (more) => ask("responses", { input: "Which colour does the sky have?", ...more });

const strict = (properties, others = {}) => ({
  type: "object",
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
  ...others,
});

/** Schemas as strict mode allows them, and a few that it does not. */
const schemas = {
  "every type": strict({
    name: { type: "string" },
    age: { type: "integer", minimum: 18, maximum: 20 },
    score: { type: "number", exclusiveMinimum: 0, exclusiveMaximum: 1 },
    price: { type: "number", multipleOf: 0.05, minimum: 1, maximum: 2 },
    even: { type: "integer", multipleOf: 2, exclusiveMinimum: 2, exclusiveMaximum: 5 },
    active: { type: "boolean" },
    nothing: { type: "null" },
    maybe: { type: ["string", "null"] },
    colour: { type: "string", enum: ["red", "green", "blue"] },
    kind: { const: "answer" },
    tags: { type: "array", items: { type: "string" }, minItems: 2, maxItems: 4 },
  }),
  references: strict(
    { steps: { type: "array", items: { $ref: "#/$defs/step" } }, final: { $ref: "#/$defs/step" } },
    { $defs: { step: strict({ explanation: { type: "string" }, output: { type: "string" } }) } },
  ),
  recursion: strict({ value: { type: "string" }, children: { type: "array", items: { $ref: "#" } } }, {}),
  "a linked list": strict(
    { head: { $ref: "#/$defs/node" } },
    {
      $defs: {
        node: strict({ value: { type: "number" }, next: { anyOf: [{ $ref: "#/$defs/node" }, { type: "null" }] } }),
      },
    },
  ),
  alternatives: strict({
    item: {
      anyOf: [strict({ kind: { const: "user" }, name: { type: "string" } }), strict({ kind: { const: "place" } })],
    },
  }),
  strings: strict({
    short: { type: "string", maxLength: 3 },
    long: { type: "string", minLength: 200 },
    handle: { type: "string", pattern: "^@[a-zA-Z0-9_]+$" },
    plate: { type: "string", pattern: "^[A-Z]{1,3}-(?:\\d{2}|\\d{4}) ?[^a-z]$" },
    dotted: { type: "string", pattern: "^(foo|bar)\\.(baz)?\\w*$" },
  }),
  "all of, and optional properties": {
    allOf: [
      { type: "object", properties: { a: { type: "string" } }, required: ["a"] },
      { type: "object", properties: { b: { type: "integer" }, c: { type: "boolean" } }, required: ["b"] },
    ],
  },
  "other keywords": {
    type: "object",
    properties: {
      pair: { type: "array", prefixItems: [{ type: "string" }, { type: "number" }], items: false },
      distinct: { type: "array", items: { type: "integer", minimum: 1, maximum: 5 }, uniqueItems: true, minItems: 5 },
      byName: { type: "object", additionalProperties: { type: "number" } },
    },
    required: ["pair", "distinct", "byName", "other"],
  },
};

for (const [name, schema] of Object.entries(schemas)) {
  test(`an object that is valid by its schema: ${name}`, async () => {
    const isValid = new Ajv2020({ strict: false }).compile(schema);
    const check = (text) => {
      const value = JSON.parse(text);
      assert.ok(isValid(value), `${JSON.stringify(value)}: ${JSON.stringify(isValid.errors)}`);
    };
    for (let time = 0; time < 20; time++) {
      const answer = await chat({ response_format: { type: "json_schema", json_schema: { name: "it", schema } } });
      check(answer.choices[0].message.content);
      const { output } = await respond({ text: { format: { type: "json_schema", name: "it", schema } } });
      check(output[0].content[0].text);
    }
  });
}

/** Schemas of strict mode with random nesting. */
const { schema: anySchema } = fc.letrec((tie) => ({
  schema: fc.oneof(
    { maxDepth: 4 },
    fc.record({ type: fc.constantFrom("string", "integer", "number", "boolean", "null") }),
    fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 0, max: 20 })).map(([minimum, span]) => ({
      type: "integer",
      minimum,
      maximum: minimum + span,
    })),
    fc.array(fc.string({ maxLength: 5 }), { minLength: 1, maxLength: 3 }).map((values) => ({ enum: values })),
    fc.record({ type: fc.constant("array"), items: tie("schema"), minItems: fc.nat({ max: 3 }) }),
    fc.array(tie("schema"), { minLength: 1, maxLength: 3 }).map((anyOf) => ({ anyOf })),
    fc.dictionary(fc.string({ minLength: 1, maxLength: 5 }), tie("schema"), { maxKeys: 3 }).map((each) => strict(each)),
  ),
}));

test("any schema of strict mode has a valid answer", async () => {
  await fc.assert(
    fc.asyncProperty(anySchema, async (schema) => {
      const isValid = new Ajv2020({ strict: false }).compile(strict({ value: schema }));
      const format = { type: "json_schema", json_schema: { name: "it", schema: strict({ value: schema }) } };
      const { choices } = await chat({ response_format: format });
      return isValid(JSON.parse(choices[0].message.content));
    }),
    { numRuns: 200, seed: 1 },
  );
});

test("the same seed gives the same answers, and another seed others", async () => {
  const format = {
    response_format: { type: "json_schema", json_schema: { name: "it", schema: schemas["every type"] } },
  };
  const first = async (seed) =>
    (await mock({ seed }).post("chat/completions", { model: "gpt-4o-mini", messages, ...format })).body;
  assert.deepEqual(await first(3), await first(3));
  assert.notDeepEqual((await first(3)).choices, (await first(4)).choices);
});

test("json_object is an object", async () => {
  const { choices } = await chat({ response_format: { type: "json_object" } });
  assert.equal(typeof JSON.parse(choices[0].message.content), "object");
});

const weather = {
  name: "weather",
  parameters: strict({ city: { type: "string" }, days: { type: "integer", minimum: 1 } }),
};
const clockTool = { name: "time", parameters: strict({ zone: { enum: ["UTC"] } }) };
const isWeather = new Ajv2020().compile(weather.parameters);

test("chat: a required tool is called with valid arguments, a named one is that one", async () => {
  const tools = [weather, clockTool].map((each) => ({ type: "function", function: each }));
  const call = async (tool_choice, others = {}) => (await chat({ tools, tool_choice, ...others })).choices[0];
  const required = await call("required");
  assert.deepEqual([required.finish_reason, required.message.content], ["tool_calls", null]);
  const [{ id, type, function: called }] = required.message.tool_calls;
  assert.match(id, /^call_\w{24}$/);
  assert.deepEqual([type, called.name, isWeather(JSON.parse(called.arguments))], ["function", "weather", true]);
  const named = await call({ type: "function", function: { name: "time" } });
  assert.deepEqual(JSON.parse(named.message.tool_calls[0].function.arguments), { zone: "UTC" });
  const allowed = { mode: "required", tools: [{ type: "function", function: { name: "time" } }] };
  const chosen = await call({ type: "allowed_tools", allowed_tools: allowed });
  assert.equal(chosen.message.tool_calls[0].function.name, "time");
  for (const choice of ["auto", "none", undefined]) assert.equal((await call(choice)).message.tool_calls, undefined);
  const legacy = (await chat({ functions: [weather], function_call: { name: "weather" } })).choices[0];
  assert.equal(legacy.finish_reason, "function_call");
  assert.ok(isWeather(JSON.parse(legacy.message.function_call.arguments)));
  const custom = [{ type: "custom", custom: { name: "code" } }];
  const { message } = await call("required", { tools: custom });
  assert.deepEqual([message.tool_calls[0].type, message.tool_calls[0].custom.name], ["custom", "code"]);
});

test("responses: a required tool is called with valid arguments", async () => {
  const tools = [weather, clockTool].map((each) => ({ type: "function", ...each }));
  const { output, tools: repeated } = await respond({ tools, tool_choice: "required" });
  assert.deepEqual([output[0].type, output[0].name, output[0].status], ["function_call", "weather", "completed"]);
  assert.ok(isWeather(JSON.parse(output[0].arguments)));
  assert.equal(repeated[0].strict, true);
  const named = await respond({ tools, tool_choice: { type: "function", name: "time" } });
  assert.equal(named.output[0].name, "time");
});

test("n choices, and n for each prompt", async () => {
  const { choices, usage } = await chat({ n: 3 });
  assert.deepEqual(
    choices.map(({ index }) => index),
    [0, 1, 2],
  );
  assert.equal(usage.total_tokens, usage.prompt_tokens + usage.completion_tokens);
  const completions = await ask("completions", { model: "gpt-3.5-turbo-instruct", prompt: ["one", "two"], n: 2 });
  assert.deepEqual(
    completions.choices.map(({ index, text }) => [index, text.split(" ").at(-1)]),
    [
      [0, "one"],
      [1, "one"],
      [2, "two"],
      [3, "two"],
    ],
  );
  const echoed = await ask("completions", { model: "gpt-3.5-turbo-instruct", prompt: "one ", echo: true });
  assert.ok(echoed.choices[0].text.startsWith("one Simulated answer"));
});

test("limits of tokens cut answers and say so", async () => {
  for (const limit of ["max_tokens", "max_completion_tokens"]) {
    const { choices, usage } = await chat({ [limit]: 3 });
    assert.deepEqual([choices[0].finish_reason, usage.completion_tokens], ["length", 3]);
    assert.ok(choices[0].message.content.length > 0);
  }
  const cut = await respond({ max_output_tokens: 3 });
  assert.deepEqual(
    [cut.status, cut.incomplete_details, cut.output[0].status, cut.usage.output_tokens],
    ["incomplete", { reason: "max_output_tokens" }, "incomplete", 3],
  );
  assert.equal((await chat({ max_tokens: 1000 })).choices[0].finish_reason, "stop");
  assert.equal((await respond({ max_output_tokens: 1000 })).status, "completed");
});

test("stop sequences end the answer before them", async () => {
  const { choices } = await chat({ stop: ["answer", "sky"] });
  assert.deepEqual([choices[0].message.content, choices[0].finish_reason], ["Simulated ", "stop"]);
  const { choices: others } = await ask("completions", { prompt: "hi", stop: " to" });
  assert.equal(others[0].text, "Simulated answer");
});

test("log probabilities: one for each token, the most likely ones first", async () => {
  const { choices, usage } = await chat({ logprobs: true, top_logprobs: 2 });
  const { content } = choices[0].logprobs;
  assert.equal(content.map(({ token }) => token).join(""), choices[0].message.content);
  assert.equal(content.length, usage.completion_tokens);
  for (const { token, logprob, bytes, top_logprobs } of content) {
    assert.equal(Buffer.from(bytes).toString(), token);
    assert.deepEqual([top_logprobs.length, top_logprobs[0].logprob], [2, logprob]);
  }
  assert.equal((await chat({})).choices[0].logprobs, null);
  const legacy = (await ask("completions", { prompt: "hi", logprobs: 1 })).choices[0];
  assert.equal(legacy.logprobs.tokens.join(""), legacy.text);
  assert.equal(legacy.logprobs.text_offset.at(-1) + legacy.logprobs.tokens.at(-1).length, legacy.text.length);
  const { output } = await respond({ include: ["message.output_text.logprobs"], top_logprobs: 1 });
  assert.equal(output[0].content[0].logprobs.map(({ token }) => token).join(""), output[0].content[0].text);
});

test("embeddings: dimensions, several inputs, and base64", async () => {
  const embed = (more) => ask("embeddings", { model: "text-embedding-3-small", input: ["a", "b"], ...more });
  const { data } = await embed({ dimensions: 12 });
  assert.deepEqual(
    data.map(({ index, embedding }) => [index, embedding.length]),
    [
      [0, 12],
      [1, 12],
    ],
  );
  assert.ok(Math.abs(Math.hypot(...data[0].embedding) - 1) < 1e-6);
  const encoded = (await embed({ dimensions: 12, encoding_format: "base64" })).data[0].embedding;
  assert.equal(Buffer.from(encoded, "base64").length, 12 * 4);
});

test("moderations of texts and images, and images by number and format", async () => {
  const { results } = await ask("moderations", { model: undefined, input: ["a", "b"] });
  assert.equal(results.length, 2);
  const parts = [
    { type: "text", text: "a" },
    { type: "image_url", image_url: { url: "https://example.com/a.png" } },
  ];
  const both = await ask("moderations", { model: "omni-moderation-latest", input: parts });
  assert.equal(both.results.length, 1);
  assert.deepEqual(both.results[0].category_applied_input_types.violence, ["text", "image"]);
  const images = await ask("images/generations", { model: "gpt-image-1", prompt: "a cat", n: 2, size: "1024x1024" });
  assert.deepEqual([images.data.length, images.size, "b64_json" in images.data[0]], [2, "1024x1024", true]);
  const linked = await ask("images/generations", { model: "dall-e-3", prompt: "a cat", response_format: "url" });
  assert.ok((await fetch(linked.data[0].url)).ok);
});

test("a line of a batch gets the response of a direct request, and the usage of the batch is the sum", async () => {
  const schema = schemas["every type"];
  const format = { type: "json_schema", json_schema: { name: "it", schema } };
  const body = { model: "gpt-4o-mini", messages, response_format: format };
  const lines = ["a", "b", "c"].map((id) => line(id, { body })).join("\n");
  const { id } = await create(
    `${lines}\n${line("cut", { body: { model: "gpt-4o-mini", messages, max_tokens: 2 } })}\n`,
    {
      plan: quick,
    },
  );
  clock.advance(86_400);
  const { body: batch } = await get(`batches/${id}`);
  const answers = (await download(batch.output_file_id))
    .trimEnd()
    .split("\n")
    .map((each) => JSON.parse(each));
  const isValid = new Ajv2020({ strict: false }).compile(schema);
  for (const { custom_id, response } of answers) {
    const { content } = response.body.choices[0].message;
    if (custom_id === "cut") assert.equal(response.body.choices[0].finish_reason, "length");
    else assert.ok(isValid(JSON.parse(content)));
    assert.ok(response.body.created >= created);
  }
  const sum = (name) => answers.reduce((all, { response }) => all + response.body.usage[name], 0);
  assert.deepEqual(
    [batch.usage.input_tokens, batch.usage.output_tokens, batch.usage.total_tokens],
    [sum("prompt_tokens"), sum("completion_tokens"), sum("total_tokens")],
  );
});

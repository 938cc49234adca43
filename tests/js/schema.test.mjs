// The schema, used by libraries that accept a Standard Schema, and its JSON Schema, used by ajv.
import assert from "node:assert/strict";
import { test } from "node:test";
import { asSchema } from "@ai-sdk/provider-utils";
import { sValidator } from "@hono/standard-validator";
import { getDotPath, SchemaError } from "@standard-schema/utils";
import { FormApi } from "@tanstack/form-core";
import { Ajv } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import { Hono } from "hono";
import { batchSchema, createBatchSchema, profiles, safeParseBatch } from "./both.mjs";
import { batchWith, created, errorsIn, rows, codesOf } from "./support.mjs";

const broken = batchWith({ status: "failed", created_at: "soon", errors: { data: [{ line: 1 }, { code: 7 }] } });

test("the schema implements both standards, synchronously", () => {
  const standard = batchSchema["~standard"];
  assert.deepEqual([standard.version, standard.vendor], [1, "batchlight"]);
  assert.deepEqual(standard.validate(batchWith({ model: null })), { value: batchWith() });
  const { issues, value } = standard.validate(broken);
  assert.equal(value, undefined);
  const errors = errorsIn(safeParseBatch(broken).issues);
  assert.deepEqual(
    issues,
    errors.map(({ message, path }) => ({ message, path })),
  );
  assert.ok(issues.length >= 2);
});

test("warnings and notes do not fail validation", () => {
  const odd = batchWith({ expires_at: created, model: null });
  assert.ok(safeParseBatch(odd).issues.length >= 2);
  assert.deepEqual(batchSchema["~standard"].validate(odd).issues, undefined);
});

test("the schema accepts objects, not JSON", () => {
  for (const text of [JSON.stringify(batchWith()), new TextEncoder().encode(JSON.stringify(batchWith()))]) {
    const { issues } = batchSchema["~standard"].validate(text);
    assert.deepEqual(issues, [
      { message: "expected a batch object, found a string: parse it as JSON first", path: [] },
    ]);
  }
});

test("each profile has its own schema, and an unknown profile is a RangeError", () => {
  for (const { name: profile } of profiles) {
    const schema = createBatchSchema({ profile });
    for (const { batch } of rows)
      assert.equal(
        schema["~standard"].validate(batch).issues === undefined,
        safeParseBatch(batch, { profile }).success,
      );
  }
  assert.throws(() => createBatchSchema({ profile: "nobody" })["~standard"].validate(batchWith()), {
    name: "RangeError",
  });
});

test("@standard-schema/utils: the error has the path in dot notation", () => {
  const { issues } = batchSchema["~standard"].validate(broken);
  const error = new SchemaError(issues);
  assert.equal(error.message, issues[0].message);
  assert.ok(error.issues.map(getDotPath).includes("errors.data.1.code"));
});

test("hono: a route that accepts batches only", async () => {
  const app = new Hono().post("/hook", sValidator("json", batchSchema), (context) =>
    context.json(context.req.valid("json")),
  );
  const post = (body) =>
    app.request("/hook", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  const taken = await post(batchWith({ model: null, own: 1 }));
  assert.equal(taken.status, 200);
  assert.deepEqual(await taken.json(), batchWith({ own: 1 }));
  const refused = await post(broken);
  assert.equal(refused.status, 400);
  assert.match(JSON.stringify(await refused.json()), /errors\.data\[1\]\.code/);
});

test("TanStack Form: a form whose value is a batch", async () => {
  const formOf = (defaultValues) => {
    const form = new FormApi({ defaultValues, validators: { onSubmit: batchSchema } });
    form.mount();
    return form;
  };
  const good = formOf(batchWith());
  await good.handleSubmit();
  assert.equal(good.state.isSubmitted, true);
  const bad = formOf(batchWith({ id: 7 }));
  await bad.handleSubmit();
  assert.equal(bad.state.canSubmit, false);
  assert.match(JSON.stringify(bad.state.errors), /expected a string, found number 7 at id/);
});

test("the AI SDK: a schema for a tool's input, with its JSON Schema", async () => {
  const schema = asSchema(batchSchema);
  assert.deepEqual((await schema.jsonSchema).properties.status.enum.length, 8);
  assert.deepEqual(await schema.validate(batchWith({ model: null })), { success: true, value: batchWith() });
  const result = await schema.validate(broken);
  assert.equal(result.success, false);
  const { error } = /** @type {{ error: Error }} */ (result);
  assert.match(String(error.message ?? error), /expected Unix seconds as an integer/);
});

const dialects = {
  "draft-07": () => new Ajv({ allErrors: true, strict: true, allowUnionTypes: true }),
  "draft-2020-12": () => new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }),
};

for (const [target, ajv] of Object.entries(dialects)) {
  const { input, output } = batchSchema["~standard"].jsonSchema;

  test(`${target}: ajv compiles the schema in strict mode, and agrees with safeParseBatch`, () => {
    const [takes, gives] = [ajv().compile(input({ target })), ajv().compile(output({ target }))];
    let refused = 0;
    for (const { name, batch } of rows) {
      const result = safeParseBatch(batch);
      // The schema cannot express that an empty string is accepted in place of any optional field.
      const empty = Object.values(batch).includes("");
      if (!empty)
        assert.equal(
          takes(batch),
          result.success,
          `${name}: ${JSON.stringify(takes.errors)} ${codesOf(errorsIn(result.issues))}`,
        );
      if (result.success) assert.ok(gives(result.data), `${name}: ${JSON.stringify(gives.errors)}`);
      if (Object.values(batch).includes(null)) assert.equal(gives(batch), false, `${name}: a null went out`);
      refused += result.success ? 0 : 1;
    }
    assert.ok(refused > 5);
  });

  test(`${target}: parsed batches of every profile match the output schema`, () => {
    const gives = ajv().compile(output({ target }));
    for (const { name, batch, profile } of rows) {
      const result = safeParseBatch(batch, { profile });
      if (result.success) assert.ok(gives(result.data), `${name}: ${JSON.stringify(gives.errors)}`);
    }
  });
}

test("each schema names its version, and OpenAPI has its own notation for null", () => {
  const { input, output } = batchSchema["~standard"].jsonSchema;
  assert.equal(input({ target: "draft-07" }).$schema, "http://json-schema.org/draft-07/schema#");
  assert.equal(input({ target: "draft-2020-12" }).$schema, "https://json-schema.org/draft/2020-12/schema");
  const openapi = input({ target: "openapi-3.0" });
  assert.equal(openapi.$schema, undefined);
  const text = JSON.stringify(openapi);
  assert.doesNotMatch(text, /"const"|"null"|"type":\[/);
  assert.deepEqual(openapi.properties.model, { type: "string", nullable: true });
  assert.doesNotMatch(JSON.stringify(output({ target: "openapi-3.0" })), /nullable/);
});

test("an unknown target is a RangeError, as the standard requires", () => {
  const { input, output } = batchSchema["~standard"].jsonSchema;
  for (const target of ["draft-04", "", "__proto__", "constructor", "toString", undefined]) {
    for (const write of [input, output])
      assert.throws(() => write({ target }), { name: "RangeError", message: /^expected target to be one of draft-/ });
  }
});

test("each call returns a new JSON Schema", () => {
  const { input } = batchSchema["~standard"].jsonSchema;
  input({ target: "draft-07" }).properties.status.enum.length = 0;
  assert.equal(input({ target: "draft-07" }).properties.status.enum.length, 8);
});

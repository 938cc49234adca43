// The schema of a batch, for libraries that take any Standard Schema, and as JSON Schema.
import type { Batch } from "../../generated/types.js";
import { type MemberInfo, objectName, statuses } from "../../generated/facts.js";
import { isBytes, profileOf } from "./input.js";
import { members } from "./field-table.js";
import { parsePlainly, safeParseBatch } from "./parse.js";
import type { ParsedBatch, ReadOptions } from "./types.js";

/** A JSON Schema, as a plain object. */
export type JsonSchema = Record<string, unknown>;

/** What is asked of a JSON Schema: the dialect to write. */
export interface JsonSchemaOptions {
  /** `draft-2020-12`, `draft-07` or `openapi-3.0`. */
  readonly target: string;
}

/** One problem, as Standard Schema has it. */
export interface SchemaIssue {
  /** The whole of it in one line. */
  readonly message: string;
  /** Where, as keys and indexes from the top. */
  readonly path: readonly (string | number)[];
}

/** What a schema answers, as Standard Schema has it. */
export type SchemaResult =
  | {
      /** The batch. */
      readonly value: ParsedBatch;
      /** None: it is a batch. */
      readonly issues?: undefined;
    }
  | {
      /** Every error. */
      readonly issues: readonly SchemaIssue[];
    };

/** A schema of a batch: Standard Schema version 1 and Standard JSON Schema version 1 in one object. */
export interface BatchSchema {
  /** What the two specifications ask for. */
  readonly "~standard": {
    /** The version of the specifications. */
    readonly version: 1;
    /** Who made it. */
    readonly vendor: "batchlight";
    /** Checks a value: the batch, or every error. */
    readonly validate: (value: unknown) => SchemaResult;
    /** The schema as JSON Schema. */
    readonly jsonSchema: {
      /** Of what may come in, nulls included. */
      readonly input: (options: JsonSchemaOptions) => JsonSchema;
      /** Of what goes out. */
      readonly output: (options: JsonSchemaOptions) => JsonSchema;
    };
    /** The types that go in and out; there is no value. */
    readonly types?: {
      /** What goes in. */
      readonly input: Batch;
      /** What goes out. */
      readonly output: ParsedBatch;
    };
  };
}

/**
 * A schema that reads by a profile; {@link batchSchema} is the one for OpenAI.
 *
 * @example
 * import { createBatchSchema } from "batchlight";
 * const azure = createBatchSchema({ profile: "azure" });
 * console.log(azure["~standard"].vendor); // batchlight
 */
export function createBatchSchema(options?: ReadOptions): BatchSchema {
  return { "~standard": { ...batchSchema["~standard"], validate: (value) => validate(value, options) } };
}

/** The schema of a batch as OpenAI sends it, for every library that takes a Standard Schema. */
export const batchSchema: BatchSchema = {
  // A literal, and no call: importing the package runs nothing, and bundlers drop what is not used.
  "~standard": {
    version: 1,
    vendor: "batchlight",
    validate: (value) => validate(value),
    jsonSchema: {
      input: ({ target }) => jsonSchema(target, true),
      output: ({ target }) => jsonSchema(target, false),
    },
  },
};

function validate(value: unknown, options?: ReadOptions): SchemaResult {
  if (typeof value === "string" || isBytes(value)) return { issues: [{ message: textMessage, path: [] }] };
  profileOf(options);
  const plain = parsePlainly(value);
  if (plain !== undefined) return { value: plain };
  const result = safeParseBatch(value, options);
  if (result.success) return { value: result.data };
  const errors = result.issues.filter(({ level }) => level === "error");
  return { issues: errors.map(({ message, path }) => ({ message, path })) };
}

const textMessage = "expected a batch object, found text: parse it as JSON first";

const dialects: Readonly<Record<string, string | undefined>> = {
  "draft-2020-12": "https://json-schema.org/draft/2020-12/schema",
  "draft-07": "http://json-schema.org/draft-07/schema#",
  "openapi-3.0": undefined,
};

function jsonSchema(target: string, nulls: boolean): JsonSchema {
  if (!Object.hasOwn(dialects, target)) {
    throw new RangeError(
      `expected target to be one of ${Object.keys(dialects).join(", ")}, found ${JSON.stringify(target)}`,
    );
  }
  const dialect = dialects[target];
  const draft = new Dialect(target === "openapi-3.0", nulls);
  return { ...(dialect !== undefined && { $schema: dialect }), title: "Batch", ...draft.object(null) };
}

/** Writes the member table as JSON Schema. */
class Dialect {
  constructor(
    private readonly openapi: boolean,
    private readonly nulls: boolean,
  ) {}

  object(parent: number | null): JsonSchema {
    const own = [...members().rows.entries()].filter(([, member]) => member.parent === parent);
    const required = own.filter(([, member]) => member.required).map(([, { name }]) => name);
    const properties = Object.fromEntries(own.map(([index, member]) => [member.name, this.#member(index, member)]));
    return { type: "object", properties, ...(required.length > 0 && { required }) };
  }

  #member(index: number, member: MemberInfo): JsonSchema {
    const schema = this.#kind(index, member);
    return this.nulls && !member.required ? this.#orNull(schema) : schema;
  }

  #kind(index: number, { name, kind, parent }: MemberInfo): JsonSchema {
    switch (kind) {
      case "text":
        return { type: "string" };
      case "atom":
        return parent === null && name === "status"
          ? { type: "string", enum: [...statuses] }
          : this.#constant(name, parent);
      case "stamp":
      case "count":
        return { type: "integer", minimum: 0 };
      case "struct":
        return this.object(index);
      case "entries":
        return { type: "array", items: this.object(index) };
      case "pairs":
        // Its limits are warnings, so a schema that refuses what is beyond them would refuse what parseBatch takes.
        return { type: "object", additionalProperties: { type: "string" } };
    }
  }

  #constant(name: string, parent: number | null): JsonSchema {
    if (parent !== null || name !== "object") return { type: "string" };
    return this.openapi ? { type: "string", enum: [objectName] } : { type: "string", const: objectName };
  }

  #orNull(schema: JsonSchema): JsonSchema {
    if (this.openapi) return { ...schema, nullable: true };
    return { ...schema, type: [schema.type, "null"] };
  }
}

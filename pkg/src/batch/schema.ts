// The schema of a batch: as a Standard Schema for the libraries that accept one, and as JSON Schema.
import { type FieldInfo, objectName, statuses } from "../../generated/facts.js";
import { parseFast } from "./fast-path.js";
import { fieldTable } from "./field-table.js";
import { isBytes, profileIndex } from "./input.js";
import { safeParseBatch } from "./parse.js";
import type { NullableBatch, ParsedBatch, ReadOptions } from "./types.js";

/** A JSON Schema, as a plain object. */
export type JsonSchema = Record<string, unknown>;

/**
 * The versions of JSON Schema that can be written:
 * - `draft-2020-12`: JSON Schema 2020-12
 * - `draft-07`: JSON Schema draft 7
 * - `openapi-3.0`: the schema object of OpenAPI 3.0
 */
export type JsonSchemaTarget = "draft-2020-12" | "draft-07" | "openapi-3.0";

/** Options of the JSON Schema functions, as Standard JSON Schema defines them. */
export interface JsonSchemaOptions {
  /**
   * The version of JSON Schema. The specification requires that any string is accepted by the type; an unknown one is a
   * RangeError.
   */
  readonly target: JsonSchemaTarget | (string & {});
}

/** An issue, as Standard Schema defines it. */
export interface SchemaIssue {
  /** The issue in one line. */
  readonly message: string;
  /** The path to the invalid value: keys and indexes, outermost first. */
  readonly path: readonly (string | number)[];
}

/** The result of validation, as Standard Schema defines it. */
export type SchemaResult =
  | {
      /** The batch. */
      readonly value: ParsedBatch;
      /** Absent: the value is a batch. */
      readonly issues?: undefined;
    }
  | {
      /** Every error. */
      readonly issues: readonly SchemaIssue[];
    };

/** The schema of a batch: a Standard Schema and a Standard JSON Schema, both of version 1. */
export interface BatchSchema {
  /** The properties that the two specifications define. */
  readonly "~standard": {
    /** The version of the specifications. */
    readonly version: 1;
    /** The name of this package. */
    readonly vendor: "batchlight";
    /** Validates a value: returns the batch, or every error. */
    readonly validate: (value: unknown) => SchemaResult;
    /** Writes the schema as JSON Schema. */
    readonly jsonSchema: {
      /** The schema of the input, whose optional fields may be null. */
      readonly input: (options: JsonSchemaOptions) => JsonSchema;
      /** The schema of the output. */
      readonly output: (options: JsonSchemaOptions) => JsonSchema;
    };
    /** The types of input and output. Never set: it exists for type inference only. */
    readonly types?: {
      /** The type of a valid input. */
      readonly input: NullableBatch;
      /** The type of the output. */
      readonly output: ParsedBatch;
    };
  };
}

/**
 * Creates a schema for a profile. {@link batchSchema} is the schema for OpenAI.
 *
 * @example
 * import { createBatchSchema } from "batchlight";
 * const azure = createBatchSchema({ profile: "azure" });
 * console.log(azure["~standard"].vendor); // batchlight
 */
export function createBatchSchema(options?: ReadOptions): BatchSchema {
  return { "~standard": { ...batchSchema["~standard"], validate: (value) => validate(value, options) } };
}

/** The schema of a batch as OpenAI sends it, for every library that accepts a Standard Schema. */
export const batchSchema: BatchSchema = {
  // A literal instead of a call, so that importing the package runs no code and bundlers can drop it.
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
  if (typeof value === "string" || isBytes(value)) return { issues: [{ message: stringMessage, path: [] }] };
  profileIndex(options);
  const batch = parseFast(value);
  if (batch !== undefined) return { value: batch };
  const result = safeParseBatch(value, options);
  if (result.success) return { value: result.data };
  const errors = result.issues.filter(({ level }) => level === "error");
  return { issues: errors.map(({ message, path }) => ({ message, path })) };
}

const stringMessage = "expected a batch object, found a string: parse it as JSON first";

/** The URI of each version of JSON Schema, for `$schema`. OpenAPI has none. */
const dialects: Readonly<Record<JsonSchemaTarget, string | undefined>> = {
  "draft-2020-12": "https://json-schema.org/draft/2020-12/schema",
  "draft-07": "http://json-schema.org/draft-07/schema#",
  "openapi-3.0": undefined,
};

const isTarget = (target: string): target is JsonSchemaTarget => Object.hasOwn(dialects, target);

function jsonSchema(target: string, allowsNull: boolean): JsonSchema {
  if (!isTarget(target)) {
    throw new RangeError(
      `expected target to be one of ${Object.keys(dialects).join(", ")}, found ${JSON.stringify(target)}`,
    );
  }
  const dialect = dialects[target];
  const writer = new SchemaWriter(target === "openapi-3.0", allowsNull);
  return { ...(dialect !== undefined && { $schema: dialect }), title: "Batch", ...writer.object(null) };
}

/** Writes the field table as JSON Schema. */
class SchemaWriter {
  constructor(
    private readonly isOpenApi: boolean,
    private readonly allowsNull: boolean,
  ) {}

  object(parent: number | null): JsonSchema {
    const fields = [...fieldTable().rows.entries()].filter(([, field]) => field.parent === parent);
    const required = fields.filter(([, field]) => field.required).map(([, { name }]) => name);
    const properties = Object.fromEntries(fields.map(([row, field]) => [field.name, this.#field(row, field)]));
    return { type: "object", properties, ...(required.length > 0 && { required }) };
  }

  #field(row: number, field: FieldInfo): JsonSchema {
    const schema = this.#kind(row, field);
    return this.allowsNull && !field.required ? this.#orNull(schema) : schema;
  }

  #kind(row: number, { name, kind, parent }: FieldInfo): JsonSchema {
    switch (kind) {
      case "string":
        return { type: "string" };
      case "interned":
        return parent === null && name === "status"
          ? { type: "string", enum: [...statuses] }
          : this.#constant(name, parent);
      case "timestamp":
      case "count":
        return { type: "integer", minimum: 0 };
      case "object":
        return this.object(row);
      case "errors":
        return { type: "array", items: this.object(row) };
      case "pairs":
        // Exceeding the limits of metadata is a warning, so a schema with limits would reject what parseBatch accepts.
        return { type: "object", additionalProperties: { type: "string" } };
    }
  }

  #constant(name: string, parent: number | null): JsonSchema {
    if (parent !== null || name !== "object") return { type: "string" };
    return this.isOpenApi ? { type: "string", enum: [objectName] } : { type: "string", const: objectName };
  }

  #orNull(schema: JsonSchema): JsonSchema {
    if (this.isOpenApi) return { ...schema, nullable: true };
    return { ...schema, type: [schema.type, "null"] };
  }
}

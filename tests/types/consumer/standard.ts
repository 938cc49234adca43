// The schema is a Standard Schema and a Standard JSON Schema by the specification's own types.
import type { StandardJSONSchemaV1, StandardSchemaV1 } from "@standard-schema/spec";
import { batchSchema, createBatchSchema, type NullableBatch, type ParsedBatch } from "batchlight";
import { type Equal, proved } from "./equal.js";

const schema: StandardSchemaV1<NullableBatch, ParsedBatch> = batchSchema;
const jsonSchema: StandardJSONSchemaV1<NullableBatch, ParsedBatch> = batchSchema;
const loose: StandardSchemaV1 & StandardJSONSchemaV1 = createBatchSchema({ profile: "azure" });

proved<Equal<StandardSchemaV1.InferInput<typeof batchSchema>, NullableBatch>>();
proved<Equal<StandardSchemaV1.InferOutput<typeof batchSchema>, ParsedBatch>>();

/** Validates by any schema, as libraries do. */
function takes<Schema extends StandardSchemaV1>(given: Schema): StandardSchemaV1.InferOutput<Schema> | undefined {
  const answer = given["~standard"].validate(null);
  return answer instanceof Promise || answer.issues
    ? undefined
    : (answer.value as StandardSchemaV1.InferOutput<Schema>);
}
const batch: ParsedBatch | undefined = takes(batchSchema);
void [schema, jsonSchema, loose, batch];

// The schema is a Standard Schema and a Standard JSON Schema, as the specification's own types have them.
import type { StandardJSONSchemaV1, StandardSchemaV1 } from "@standard-schema/spec";
import { type Batch, batchSchema, createBatchSchema, type ParsedBatch } from "batchlight";
import { type Equal, proved } from "./equal.js";

const schema: StandardSchemaV1<Batch, ParsedBatch> = batchSchema;
const jsonSchema: StandardJSONSchemaV1<Batch, ParsedBatch> = batchSchema;
const loose: StandardSchemaV1 & StandardJSONSchemaV1 = createBatchSchema({ profile: "azure" });

proved<Equal<StandardSchemaV1.InferInput<typeof batchSchema>, Batch>>();
proved<Equal<StandardSchemaV1.InferOutput<typeof batchSchema>, ParsedBatch>>();

/** As libraries take it. */
function takes<Schema extends StandardSchemaV1>(given: Schema): StandardSchemaV1.InferOutput<Schema> | undefined {
  const answer = given["~standard"].validate(null);
  return answer instanceof Promise || answer.issues
    ? undefined
    : (answer.value as StandardSchemaV1.InferOutput<Schema>);
}
const batch: ParsedBatch | undefined = takes(batchSchema);
void [schema, jsonSchema, loose, batch];

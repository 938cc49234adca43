// Schemas for a line of a request file. The libraries are parameters, because they are installed in the cache folder.

const lineSchema = {
  type: "object",
  required: ["custom_id", "method", "url", "body"],
  properties: {
    custom_id: { type: "string", minLength: 1 },
    method: { const: "POST" },
    url: { type: "string" },
    body: {
      type: "object",
      required: ["model"],
      properties: { model: { type: "string" }, messages: { type: "array" }, stream: { not: { const: true } } },
    },
  },
};

/** The schema of a line for ajv, compiled at run time. */
export const ajvLine = (Ajv) => new Ajv().compile(lineSchema);

/** The schema of a line for ata-validator, compiled at run time. */
export function ataLine({ Validator }) {
  const validator = new Validator(lineSchema);
  return (value) => validator.isValidObject(value);
}

/** The schema of a line for zod. */
export function zodLine(z) {
  const schema = z.looseObject({
    custom_id: z.string().min(1),
    method: z.literal("POST"),
    url: z.string(),
    body: z.looseObject({ model: z.string(), messages: z.array(z.unknown()).optional() }),
  });
  return (value) => schema.safeParse(value).success;
}

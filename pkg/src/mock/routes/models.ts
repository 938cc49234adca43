// /v1/models: the models that requests may name.
import { models } from "../../../generated/mock-tables.js";
import { throwApiError } from "../http/api-error.js";

const modelObject = (id: string): object => ({ id, object: "model", created: 0, owned_by: "openai" });

/** Responds with all models. */
export const listModels = (): Response => Response.json({ object: "list", data: models.map(modelObject) });

/** Responds with a model. */
export const retrieveModel = (id: string): Response =>
  models.some((model) => model === id) ? Response.json(modelObject(id)) : throwApiError("no_model", id);

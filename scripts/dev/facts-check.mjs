// npm run facts:check: compares the crate's tables about the Batch API with the types of the newest installed `openai`
// package, field by field, and looks for models with a shutdown date in documents and examples. Prints all
// differences, and exits with 1 if there are any. `npm run facts:update` updates the tables; every other difference
// needs a person.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { at, isMain, main, root, print, ScriptError } from "../process.mjs";
import { Declarations, endpoints, shutdowns } from "./facts/openai-types.mjs";
import { entriesOf, parsed, tablesOf } from "./facts/tables.mjs";
import { file as tables } from "./facts/update.mjs";

/** The crate's tables, in the JSON that the build has written. */
function crateFacts() {
  const path = at("pkg", "generated", "facts.json");
  if (!existsSync(path))
    throw new ScriptError("expected pkg/generated/facts.json, found nothing: run npm run build first");
  return JSON.parse(readFileSync(path, "utf8"));
}

/** Compares two maps of names to descriptions. Returns a line for each difference. */
export function differences(subject, ours, theirs) {
  const lines = [];
  for (const [name, description] of theirs) {
    const known = ours.get(name);
    const suffix = description && `: ${description}`;
    if (known === undefined) lines.push(`${subject}: new ${JSON.stringify(name)}${suffix}`);
    else if (known !== description) lines.push(`${subject}: ${JSON.stringify(name)} was ${known}, is ${description}`);
  }
  for (const name of ours.keys()) {
    if (!theirs.has(name)) lines.push(`${subject}: ${JSON.stringify(name)} is gone`);
  }
  return lines;
}

const names = (/** @type {string[]} */ list) => new Map(list.map((name) => [name, ""]));

/** The members of the batch object in the types: their paths, and whether each is required. */
function batchMembers(/** @type {Declarations} */ declarations) {
  const members = new Map();
  const add = (type, prefix) => {
    for (const { name, optional, type: inner } of declarations.members(type)) {
      members.set(prefix + name, optional ? "optional" : "required");
      const value = declarations.checker.getNonNullableType(inner);
      const element = declarations.checker.isArrayType(value)
        ? declarations.checker.getTypeArguments(/** @type {import("typescript").TypeReference} */ (value))[0]
        : value;
      if (name !== "metadata" && element.isClassOrInterface()) add(element, `${prefix}${name}.`);
    }
  };
  add(declarations.type("batches", "Batch"), "");
  return members;
}

/** The same members in the crate's table. */
function crateMembers(facts) {
  const pathOf = ({ parent, name }) => (parent === null ? name : `${pathOf(facts.fields[parent])}.${name}`);
  return new Map(facts.fields.map((member) => [pathOf(member), member.required ? "required" : "optional"]));
}

/** Compares the crate's tables with a package. */
export function compare(declarations = new Declarations(), facts = crateFacts()) {
  const batch = declarations.type("batches", "Batch");
  const params = declarations.type("batches", "BatchCreateParams");
  const source = parsed(readFileSync(at(tables), "utf8"));
  const installed = tablesOf(declarations);
  const openai = facts.profiles.find(({ name }) => name === "openai");
  const found = [];
  const add = (subject, ours, theirs) => found.push(...differences(subject, ours, theirs));
  add("version of openai", names([source.version]), names([declarations.version]));
  add("status", names(facts.statuses), names(declarations.literals(declarations.member(batch, "status"))));
  add("endpoint", names(openai.endpoints), names(declarations.literals(declarations.member(params, "endpoint"))));
  add("endpoint with a table of parameters", names(openai.endpoints), names(endpoints.map(([name]) => name)));
  add(
    "window",
    names([facts.openaiWindow]),
    names(declarations.literals(declarations.member(params, "completion_window"))),
  );
  add("member of a batch", crateMembers(facts), batchMembers(declarations));
  for (const [name, subject] of Object.entries({
    PARAMETERS: "parameter",
    MESSAGE_ROLES: "role of a message",
    MODEL_SHUTDOWNS: "shutdown date",
    RESPONSE_ERROR_CODES: "error code of a response",
    USAGE_MEMBERS: "member of usage",
  })) {
    add(subject, entriesOf(name, source.tables[name]), entriesOf(name, installed[name]));
  }
  const models = namedModels(declarations);
  for (const model of [facts.exampleModel, facts.exampleSnapshot]) {
    if (!models.includes(model)) found.push(`example model: ${JSON.stringify(model)} is not named in the types`);
  }
  const prefixes = facts.modelPrefixes;
  for (const model of models.filter((name) => !prefixes.some((prefix) => name.startsWith(prefix)))) {
    found.push(`model: ${JSON.stringify(model)} has none of the known prefixes`);
  }
  return found;
}

/** Every model that the types name. */
const namedModels = (/** @type {Declarations} */ declarations) =>
  [
    ["shared", "ChatModel"],
    ["shared", "AllModels"],
    ["embeddings", "EmbeddingModel"],
    ["moderations", "ModerationModel"],
    ["images", "ImageModel"],
    ["videos", "VideoModel"],
  ].flatMap(([resource, name]) => declarations.named(declarations.type(resource, name)));

/** What people copy from: documents, examples, samples of the board, input files of the command's tests. */
const copied = /^(?:README\.md|docs\/.*\.md|examples\/.*|www\/src\/.*\.ts|pkg\/src\/.*\.ts|tests\/cli\/fixtures\/.*)$/;

/** The places in documents and examples that name a model with a shutdown date. */
export function staleModels(dates = shutdowns()) {
  const listed = execFileSync("git", ["ls-files", "-z"], { cwd: root }).toString().split("\0");
  return listed
    .filter((path) => copied.test(path) && existsSync(at(path)))
    .flatMap((path) => {
      // The generated parts are left out: they list the models with a shutdown date.
      const text = readFileSync(at(path), "utf8").replace(/<!-- generated:.*?<!-- \/generated -->/gs, "");
      const models = new Set(text.match(/(?<=["'`])(?:(?:gpt|chatgpt|codex|dall|sora|o\d)[\w.-]*)(?=["'`])/g));
      return [...models]
        .filter((model) => dates.has(model))
        .map((model) => `${path}: ${model} has the shutdown date ${dates.get(model)}`);
    });
}

if (isMain(import.meta.url)) {
  await main(() => {
    const declarations = new Declarations();
    const found = [...compare(declarations), ...staleModels()];
    for (const line of found) print(line);
    if (found.length > 0) throw new ScriptError(`${found.length} facts differ from openai ${declarations.version}`);
    print(`the facts are those of openai ${declarations.version}`);
  });
}

// Reads what the types of the installed `openai` package say about batches: members, parameters, models.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import ts from "typescript";
import { at } from "../../process.mjs";

/** The folder of the newest installed `openai` package. */
export const newest = at("node_modules", "openai7");

/** The endpoints of batches in the order of the crate's table, with the file and the type of each request. */
export const endpoints = [
  ["/v1/responses", "responses/responses", "ResponseCreateParamsBase"],
  ["/v1/chat/completions", "chat/completions/completions", "ChatCompletionCreateParamsBase"],
  ["/v1/embeddings", "embeddings", "EmbeddingCreateParams"],
  ["/v1/completions", "completions", "CompletionCreateParamsBase"],
  ["/v1/moderations", "moderations", "ModerationCreateParams"],
  ["/v1/images/generations", "images", "ImageGenerateParamsBase"],
  ["/v1/images/edits", "images", "ImageEditParamsBase"],
  ["/v1/videos", "videos", "VideoCreateParams"],
];

/** Parses the declarations of a package, and answers questions about their types. */
export class Declarations {
  /** @param {string} folder the folder of the package */
  constructor(folder = newest) {
    this.folder = folder;
    this.version = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).version;
    const names = [...new Set([...endpoints.map(([, file]) => file), "batches", "shared", "files"])];
    const roots = names.map((name) => this.path(name));
    const lib = join(dirname(createRequire(import.meta.url).resolve("typescript")), "lib.es2022.d.ts");
    this.program = ts.createProgram([lib, ...roots], { noLib: true, skipLibCheck: true, strict: true, types: [] });
    this.checker = this.program.getTypeChecker();
  }

  /** The path of the declarations of a resource. @param {string} resource */
  path(resource) {
    return join(this.folder, "resources", `${resource}.d.ts`);
  }

  /** The declaration of an exported type. @param {string} resource @param {string} name */
  declaration(resource, name) {
    const source = this.program.getSourceFile(this.path(resource));
    const found = source?.statements.find(
      (statement) =>
        (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) && statement.name.text === name,
    );
    if (found === undefined) throw new Error(`expected the type ${name} in ${resource}.d.ts of openai ${this.version}`);
    return /** @type {ts.InterfaceDeclaration | ts.TypeAliasDeclaration} */ (found);
  }

  /** An exported type. @param {string} resource @param {string} name */
  type(resource, name) {
    return this.checker.getTypeAtLocation(this.declaration(resource, name).name);
  }

  /** The members of a type: name, type, whether it is optional, documentation. @param {ts.Type} type */
  members(type) {
    return type.getProperties().map((property) => ({
      name: property.name,
      optional: (property.flags & ts.SymbolFlags.Optional) !== 0,
      type: this.checker.getTypeOfSymbol(property),
      documentation: ts.displayPartsToString(property.getDocumentationComment(this.checker)).replace(/\s+/g, " "),
    }));
  }

  /** The member of a type, followed through several names. @param {ts.Type} type @param {string[]} names */
  member(type, ...names) {
    return names.reduce((inner, name) => {
      const property = this.checker.getNonNullableType(inner).getProperty(name);
      if (property === undefined) throw new Error(`expected the member ${name} in openai ${this.version}`);
      return this.checker.getTypeOfSymbol(property);
    }, type);
  }

  /** The string literals of a type, if it allows no other string. @param {ts.Type} type */
  literals(type) {
    const strings = parts(type).filter((part) => isString(part));
    return strings.every((part) => part.isStringLiteral()) ? strings.map((part) => part.value) : [];
  }

  /** Every string literal that a type names, though it may allow others. @param {ts.Type} type */
  named(type) {
    return parts(type).flatMap((part) => (part.isStringLiteral() ? [part.value] : []));
  }
}

/** The members of a union, or the type itself. @param {ts.Type} type */
const parts = (type) => (type.isUnion() ? type.types : [type]);

/** Whether a type is a string, a string literal, or `string & {}`. @param {ts.Type} type */
const isString = (type) =>
  (type.flags & ts.TypeFlags.StringLike) !== 0 || (type.isIntersection() && type.types.some((part) => isString(part)));

/**
 * The parameters of every endpoint by name: each a list of variants, which hold at the endpoints of their bits. An
 * image is uploaded as a form elsewhere, in a batch it is JSON, so that its kind is left open and `images` is known.
 *
 * @param {Declarations} declarations
 */
export function parametersOf(declarations) {
  /** @type {Map<string, Map<string, number>>} */
  const names = new Map();
  const add = (name, variant, bit) => {
    const variants = names.get(name) ?? new Map();
    names.set(name, variants.set(variant, (variants.get(variant) ?? 0) | bit));
  };
  for (const [index, [endpoint, file, type]] of endpoints.entries()) {
    for (const member of declarations.members(declarations.type(file, type))) {
      const range = rangeOf(member.documentation);
      const values = declarations.literals(member.type);
      const rest = values.length > 0 ? `=${values.join("|")}` : range ? `#${range.join(",")}` : "";
      add(member.name, kindsOf(declarations, member.type) + rest, 1 << index);
    }
    if (endpoint === "/v1/images/edits") add("images", "*", 1 << index);
  }
  return new Map([...names].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** The roles of the messages of a chat request. @param {Declarations} declarations */
export function rolesOf(declarations) {
  const messages = declarations.type("chat/completions/completions", "ChatCompletionMessageParam");
  return [...new Set(parts(messages).flatMap((part) => declarations.named(declarations.member(part, "role"))))].sort();
}

/** The codes of the error of a response. @param {Declarations} declarations */
export const responseErrorCodes = (declarations) =>
  declarations.named(declarations.member(declarations.type("responses/responses", "ResponseError"), "code")).sort();

/** The types of `usage` in responses. */
const usages = [
  ["completions", "CompletionUsage"],
  ["responses/responses", "ResponseUsage"],
  ["embeddings", "CreateEmbeddingResponse", "usage"],
  ["images", "ImagesResponse", "usage"],
];

/** The members of `usage`, with those of their details as `details.member`. @param {Declarations} declarations */
export function usageMembers(declarations) {
  const names = new Set();
  const add = (/** @type {ts.Type} */ type, prefix = "") => {
    for (const member of declarations.members(type)) {
      names.add(prefix + member.name);
      const inner = declarations.checker.getNonNullableType(member.type);
      if (inner.flags & ts.TypeFlags.Object) add(inner, `${prefix}${member.name}.`);
    }
  };
  for (const [file, name, ...path] of usages) {
    const type = declarations.member(declarations.type(file, name), ...path);
    add(declarations.checker.getNonNullableType(type));
  }
  return [...names].sort();
}

/** The kinds of JSON values of a type, as letters: string, number, boolean, array, object; null is left out. */
export function kindsOf(/** @type {Declarations} */ { checker }, /** @type {ts.Type} */ type) {
  const kinds = new Set(
    parts(type).map((part) => {
      if ((part.flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Null)) !== 0) return "";
      if (isString(part)) return "s";
      if ((part.flags & ts.TypeFlags.NumberLike) !== 0) return "n";
      if ((part.flags & ts.TypeFlags.BooleanLike) !== 0) return "b";
      if (checker.isArrayType(part)) return "a";
      return (part.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0 ? "*" : "o";
    }),
  );
  return [...kinds].sort().join("");
}

/** The range that the documentation of a number states. @param {string} documentation */
export function rangeOf(documentation) {
  const words = /(?:\b(?:number|integer|be|use,|value must be) between (-?\d+)(?:\.0)? and (-?\d+)|\((\d+)-(\d+)%\))/i;
  const found = words.exec(documentation);
  return found && [found[1] ?? found[3], found[2] ?? found[4]].map(Number);
}

/** Dates in words or digits, as YYYY-MM-DD. @param {string} words */
function dateOf(words) {
  const digits = /\d{4}-\d{2}-\d{2}/.exec(words);
  if (digits) return digits[0];
  const written = /([A-Z][a-z]+) (\d{1,2}), (\d{4})/.exec(words);
  if (!written) return undefined;
  const month = new Date(`${written[1]} 1, 2000 00:00 UTC`).getUTCMonth() + 1;
  return `${written[3]}-${String(month).padStart(2, "0")}-${written[2].padStart(2, "0")}`;
}

/** The entries of the lists `"a", "b": Announced shutdown date: 2027-04-01.` in the comments of some declarations. */
function* shutdownsIn(/** @type {string} */ source) {
  for (const [comment] of source.matchAll(/\/\*\*.*?\*\//gs)) {
    const text = comment.replace(/^\s*\*/gm, "").replace(/\s+/g, " ");
    for (const entry of text.split(/ - (?=")/).slice(1)) {
      const [, names, words] = /^((?:"[^"]+",? ?)+): (.*)$/.exec(entry) ?? [];
      const date = /shutdown date|shut down|retired/.test(words ?? "") ? dateOf(words) : undefined;
      if (date !== undefined) for (const [, model] of names.matchAll(/"([^"]+)"/g)) yield { model, date };
    }
  }
}

/** Every model with a date of its shutdown, from the comments of all declarations, ordered by name. */
export function shutdowns(folder = newest) {
  const found = new Map();
  for (const file of ["shared", "images", "responses/responses", "beta/responses/responses"]) {
    for (const { model, date } of shutdownsIn(readFileSync(join(folder, "resources", `${file}.d.ts`), "utf8"))) {
      if ((found.get(model) ?? date) !== date) throw new Error(`expected one shutdown date of ${model}, found two`);
      found.set(model, date);
    }
  }
  return new Map([...found].sort(([one], [other]) => (one < other ? -1 : 1)));
}

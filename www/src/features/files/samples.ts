// Sample files for the page, made from the project's fixtures.
import { expired, rejected, request, succeeded } from "virtual:sample-lines";

const fileOf = (name: string, lines: readonly string[]): File =>
  new File([lines.map((line) => `${line}\n`).join("")], name, { type: "application/jsonl" });

const dishes = [
  "Spaghetti",
  "Sushi",
  "Ramen",
  "Paella",
  "Pierogi",
  "Moussaka",
  "Goulash",
  "Bibimbap",
  "Feijoada",
  "Ratatouille",
  "Fondue",
  "Borscht",
];

/** Returns one request per dish, each like the recorded one. */
function requestLines(): string[] {
  return dishes.map((dish) =>
    JSON.stringify({
      ...request,
      custom_id: dish.toLowerCase(),
      body: { ...(request.body as object), model: "gpt-5.4-mini", messages: [{ role: "user", content: dish }] },
    }),
  );
}

/** Returns an input file with one issue of each common kind. */
function brokenInput(): File {
  const lines = requestLines();
  const change = (index: number, from: string | RegExp, to: string): void => {
    lines[index] = lines[index]?.replace(from, to) ?? "";
  };
  change(1, '","method"', '" "method"');
  change(4, '"pierogi"', '"spaghetti"');
  change(5, '"body":{', '"body":{"stream":true,');
  change(6, /"custom_id":"[^"]*",/, "");
  change(8, '"/v1/chat/completions"', '"/v1/embeddings"');
  change(9, '"gpt-5.4-mini"', '"gpt-5.4"');
  lines.splice(11, 0, "");
  return fileOf("broken-requests.jsonl", lines);
}

/** Returns the files of a completed batch: one request was rejected, two expired, and one has no result. */
function completedBatch(): readonly File[] {
  const ids = dishes.map((dish) => dish.toLowerCase());
  const like = (line: object, custom_id: string | undefined): string => JSON.stringify({ ...line, custom_id });
  const succeededIds = ids.filter((_, index) => ![3, 5, 7, 10].includes(index)).reverse();
  return [
    fileOf("requests.jsonl", requestLines()),
    fileOf(
      "output.jsonl",
      succeededIds.map((id) => like(succeeded, id)),
    ),
    fileOf("errors.jsonl", [like(rejected, ids[3]), ...[ids[7], ids[10]].map((id) => like(expired, id))]),
  ];
}

/** The samples: the text of the button, and the files. */
export const samples: readonly { readonly name: string; files(): readonly File[] }[] = [
  { name: "a broken input file", files: () => [brokenInput()] },
  { name: "a batch with its results", files: completedBatch },
];

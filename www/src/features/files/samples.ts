// Files to try the page with, made of the project's fixtures.
import inputs from "../../../../tests/fixtures/input_lines.jsonl?raw";
import outputs from "../../../../tests/fixtures/output_lines.jsonl?raw";

/** A row of the fixtures: a line and where it comes from. */
interface Row {
  readonly kind: string;
  readonly file?: "output" | "error";
  readonly line: Readonly<Record<string, unknown>>;
}

const rows = (text: string): readonly Row[] =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));

const file = (name: string, lines: readonly string[]): File =>
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

/** Requests like the recorded one, one for each dish. */
function requests(): string[] {
  const recorded = rows(inputs).find(({ kind }) => kind === "recorded")?.line;
  return dishes.map((dish) =>
    JSON.stringify({
      ...recorded,
      custom_id: dish.toLowerCase(),
      body: { ...(recorded?.body as object), messages: [{ role: "user", content: dish }] },
    }),
  );
}

/** One fault of each common kind. */
function broken(): File {
  const lines = requests();
  const change = (index: number, from: string | RegExp, to: string): void => {
    lines[index] = lines[index]?.replace(from, to) ?? "";
  };
  change(1, '","method"', '" "method"');
  change(4, '"pierogi"', '"spaghetti"');
  change(5, '"body":{', '"body":{"stream":true,');
  change(6, /"custom_id":"[^"]*",/, "");
  change(8, '"/v1/chat/completions"', '"/v1/embeddings"');
  change(9, '"gpt-3.5-turbo"', '"gpt-4o-mini"');
  lines.splice(11, 0, "");
  return file("broken-requests.jsonl", lines);
}

/** A batch that is over: most succeeded, one was refused, two were too late, one is in neither file. */
function over(): readonly File[] {
  const results = rows(outputs);
  const ids = dishes.map((dish) => dish.toLowerCase());
  const like = (wanted: (row: Row) => boolean, custom_id: string | undefined): string =>
    JSON.stringify({ ...results.find(wanted)?.line, custom_id });
  const success = (id: string): string => like(({ kind, file }) => kind === "recorded" && file === "output", id);
  const refused = like(({ line }) => (line.response as { status_code?: number } | null)?.status_code === 400, ids[3]);
  const late = [ids[7], ids[10]].map((id) =>
    like(({ line }) => line.error !== null && line.error !== undefined && line.response === null, id),
  );
  const kept = ids.filter((_, index) => ![3, 5, 7, 10].includes(index));
  return [
    file("requests.jsonl", requests()),
    file("output.jsonl", kept.reverse().map(success)),
    file("errors.jsonl", [refused, ...late]),
  ];
}

/** The samples: a name for the button, and the files. */
export const samples: readonly { readonly name: string; files(): readonly File[] }[] = [
  { name: "a broken input file", files: () => [broken()] },
  { name: "a batch with its results", files: over },
];

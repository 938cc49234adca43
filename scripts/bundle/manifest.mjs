// Creates custom-elements.json, which editors read, and the reference in docs/elements.md from the sources: properties
// and attributes from the types, events from the frameworks' types, parts and slots from the templates, custom
// properties from the colors and the base stylesheet.
import { readFileSync } from "node:fs";
import ts from "typescript";
import { markdownTable } from "../markdown.mjs";
import { at } from "../process.mjs";

const source = (path) => readFileSync(at("pkg", "src", "elements", path), "utf8");

// The templates that each element consists of, as file names in templates/.
const templates = {
  "batch-status": ["status", "icon"],
  "batch-progress": ["progress"],
  "batch-timeline": ["timeline", "time"],
  "batch-card": ["card", "icon", "progress", "timeline", "time"],
  "batch-list": ["list", "icon", "time"],
};
// The parts that an element shows of a template that it does not use as a whole: a list has the bar alone.
const partialParts = {
  "batch-list": ["bar", "segment", "segment-failed", "segment-succeeded", "segment-unknown", "track"],
};

// Custom properties whose default is derived from others.
const derivedProperties = {
  "--batch-tone": "The color of the tone. Default: the one of the tone, such as `--batch-tone-danger`.",
  "--batch-badge-edge": "The edge of the badge. Default: a mix of tone and surface.",
  "--batch-badge-surface": "The background of the badge. Default: a mix of tone and surface.",
  "--batch-card-edge": "The edge of the card. Default: a mix of tone and line.",
  "--batch-list-edge": "The edge of the list. Default: `--batch-line`.",
  "--batch-bar-edge": "The edge of the bar. Default: `--batch-edge`.",
};

const events = [
  {
    name: "batch-select",
    type: { text: "BatchSelectEvent" },
    description: "The user clicked a row, or pressed Enter or Space on it.",
  },
  {
    name: "batch-list-change",
    type: { text: "BatchListChangeEvent" },
    description: "The user changed the group, the order or the search.",
  },
];

/** Returns the manifest as an object. */
export function manifestOf() {
  const interfaces = new Map();
  ts.forEachChild(ts.createSourceFile("types.ts", source("types.ts"), ts.ScriptTarget.Latest, true), (node) => {
    if (ts.isInterfaceDeclaration(node)) interfaces.set(node.name.text, node);
  });
  const declarations = Object.keys(templates).map((tagName) => declarationOf(tagName, interfaces));
  return {
    schemaVersion: "2.1.0",
    modules: [
      {
        kind: "javascript-module",
        path: "dist/elements.js",
        declarations,
        exports: declarations.map(({ name }) => ({
          kind: "js",
          name,
          declaration: { name, module: "dist/elements.js" },
        })),
      },
      {
        kind: "javascript-module",
        path: "dist/elements-define.js",
        exports: declarations.map(definitionOf),
      },
      ...declarations.map((declaration) => ({
        kind: "javascript-module",
        path: `dist/elements-${declaration.tagName.replace("batch-", "")}.js`,
        exports: [definitionOf(declaration)],
      })),
    ],
  };
}

const definitionOf = ({ name, tagName }) => ({
  kind: "custom-element-definition",
  name: tagName,
  declaration: { name, module: "dist/elements.js" },
});

function declarationOf(tagName, interfaces) {
  const name = `${tagName.replaceAll(/(?:^|-)(\w)/g, (_, letter) => letter.toUpperCase())}Element`;
  const members = membersOf(interfaces.get(name), interfaces);
  const markup = templates[tagName].map((template) => source(`templates/${template}.ts`)).join("\n");
  return {
    kind: "class",
    customElement: true,
    name,
    tagName,
    description: textOf(interfaces.get(name)),
    superclass: { name: "HTMLElement" },
    members: members.map(({ attribute, ...member }) => (attribute ? { ...member, attribute } : member)),
    attributes: members
      .filter(({ attribute }) => attribute)
      .map(({ attribute, name: fieldName, type, description }) => ({ name: attribute, fieldName, type, description })),
    ...(tagName === "batch-list" && { events }),
    slots: [...markup.matchAll(/<slot(?: name="([\w-]+)")?>/g)]
      .map(([, slot = ""]) => slot)
      .sort()
      .map((slot) => ({ name: slot })),
    cssParts: [...new Set([...partsIn(markup), ...(partialParts[tagName] ?? [])])]
      .sort()
      .map((part) => ({ name: part })),
    cssProperties: customProperties(),
  };
}

const membersOf = (node, interfaces) => [
  ...(node.heritageClauses ?? [])
    .flatMap(({ types }) => types)
    .flatMap(({ expression }) =>
      interfaces.has(expression.getText()) ? membersOf(interfaces.get(expression.getText()), interfaces) : [],
    ),
  ...node.members.map((member) => {
    const description = textOf(member);
    if (ts.isMethodSignature(member)) {
      const parameters = member.parameters.map((each) => ({
        name: each.name.getText(),
        type: { text: each.type.getText() },
        ...(each.questionToken && { optional: true }),
      }));
      return {
        kind: "method",
        name: member.name.getText(),
        description,
        parameters,
        return: { type: { text: member.type.getText() } },
      };
    }
    const attribute = /Attribute `([\w-]+)`/.exec(description)?.[1];
    const defaultValue = defaultOf(description);
    const readonly = member.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ReadonlyKeyword);
    return {
      kind: "field",
      name: member.name.getText(),
      type: { text: member.type.getText() },
      description,
      ...(readonly && { readonly }),
      ...(defaultValue !== undefined && { default: defaultValue }),
      attribute,
    };
  }),
];

/** The default that a description states as a literal, such as "Default: `all`."; `undefined` without a literal. */
const defaultOf = (description) =>
  /Default: (?:`([^`]+)`|(\d+|true|false))[.,]/.exec(description)?.slice(1).find(Boolean);

const textOf = (node) =>
  ts
    .getJSDocCommentsAndTags(node)
    .map(({ comment }) => comment)
    .join(" ")
    .replaceAll(/\s+/g, " ")
    .trim();

// The parts of `part="a b"` and of part=${`step step-${state}`}; the reference lists the latter as `step-*`.
const partsIn = (markup) =>
  [...markup.matchAll(/ part=(?:"([^"]+)"|\$\{`([^`]+)`\})/g)].flatMap(([, fixed, made]) =>
    (fixed ?? made.replaceAll(/\$\{\w+\}/g, "*")).split(" "),
  );

function customProperties() {
  const colors = [...source("colors.ts").matchAll(/^ {2}"?([\w-]+)"?: \["(#\w+)", "(#\w+)"\]/gm)].map(
    ([, name, light, dark]) => ({ name: `--batch-${name}`, default: `light-dark(${light}, ${dark})` }),
  );
  const others = [...source("styles/base.css").matchAll(/var\(\s*(--batch-[\w-]+),([^)]+)\)/g)].map(
    ([, name, fallback]) => ({ name, default: fallback.replaceAll(/\s+/g, " ").trim() }),
  );
  const derived = Object.entries(derivedProperties).map(([name, description]) => ({ name, description }));
  return [...others, ...derived, ...colors];
}

/** Returns the reference of the elements in Markdown. */
export function referenceOf({ modules: [{ declarations }] }) {
  const code = (text) => `\`${text.replaceAll("|", "\\|")}\``;
  const table = (heads, rows) => markdownTable([heads, ...rows]);
  const described = (text) => text.replaceAll(/ ?Attribute `[\w-]+`(, as JSON)?\./g, "").replaceAll("|", "\\|");
  const properties = (members) =>
    table(
      ["Property", "Attribute", "Type", "Description"],
      members
        .filter(({ kind }) => kind === "field")
        .map(({ name, attribute, type, description }) => [
          code(name),
          attribute ? code(attribute) : "",
          code(type.text),
          described(description),
        ]),
    );
  const having = (name) => declarations.filter(({ members }) => members.some((member) => member.name === name)).length;
  const [{ members: known, cssProperties }] = declarations;
  const shared = (count) => known.filter(({ name }) => having(name) === count);
  const names = (all) => all.map(({ name }) => (name ? code(name) : "the default slot")).join(", ");
  const sections = declarations.map(({ tagName, description, members, slots, cssParts, events = [] }) => {
    const own = members.filter(({ name }) => having(name) === 1);
    return [
      `### \`<${tagName}>\``,
      description.replace(/^`[^`]+`: /, "").replace(/^./, (letter) => letter.toUpperCase()),
      own.length ? properties(own) : "",
      ...own
        .filter(({ kind }) => kind === "method")
        .map(
          ({ name, parameters, description }) =>
            `Method ${code(`${name}(${parameters.map((each) => each.name).join(", ")})`)}: ${description}`,
        ),
      ...events.map((event) => `Event ${code(event.name)}, a ${code(event.type.text)}: ${event.description}`),
      slots.length ? `Slots: ${names(slots)}.` : "",
      `Parts: ${names(cssParts)}.`,
    ];
  });
  return [
    "### All elements",
    properties(shared(declarations.length)),
    "### Elements of one batch",
    properties(shared(declarations.length - 1)),
    ...sections.flat(),
    "### Custom properties",
    table(
      ["Property", "Default"],
      cssProperties.map(({ name, default: defaultValue, description }) => [
        code(name),
        defaultValue === undefined ? description.replace(/^.*Default: (.*)\.$/, "$1") : code(defaultValue),
      ]),
    ),
  ]
    .filter(Boolean)
    .join("\n\n");
}

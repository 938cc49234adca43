// npm run build: from the crate and pkg/src to pkg/dist. Steps whose inputs have not changed are left out.
import { mkdirSync, writeFileSync } from "node:fs";
import { at, heading, isMain, main, run } from "./say.mjs";
import { setUp } from "./setup.mjs";
import { holdProject, step } from "./step.mjs";

const crate = ["Cargo.toml", "Cargo.lock", "src"];
const makers = [
  ...["module", "glue", "declarations", "documentation", "embed"].map((name) => `scripts/${name}.mjs`),
  "scripts/unpack.wat",
];
const generated = (...names) => names.map((name) => `pkg/generated/${name}`);

/** Sets the machine up and builds the package; answers what it built with. */
export async function buildPackage() {
  const tools = await setUp();
  heading("build");
  const release = await holdProject();
  try {
    await steps(tools);
    // After the package, whose files it stands beside.
    await (await import("./board.mjs")).buildPackagedBoard();
  } finally {
    release();
  }
  return tools;
}

async function steps({ wasmBindgen, rustc }) {
  // Only now: these need the installed packages.
  const { buildCore, buildFiles, buildTwin } = await import("./module.mjs");
  const { buildMock } = await import("./mock.mjs");
  const { bundle } = await import("./bundle.mjs");
  const compiler = { inputs: [...crate, ...makers], also: [rustc] };

  await step(
    {
      name: "facts",
      inputs: [...crate, "examples/facts.rs"],
      also: [rustc],
      outputs: generated("facts.json", "abi.ts"),
    },
    writeFacts,
  );
  const core = [
    "pkg/dist/core.wasm",
    ...generated("glue.js", "glue.d.ts", "types.ts", "files-types.ts", "answers.ts", "embedded.ts", "unpacker.ts"),
  ];
  const twin = generated("twin.js", "twin.d.ts", "twin-data.ts", "twin-glue.js");
  const files = [
    "pkg/dist/files.wasm",
    ...generated(
      "files-embedded.ts",
      "files-imports.ts",
      "files-layout.ts",
      "files-twin.js",
      "files-twin.d.ts",
      "files-twin-data.ts",
    ),
  ];
  const mock = generated(
    ...["embedded", "imports", "layout", "tables", "twin-data", "types"].map((name) => `mock-${name}.ts`),
    "mock-twin.js",
    "mock-twin.d.ts",
  );
  const simulator = { ...compiler, inputs: [...compiler.inputs, "scripts/mock.mjs", "examples/simulator.rs"] };
  // Side by side: each spends most of its time in work of a single thread, the linker's or binaryen's. The longest has
  // a row of its own.
  const rows = [
    [() => step({ name: "files.wasm and its twin", ...compiler, outputs: files }, () => buildFiles(wasmBindgen))],
    [
      () => step({ name: "core.wasm and its glue", ...compiler, outputs: core }, () => buildCore(wasmBindgen)),
      () => step({ name: "the wasm-free twin", ...compiler, outputs: twin }, () => buildTwin(wasmBindgen)),
      () => step({ name: "the simulator and its twin", ...simulator, outputs: mock }, () => buildMock(wasmBindgen)),
    ],
  ];
  await Promise.all(
    rows.map(async (row) => {
      for (const build of row) await build();
    }),
  );
  const reader = {
    inputs: [...generated("facts.json"), ...["demands", "quick", "reader"].map((name) => `scripts/${name}.mjs`)],
    outputs: generated("plain.ts", "quick.ts", "facts.ts", "catalogue.ts"),
  };
  await step({ name: "reader and facts", ...reader }, () => run("node", ["scripts/reader.mjs"]));
  await step(
    {
      name: "package",
      inputs: [
        "pkg/src",
        "pkg/generated",
        "pkg/tsconfig.json",
        "pkg/package.json",
        "scripts/bundle.mjs",
        "scripts/command.mjs",
        "scripts/elements.mjs",
        "scripts/manifest.mjs",
        "package-lock.json",
        "README.md",
        "LICENSE-MIT",
        "LICENSE-APACHE",
      ],
      outputs: [
        "index.js",
        "index.cjs",
        "slim.js",
        "slim.cjs",
        "js.js",
        "js.cjs",
        "workerd.js",
        "catalogue.js",
        "catalogue.cjs",
        "files.js",
        "files.cjs",
        "worker.js",
        "files-worker.js",
        "watch.js",
        "watch.cjs",
        "elements.js",
        "elements.cjs",
        "custom-elements.json",
        "mock.js",
        "mock.cjs",
        "mock-js.js",
        "mock.d.ts",
        "index.d.ts",
        "files.d.ts",
        "cli.js",
      ].map((name) => `pkg/dist/${name}`),
    },
    bundle,
  );
}

/** What Rust knows, for the parts that are made from it. */
async function writeFacts() {
  const text = await run("cargo", ["run", "--quiet", "--example", "facts"]);
  mkdirSync(at("pkg/generated"), { recursive: true });
  writeFileSync(at("pkg/generated/facts.json"), `${text}\n`);
  const { abi } = JSON.parse(text);
  writeFileSync(
    at("pkg/generated/abi.ts"),
    `/** The layout that this version's module and JavaScript agree on. */\nexport const abi = ${JSON.stringify(abi)};\n`,
  );
}

if (isMain(import.meta.url)) await main(buildPackage);

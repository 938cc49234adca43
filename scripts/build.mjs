// npm run build: builds pkg/dist from the crate and pkg/src. Skips steps whose inputs have not changed.
import { heading, isMain, main, run } from "./process.mjs";
import { setUp } from "./setup.mjs";
import { lockProject, isFresh, step } from "./incremental.mjs";

const crate = ["Cargo.toml", "Cargo.lock", "src"];
const lockFile = "package-lock.json";
const generated = (...names) => names.map((name) => `pkg/generated/${name}`);
const loaderFiles = (name) => ["embedded", "imports", "layout"].map((part) => `${name}-${part}.ts`);

const modules = {
  core: [
    ...["core-exports.ts", "core-imports.ts", "types.ts", "files-types.ts", "answers.ts"],
    ...["answer-readers.ts", "embedded.ts", "unpacker.ts"],
  ],
  files: loaderFiles("files"),
  mock: [...loaderFiles("mock"), "mock-types.ts"],
};

/**
 * Installs what is missing and builds the package.
 *
 * - `start`: what the board needs, without the wasm-free build and the declarations
 * - `suite`: what a behaviour suite needs. A changed module is compiled without optimizations, and an older wasm-free
 *   build is used as it is
 * - `whole`: everything that is published
 *
 * @param {"start" | "suite" | "whole"} extent
 * @returns {Promise<{ rustc: string, hasWasmFree: boolean }>} the compiler's version, and whether the wasm-free build
 * is up to date
 */
export async function buildPackage(extent = "whole") {
  const tools = await setUp();
  return { rustc: tools.rustc, hasWasmFree: await buildWith(tools, extent) };
}

/** Builds the package with tools that {@link setUp} has returned. */
export async function buildWith(tools, extent) {
  heading("build");
  const unlock = await lockProject();
  try {
    return await build(tools, extent);
  } finally {
    unlock();
  }
}

async function build({ bindgen, rustc }, extent) {
  // Imported here, because these modules need the installed npm packages.
  const { buildModule } = await import("./wasm/modules.mjs");
  const { buildWasmFree } = await import("./wasm/wasm-free.mjs");
  const { writeFacts } = await import("./codegen/facts.mjs");
  const { bundle, declareTypes } = await import("./bundle/bundle.mjs");
  const { buildPackagedBoard } = await import("./bundle/board.mjs");

  const facts = {
    name: "facts",
    inputs: [...crate, "examples", "scripts/codegen"],
    also: [rustc],
    outputs: generated("facts.json", "abi.ts", "mock-tables.ts"),
  };
  const compiled = { inputs: [...crate, "scripts/wasm", "scripts/codegen", lockFile] };
  const moduleSteps = (form) =>
    Object.entries(modules).map(([name, outputs]) => ({
      module: /** @type {keyof typeof modules} */ (name),
      about: {
        name: `${name}.wasm`,
        ...compiled,
        also: [rustc, form],
        outputs: [`pkg/dist/${name}.wasm`, ...generated(...outputs)],
      },
    }));
  const isOptimized = extent !== "suite" || moduleSteps("release").every(({ about }) => isFresh(about));
  const form = isOptimized ? "release" : "quick";
  const wasmFree = /** @type {const} */ (["core", "files"]).map((module) => ({
    module,
    about: {
      name: `${module}.wasm as JavaScript`,
      ...compiled,
      also: [rustc],
      outputs: generated(...[".js", ".d.ts", "-data.ts"].map((ending) => `${module}-wasm-free${ending}`)),
    },
  }));

  // While cargo compiles one module, binaryen optimizes the previous one.
  await Promise.all([
    step(facts, writeFacts),
    ...moduleSteps(form).map(({ module, about }) => step(about, () => buildModule(bindgen, module, form))),
  ]);
  if (extent === "whole")
    await Promise.all(wasmFree.map(({ module, about }) => step(about, () => buildWasmFree(bindgen, module))));
  const hasWasmFree = wasmFree.every(({ about }) => isFresh(about));

  await step(
    {
      name: "generated TypeScript",
      inputs: [...generated("facts.json"), "scripts/codegen"],
      outputs: generated(
        ...["fast-validator.ts", "exact-validator.ts", "fast-rules.ts", "field-reader.ts"],
        ...["facts.ts", "catalogue.ts", "files-boundary.ts"],
      ),
    },
    () => run("node", ["scripts/codegen/generate.mjs"]),
  );
  const sources = [
    "pkg/src",
    "pkg/generated",
    "pkg/tsconfig.json",
    "pkg/package.json",
    "scripts/bundle",
    "scripts/markdown.mjs",
    lockFile,
  ];
  await step(
    {
      name: "entries and command",
      inputs: [...sources, "README.md", "LICENSE-MIT", "LICENSE-APACHE"],
      also: [hasWasmFree],
      outputs: ["index.js", "files.js", "mock.js", "elements.js", "cli.js"].map((name) => `pkg/dist/${name}`),
    },
    () => bundle({ hasWasmFree }),
  );
  if (extent === "whole")
    await step(
      {
        name: "declarations",
        inputs: sources,
        outputs: ["index.d.ts", "files.d.ts", "mock.d.ts", "elements.d.ts", "custom-elements.json"].map(
          (name) => `pkg/dist/${name}`,
        ),
      },
      declareTypes,
    );
  await buildPackagedBoard();
  return hasWasmFree;
}

if (isMain(import.meta.url)) await main(() => buildPackage());

// The module hooks of scripts/installed.mjs.
let importer;

export const initialize = (projectFile) => {
  importer = projectFile;
};

/** `npm run t` may have no wasm-free build: then `batchlight/js` resolves to `batchlight`. */
const withoutWasmFree = process.env.BATCHLIGHT_WITHOUT_WASM_FREE !== undefined;

export const resolve = (specifier, context, next) =>
  /^batchlight(\/|$)/.test(specifier)
    ? next(withoutWasmFree ? specifier.replace(/\/js$/, "") : specifier, { ...context, parentURL: importer })
    : next(specifier, context);

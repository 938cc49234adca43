// The module hook of scripts/installed.mjs.
let importer;

export const initialize = (projectFile) => {
  importer = projectFile;
};

/** In the inner loop the wasm-free entry may not be built: the other one stands in for it. */
const withoutTwin = process.env.BATCHLIGHT_WITHOUT_TWIN !== undefined;

export const resolve = (specifier, context, next) =>
  /^batchlight(\/|$)/.test(specifier)
    ? next(withoutTwin ? specifier.replace(/\/js$/, "") : specifier, { ...context, parentURL: importer })
    : next(specifier, context);

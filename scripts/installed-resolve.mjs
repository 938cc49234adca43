// The module hooks of scripts/installed.mjs.
let importer;

export const initialize = (projectFile) => {
  importer = projectFile;
};

/** `npm run t` may have no build without WebAssembly: then `batchlight/js` resolves to `batchlight`. */
const withoutTwin = process.env.BATCHLIGHT_WITHOUT_TWIN !== undefined;

export const resolve = (specifier, context, next) =>
  /^batchlight(\/|$)/.test(specifier)
    ? next(withoutTwin ? specifier.replace(/\/js$/, "") : specifier, { ...context, parentURL: importer })
    : next(specifier, context);

// The module hook of scripts/installed.mjs.
let importer;

export const initialize = (projectFile) => {
  importer = projectFile;
};

export const resolve = (specifier, context, next) =>
  next(specifier, /^batchlight(\/|$)/.test(specifier) ? { ...context, parentURL: importer } : context);

// The import rules of the TypeScript and JavaScript code: no circles, and imports go only to lower floors.
// ARCHITECTURE.md draws the floors. `npm run lint` checks the rules.
//
// Names that begin with `#` are not resolved: the build replaces them by a different file in each entry.

/** The folders of pkg/src, of cli/, files/ and mock/ in it, and of www/src, from the lowest floor to the highest. */
const floorsOf = {
  "pkg/src": [
    ["common"],
    ["runtime"],
    ["batch"],
    ["files"],
    ["worker", "watch", "mock"],
    ["run"],
    ["elements", "cli"],
    ["hooks"],
    ["entries"],
  ],
  "pkg/src/cli": [["terminal", "storage", "threads"], ["io"], ["reports"], ["board"], ["mock", "run"], ["commands"]],
  "pkg/src/files": [["io"], ["engine"], ["operations"], ["reconciliation"]],
  "pkg/src/mock": [["simulator", "http"], ["state", "answers"], ["webhooks"], ["settings"], ["routes"]],
  "www/src": [["shared"], ["data"], ["features"], ["app"]],
};

const noUpwardImports = Object.entries(floorsOf).flatMap(([root, floors]) =>
  floors.flatMap((folders, floor) =>
    folders.map((folder) => {
      const others = folders.filter((other) => other !== folder);
      const forbidden = [...others, ...floors.slice(floor + 1).flat()];
      return {
        name: `${root}/${folder} imports only lower floors`,
        severity: "error",
        from: { path: `^${root}/${folder}/` },
        to: { path: `^${root}/(${forbidden.join("|")})/` },
      };
    }),
  ),
);

export default {
  forbidden: [
    { name: "no circles", severity: "error", from: {}, to: { circular: true } },
    ...noUpwardImports.filter(({ to }) => !to.path.endsWith("/()/")),
  ],
  options: {
    // Imports of types are imports, too.
    tsPreCompilationDeps: true,
    exclude: { path: "(^|/)(generated|node_modules|dist)/" },
    moduleSystems: ["es6", "tsd"],
    enhancedResolveOptions: { extensions: [".ts", ".mjs", ".js"] },
  },
};

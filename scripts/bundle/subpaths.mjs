// A folder with a package.json for each subpath, such as pkg/elements/define, for tools that do not read export maps:
// Parcel 2, and TypeScript with moduleResolution "node10".
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { at } from "../process.mjs";

/** The subpaths of the export map that are modules, without the leading `./`. */
export const subpathsOf = ({ exports }) =>
  Object.keys(exports)
    .filter((key) => key !== "." && !/\.\w+$/.test(key))
    .map((key) => key.slice(2));

/** Writes the folders into pkg/. */
export function writeSubpaths() {
  const manifest = JSON.parse(readFileSync(at("pkg", "package.json"), "utf8"));
  for (const subpath of subpathsOf(manifest)) {
    const { import: module, require: main, "react-native": reactNative } = manifest.exports[`./${subpath}`];
    const folder = at("pkg", ...subpath.split("/"));
    const target = (path) => relative(folder, at("pkg", path)).replaceAll("\\", "/");
    const fields = {
      main: target(main.default),
      module: target(module.default),
      types: target(module.types),
      ...(reactNative && { "react-native": target(reactNative.default) }),
    };
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), `${JSON.stringify(fields, null, 2)}\n`);
  }
}

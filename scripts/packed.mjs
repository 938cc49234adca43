// Packs the package and installs it into an empty project outside of this one, as users do.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { at, run } from "./process.mjs";

/**
 * Packs the package and installs the tarball into a new, otherwise empty project, which is removed when the process
 * ends.
 *
 * @returns {Promise<{ project: string, tarball: string }>} the project's folder and the tarball
 */
export async function installPacked() {
  const project = mkdtempSync(join(tmpdir(), "batchlight-project-"));
  process.once("exit", () => rmSync(project, { recursive: true, force: true, maxRetries: 3 }));
  const [{ filename }] = JSON.parse(
    await run("npm", ["pack", "--json", "--pack-destination", project], { cwd: at("pkg") }),
  );
  const tarball = join(project, filename);
  writeFileSync(join(project, "package.json"), '{ "name": "an-empty-project", "private": true, "type": "module" }\n');
  await run("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error", tarball], { cwd: project });
  return { project, tarball };
}

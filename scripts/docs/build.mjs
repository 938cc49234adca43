// Builds the documentation site: installs what builds it, collects the pages and runs VitePress. Everything is in the
// cache folder, so that the project's own packages do not grow.
import { cpSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { repository } from "../markdown.mjs";
import { at, cache, heading, run } from "../process.mjs";
import { lockProject, step } from "../incremental.mjs";
import { writeApiPages } from "./api.mjs";
import { writePages } from "./pages.mjs";

/** The folder in which the site is built. */
const folder = join(cache, "site");

/** The folder of the built site. */
export const siteOutput = join(folder, "dist");

/** What site/config.mjs reads: the path below which the site is served, and the address of the repository. */
const env = { NODE_OPTIONS: "", DOCS_BASE: process.env.DOCS_BASE ?? "/", DOCS_REPOSITORY: repository };

const vitepress = (...args) => [join(folder, "node_modules", "vitepress", "bin", "vitepress.js"), ...args];

/** Builds the site of the built package. Skips the build if nothing changed. */
export async function buildSite() {
  heading("site");
  const release = await lockProject();
  try {
    const manifests = ["site/package.json", "site/package-lock.json"];
    await step(
      { name: "packages for the site", inputs: manifests, outputs: [".cache/site/node_modules/.package-lock.json"] },
      install,
    );
    const declarations = { name: "reference of the declarations", outputs: [".cache/site/api"] };
    await step(
      {
        ...declarations,
        inputs: [
          ...manifests,
          "scripts/docs/api.mjs",
          "pkg/package.json",
          "pkg/generated",
          "pkg/src",
          "scripts/bundle",
        ],
      },
      () => writeApiPages(folder),
    );
    const inputs = [
      ...["site", "scripts/docs", "docs", "examples", "README.md", "SECURITY.md", "CHANGELOG.md"],
      ...["pkg/src", "pkg/generated", "pkg/package.json", "scripts/bundle", "scripts/markdown.mjs"],
    ];
    const also = [env.DOCS_BASE];
    await step({ name: "pages", inputs, also, outputs: [".cache/site/dist/index.html"] }, build);
  } finally {
    release();
  }
}

async function install() {
  mkdirSync(folder, { recursive: true });
  for (const name of ["package.json", "package-lock.json"]) cpSync(at("site", name), join(folder, name));
  await run("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: folder });
}

async function build() {
  const link = join(folder, "node_modules", "batchlight");
  rmSync(link, { force: true });
  symlinkSync(at("pkg"), link, "junction");
  writePages(folder);
  await run(process.execPath, vitepress("build", folder), { env });
}

/** Serves the built site on a free port, until the process is interrupted. */
export const serveSite = () => run(process.execPath, vitepress("preview", folder), { env, show: true });

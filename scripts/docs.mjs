// npm run docs: builds the package and the documentation site. `npm run docs -- --serve` also serves it.
import { buildPackage } from "./build.mjs";
import { buildSite, siteOutput, serveSite } from "./docs/build.mjs";
import { main, print } from "./process.mjs";

await main(async () => {
  await buildPackage();
  await buildSite();
  if (process.argv.includes("--serve")) return serveSite();
  print(`\nthe site is in ${siteOutput}; npm run docs -- --serve shows it`);
});

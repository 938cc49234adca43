// Bundles main.js as React Native does, without React Native itself: its modules that run before the first one are left
// out, because they need a device.
const { getDefaultConfig, mergeConfig } = require("@react-native/metro-config");
const Metro = require("metro");

const [, , platform, out] = process.argv;
const config = mergeConfig(getDefaultConfig(__dirname), {
  serializer: { getModulesRunBeforeMainModule: () => [], getPolyfills: () => [] },
  watchFolders: [__dirname],
});
Metro.runBuild(config, { entry: "main.js", out, platform, dev: false, minify: true }).catch((error) => {
  console.error(error);
  process.exitCode = 1;
});

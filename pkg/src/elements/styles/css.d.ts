/** A stylesheet; the build imports it as a minified string. */
declare module "*.css" {
  const css: string;
  export default css;
}

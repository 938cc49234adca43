/** A style sheet as minified text, put in by the build. */
declare module "*.css" {
  const text: string;
  export default text;
}

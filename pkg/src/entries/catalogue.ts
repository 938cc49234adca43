// What the package knows, to be shown: a file beside the entries, so that those who do not show it do not load it.
export { lifecycle, profiles, rules, messages } from "../../generated/catalogue.js";

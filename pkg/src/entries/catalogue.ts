// The constants for display: rules, profiles, lifecycle and messages. A file beside the entries, so that programs that
// do not show them do not load them.
export { lifecycle, profiles, rules, messages } from "../../generated/catalogue.js";

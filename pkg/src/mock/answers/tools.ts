// Tool calls of simulated answers: made if the request requires one.
import { randomString } from "../simulator/random.js";
import { sampleOfSchema } from "./schema-sample.js";
import { objectOf } from "./text.js";

/** A call of a tool. `arguments` is JSON for functions and a text for custom tools. */
export interface ToolCall {
  readonly kind: "function" | "custom";
  readonly name: string;
  readonly arguments: string;
}

interface Tool {
  readonly kind: "function" | "custom";
  readonly name: string;
  readonly parameters: unknown;
}

/** A tool of a request. Chat completions nest what responses write flat. */
function toolOf(value: unknown): Tool | undefined {
  const tool = objectOf(value);
  const kind = tool.type === "custom" ? "custom" : "function";
  const { name, parameters } = objectOf(tool[kind] ?? tool);
  return typeof name === "string" && (tool.type === "function" || tool.type === "custom")
    ? { kind, name, parameters }
    : undefined;
}

/** The call that `tool_choice` requires, if it does. */
export function requiredCall(
  { tools, tool_choice, functions, function_call }: Readonly<Record<string, unknown>>,
  random: () => number,
  text: string,
): ToolCall | undefined {
  const listed = Array.isArray(tools) ? tools : Array.isArray(functions) ? functions.map(asTool) : [];
  const known = listed.map(toolOf).filter((tool) => tool !== undefined);
  const choice = objectOf(tool_choice ?? (typeof function_call === "object" ? asTool(function_call) : undefined));
  const allowed = objectOf(choice.allowed_tools ?? choice);
  let wanted: Tool | undefined;
  if (tool_choice === "required") wanted = known[0];
  else if (choice.type === "allowed_tools") {
    const names = (Array.isArray(allowed.tools) ? allowed.tools : []).map((tool) => toolOf(tool)?.name);
    if (allowed.mode === "required") wanted = known.find(({ name }) => names.includes(name));
  } else {
    const named = toolOf(choice)?.name;
    wanted = known.find(({ name }) => name === named);
  }
  if (!wanted) return undefined;
  const { kind, name, parameters } = wanted;
  const input = kind === "custom" ? text : JSON.stringify(sampleOfSchema(parameters ?? {}, random, text));
  return { kind, name, arguments: input };
}

const asTool = (value: unknown): object => ({ type: "function", function: value });

/** An id of a tool call. */
export const callId = (random: () => number): string => `call_${randomString(random, 24, "base62")}`;

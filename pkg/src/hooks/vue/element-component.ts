// Creates Vue components for elements. On a server they render the content of the element as a declarative shadow root.
// Vue does not do this itself, and during hydration it would remove the shadow root of an element in `v-html`.
import { type AllowedComponentProps, type FunctionalComponent, h, type VNode, type VNodeProps } from "vue";
import type { ElementName } from "#elements";
import type { ElementDefinition } from "../element-definitions.js";
import { serverContent } from "../server-content.js";

/** A component that renders a custom element of type `T`, with properties `P`; its `$el` is the element. */
export type ElementComponent<T extends HTMLElement, P> = new () => {
  readonly $props: AllowedComponentProps & VNodeProps & P;
  readonly $el: T;
};

type Values = Readonly<Record<string, unknown>>;

const isServer = typeof document === "undefined";

/** The properties that the components have set on their elements. */
const shown = new WeakMap<object, Values>();

/** Sets the changed properties of an element. Vue itself would set a number that becomes undefined to 0. */
function setProperties(element: object, values: Values): void {
  const previous = shown.get(element) ?? {};
  for (const [name, value] of Object.entries(values))
    if (previous[name] !== value) (element as Record<string, unknown>)[name] = value;
  shown.set(element, { ...values });
}

/** Creates the component of an element. */
export function elementComponent<T extends HTMLElement, P extends object>({
  tag,
  Class,
  properties,
}: ElementDefinition<T>): ElementComponent<T, P> {
  const component: FunctionalComponent<Values> = (props, { slots }) => {
    const children = slots.default?.() ?? [];
    if (isServer) return renderOnServer(tag, props, children);
    Class.define();
    const set = ({ el }: VNode) => setProperties(el as object, props);
    // The HTML parser has replaced the server's template with a shadow root, so that hydration finds only the children.
    return h(tag, { onVnodeMounted: set, onVnodeUpdated: set }, children);
  };
  // Only a property that is declared as a Boolean is true where the attribute has no value.
  const types = properties.map((name) => [name, name === "quiet" ? Boolean : null]);
  component.props = Object.fromEntries(types) as never;
  component.displayName = tag;
  return component as unknown as ElementComponent<T, P>;
}

function renderOnServer(tag: ElementName, values: Values, children: readonly VNode[]): VNode {
  const content = serverContent(tag, values);
  if (!content) return h(tag, {}, [...children]);
  return h(tag, content.attributes, [h("template", { shadowrootmode: "open", innerHTML: content.html }), ...children]);
}

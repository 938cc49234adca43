// Creates Vue components for elements. On a server they render the content of the element as a declarative shadow root.
// Vue does not do this itself, and would remove a shadow root that `v-html` rendered while it hydrates.
import { type AllowedComponentProps, type FunctionalComponent, h, type VNode, type VNodeProps } from "vue";
import { type ElementClass, type ElementName, type RenderOptions, renderShadowRoot } from "#elements";
import { hostAttributes } from "../../elements/host-attributes.js";
import { describeBatch } from "../../runtime/registered-core.js";

/** A component that renders a custom element of type `T`, with properties `P`; its `$el` is the element. */
export type ElementComponent<T extends HTMLElement, P> = new () => {
  readonly $props: AllowedComponentProps & VNodeProps & P;
  readonly $el: T;
};

/** What a component needs to know about its element. */
export interface ElementDefinition<T extends HTMLElement> {
  /** The tag name of the element, such as `batch-card`. */
  readonly tag: ElementName;
  /** The class, which the first component registers in a browser. */
  readonly Class: ElementClass<T>;
  /** The names of the element's properties besides `quiet`. */
  readonly properties: readonly string[];
}

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
  component.props = { ...Object.fromEntries(properties.map((name) => [name, null])), quiet: Boolean } as never;
  component.displayName = tag;
  return component as unknown as ElementComponent<T, P>;
}

function renderOnServer(element: ElementName, values: Values, children: readonly VNode[]): VNode {
  const options = { ...(values as RenderOptions), element };
  const isList = element === "batch-list";
  const value = isList ? values.batches : values.batch;
  if (value === undefined) return h(element, {}, [...children]);
  const template = h("template", { shadowrootmode: "open", innerHTML: renderShadowRoot(value, options) });
  return h(element, isList ? {} : hostAttributes(describeBatch(value, options)), [template, ...children]);
}

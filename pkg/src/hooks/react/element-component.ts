// Creates React components for elements. React 18 never sets properties of custom elements or adds listeners to them,
// and React 19 does not during hydration, so the components do both.
import {
  createElement,
  type ForwardRefExoticComponent,
  forwardRef,
  type HTMLAttributes,
  type ReactNode,
  type RefAttributes,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
} from "react";
import { type ElementClass, type ElementName, type RenderOptions, renderShadowRoot } from "#elements";
import { hostAttributes } from "../../elements/host-attributes.js";
import { describeBatch } from "../../runtime/registered-core.js";

/** A component that renders a custom element of type `T`; its ref is the element. */
export type ElementComponent<T extends HTMLElement, P> = ForwardRefExoticComponent<P & RefAttributes<T>>;

/** The attributes of every HTML element, which a component passes on to its element. */
export type ElementAttributes<T extends HTMLElement> = Omit<HTMLAttributes<T>, "dangerouslySetInnerHTML">;

/** What a component needs to know about its element. */
export interface ElementDefinition<T extends HTMLElement> {
  /** The tag name of the element, such as `batch-card`. */
  readonly tag: ElementName;
  /** The class, which the first mounted component registers. */
  readonly Class: ElementClass<T>;
  /** The names of the element's properties. */
  readonly properties: readonly string[];
  /** The types of events by the names of their handlers. */
  readonly events?: Readonly<Record<string, string>>;
}

type Values = Readonly<Record<string, unknown>>;

/** The properties that the component itself reads. */
interface OwnProps {
  readonly children?: ReactNode;
  readonly className?: string | undefined;
  readonly nonce?: string | undefined;
}

const isServer = typeof document === "undefined";
// React 18 warns about `useLayoutEffect` on a server.
const useMountEffect = isServer ? useEffect : useLayoutEffect;

/** Creates the component of an element. */
export function elementComponent<T extends HTMLElement, P extends object>({
  tag,
  Class,
  properties,
  events = {},
}: ElementDefinition<T>): ElementComponent<T, P> {
  const component = forwardRef<T, OwnProps>(({ children, className, nonce, ...props }, ref) => {
    const values: Record<string, unknown> = {};
    const handlers: Record<string, unknown> = {};
    // React 18 does not translate `className` of a custom element to `class`.
    const attributes: Record<string, unknown> = className === undefined ? {} : { class: className };
    for (const [name, value] of Object.entries<unknown>(props))
      (properties.includes(name) ? values : name in events ? handlers : attributes)[name] = value;

    const elementRef = useRef<T>(null);
    const previousValues = useRef<Values>({});
    const currentHandlers = useRef<Values>(handlers);
    useImperativeHandle(ref, () => elementRef.current!, []);
    useMountEffect(() => {
      Class.define();
      const element = elementRef.current as unknown as Record<string, unknown>;
      // Sets only changed properties, so that a list keeps the grouping and order that its user chose.
      for (const name of properties) if (previousValues.current[name] !== values[name]) element[name] = values[name];
      previousValues.current = values;
      currentHandlers.current = handlers;
    });
    useMountEffect(() => {
      const controller = new AbortController();
      for (const [name, type] of Object.entries(events)) {
        const call = (event: Event) => (currentHandlers.current[name] as ((event: Event) => void) | undefined)?.(event);
        elementRef.current?.addEventListener(type, call, { signal: controller.signal });
      }
      return () => controller.abort();
    }, []);

    const server = isServer ? renderOnServer(tag, values, nonce) : undefined;
    // The element changes its attributes itself. The HTML parser replaces the template with a shadow root, so that
    // hydration finds only the children.
    return createElement(
      tag,
      { suppressHydrationWarning: true, ...server?.attributes, ...attributes, ref: elementRef },
      server?.template,
      children,
    );
  });
  component.displayName = tag;
  return component as unknown as ElementComponent<T, P>;
}

/** What a server renders of an element besides its children. */
function renderOnServer(element: ElementName, values: Values, nonce: string | undefined) {
  const options = { ...(values as RenderOptions), element, nonce };
  const isList = element === "batch-list";
  const value = isList ? values.batches : values.batch;
  if (value === undefined) return undefined;
  const html = { __html: renderShadowRoot(value, options) };
  return {
    attributes: isList ? {} : hostAttributes(describeBatch(value, options)),
    // biome-ignore lint/security/noDangerouslySetInnerHtml: renderShadowRoot escapes every string of the batch.
    template: createElement("template", { shadowrootmode: "open", dangerouslySetInnerHTML: html }),
  };
}

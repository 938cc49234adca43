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
import type { ElementDefinition } from "../element-definitions.js";
import { serverContent } from "../server-content.js";

/** A component that renders a custom element of type `T`; its ref is the element. */
export type ElementComponent<T extends HTMLElement, P> = ForwardRefExoticComponent<P & RefAttributes<T>>;

/** The attributes of every HTML element, which a component passes on to its element. */
export type ElementAttributes<T extends HTMLElement> = Omit<HTMLAttributes<T>, "dangerouslySetInnerHTML">;

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

/**
 * Creates the component of an element.
 *
 * @param events the types of events by the names of their handlers
 */
export function elementComponent<T extends HTMLElement, P extends object>(
  { tag, Class, properties }: ElementDefinition<T>,
  events: Readonly<Record<string, string>> = {},
): ElementComponent<T, P> {
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

    const server = isServer ? serverContent(tag, values, nonce) : undefined;
    // The element changes its attributes itself. The HTML parser replaces the template with a shadow root, so that
    // hydration finds only the children.
    return createElement(
      tag,
      { suppressHydrationWarning: true, ...server?.attributes, ...attributes, ref: elementRef },
      server && shadowRootTemplate(server.html),
      children,
    );
  });
  component.displayName = tag;
  return component as unknown as ElementComponent<T, P>;
}

const shadowRootTemplate = (html: string) =>
  // biome-ignore lint/security/noDangerouslySetInnerHtml: every string of the batch is escaped.
  createElement("template", { shadowrootmode: "open", dangerouslySetInnerHTML: { __html: html } });

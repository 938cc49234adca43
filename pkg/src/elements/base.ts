// The base class of all elements: language and time zone, the minute timer, server-rendered content, announcements.
import type { BatchView, ProfileName } from "#batchlight";
import { LitElement, type PropertyDeclarations } from "lit";
import { announce, announceChange, announcementKind, announcementText, prepareAnnouncer } from "./announcer.js";
import { formatMessage, type Messages } from "./messages.js";
import { onMinute } from "./minute-timer.js";
import { batchName, createContext, type RenderContext } from "./render-context.js";
import type { ElementName } from "./styles/stylesheets.js";

const connectedElements = new Set<BaseElement>();
let defaultMessages: Messages | undefined;

/**
 * Sets the messages of all elements without a `messages` property of their own, also of those already in the page.
 *
 * @param messages messages by id, such as the pack `de`; `undefined` for English
 */
export function setMessages(messages: Messages | undefined): void {
  defaultMessages = messages;
  // The old value null differs from every value of the property, so that Lit sees a change.
  for (const element of connectedElements) if (element.messages === undefined) element.requestUpdate("messages", null);
}

// Removing an attribute sets its property to undefined rather than null.
const string = { converter: (value: string | null) => value ?? undefined };
const number = { converter: (value: string | null) => (value === null ? undefined : Number(value)) };

// Svelte and React 18 turn an object into this attribute before they set the property.
const data = { converter: (value: string | null) => (value === "[object Object]" ? undefined : (value ?? undefined)) };

/** Declarations of properties that are read from an attribute of the same name; `data` takes JSON. */
export const fromAttribute = { string, number, data } as const;

/**
 * The base class of the elements. Here and in the derived classes, the static properties are getters, so that bundlers
 * drop the classes that a page does not use.
 */
export abstract class BaseElement extends LitElement {
  static override get properties(): PropertyDeclarations {
    return {
      profile: string,
      now: number,
      messages: { attribute: false },
      locale: string,
      timeZone: { ...string, attribute: "time-zone" },
      quiet: { type: Boolean },
    };
  }

  declare profile: ProfileName | undefined;
  declare now: number | undefined;
  declare messages: Messages | undefined;
  declare locale: string | undefined;
  declare timeZone: string | undefined;
  declare quiet: boolean;

  #stopTimer: (() => void) | undefined;
  #isServerRendered = false;

  constructor() {
    super();
    this.quiet = false;
  }

  /** Registers the class, by default under its own tag name; does nothing if the name is taken. */
  static define(name?: string, registry: CustomElementRegistry = customElements): void {
    // biome-ignore lint/complexity/noThisInStatic: `this` is the derived class that is registered, not BaseElement.
    const Class = this as unknown as CustomElementConstructor & { readonly elementName: ElementName };
    const usedName = name ?? Class.elementName;
    if (registry.get(usedName)) return;
    // A registry accepts each class once, so that another name needs a subclass.
    registry.define(usedName, usedName === Class.elementName ? Class : class extends Class {});
  }

  /** The English messages that the element needs. */
  protected abstract readonly english: Messages;

  /** Whether the element was given a value to show. */
  protected abstract readonly hasInput: boolean;

  /** Called once a minute, unless `now` is set. */
  protected abstract minutePassed(): void;

  override connectedCallback(): void {
    super.connectedCallback();
    connectedElements.add(this);
    if (!this.quiet) prepareAnnouncer();
    this.#stopTimer = onMinute(() => this.#fixedNow === undefined && this.hasInput && this.minutePassed());
    // Time may have passed since the element was disconnected.
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    connectedElements.delete(this);
    this.#stopTimer?.();
  }

  // A shadow root that renderBatch wrote stays until the element has a value, and is then replaced in one update, so
  // that nothing flickers.
  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    this.#isServerRendered = this.shadowRoot !== null;
    return super.createRenderRoot();
  }

  /** Whether the element still shows what a server rendered. */
  protected get isServerRendered(): boolean {
    return this.#isServerRendered;
  }

  protected override shouldUpdate(): boolean {
    return this.hasInput || !this.#isServerRendered;
  }

  protected override update(changed: Map<PropertyKey, unknown>): void {
    if (this.#isServerRendered) {
      this.#isServerRendered = false;
      this.renderRoot.replaceChildren();
      delete this.renderOptions.renderBefore;
    }
    super.update(changed);
  }

  /** The messages of this element or those of {@link setMessages}. */
  protected get usedMessages(): Messages | undefined {
    return this.messages ?? defaultMessages;
  }

  get #fixedNow(): number | undefined {
    return Number.isFinite(this.now) ? this.now : undefined;
  }

  /** The current time in Unix seconds: `now` or the system clock. */
  protected get currentTime(): number {
    return this.#fixedNow ?? Math.floor(Date.now() / 1000);
  }

  /** The profile; `undefined` for an empty string, which frameworks pass for a missing value. */
  protected get usedProfile(): ProfileName | undefined {
    return this.profile || undefined;
  }

  /** A render context with the language, the time zone and the current time of this element. */
  protected createContext(): RenderContext {
    const messages = this.usedMessages;
    return createContext({
      english: this.english,
      messages,
      locale: this.locale || regionalLocale(this, formatMessage(messages, this.english, "element.locale")),
      timeZone: this.timeZone,
      now: this.currentTime,
    });
  }

  /** Announces the change between two views of a batch if it is relevant. */
  protected announceChange(key: string, before: BatchView, after: BatchView, context: RenderContext): void {
    if (this.quiet) return;
    const kind = announcementKind(before, after);
    if (!kind) return;
    const { message, number: formatNumber } = context;
    const text = announcementText(before, after);
    const name = batchName(after, context);
    announceChange({
      key,
      text: name ? message("element.announcement", { name, text }) : text,
      isAlert: kind === "alert",
      more: (count) => message("element.more_changed", { count: formatNumber(count) }),
    });
  }

  /** Announces the result of a user's action in this element. */
  protected announce(text: string): void {
    if (!this.quiet) announce(text);
  }
}

/**
 * Returns the regional variant of a language that the page or the browser asks for, such as `en-GB` for `en`; the
 * language itself if neither does.
 */
function regionalLocale(element: Element, language: string): string {
  const isVariant = (tag: string) => tag.toLowerCase().split("-")[0] === language.toLowerCase().split("-")[0];
  for (let ancestor: Element | null = element; ancestor; ancestor = hostOf(ancestor)) {
    const tag = ancestor.closest("[lang]")?.getAttribute("lang");
    if (tag) return isVariant(tag) && tag.includes("-") ? tag : (navigator.languages.find(isVariant) ?? language);
  }
  return navigator.languages.find(isVariant) ?? language;
}

function hostOf(element: Element): Element | null {
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
}

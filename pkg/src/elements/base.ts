// What all elements have in common: language and time, the ticker, what servers wrote, announcements.
import type { BatchView, ProfileName } from "#batchlight";
import { LitElement, type PropertyDeclarations, unsafeCSS } from "lit";
import { announce, answer, isNews, newsText, prepareAnnouncer } from "./announcer.js";
import { nameOf, type Stage, stageOf } from "./render-context.js";
import { sheets, type ElementName } from "./styles/stylesheets.js";
import { onTick } from "./minute-timer.js";
import { formatMessage, type Messages } from "./messages.js";

const connected = new Set<BaseElement>();
let defaultMessages: Messages | undefined;

/**
 * Sets the messages of all elements that have none of their own, those on the page included.
 *
 * @param messages a pack such as `de`; `undefined` for English
 */
export function setMessages(messages: Messages | undefined): void {
  defaultMessages = messages;
  // Lit asks what the property was before; what it is counts as a change from this.
  for (const element of connected) if (element.messages === undefined) element.requestUpdate("messages", null);
}

// An attribute that is taken away leaves what stood there before it, not null.
const text = { converter: (value: string | null) => value ?? undefined };
const numeric = { converter: (value: string | null) => (value === null ? undefined : Number(value)) };

/** How a text and a number are read from attributes of the same name. */
export const readAs = { text, numeric } as const;

/** The base of the elements. */
export abstract class BaseElement extends LitElement {
  static override properties: PropertyDeclarations = {
    profile: text,
    now: numeric,
    messages: { attribute: false },
    locale: text,
    timeZone: { ...text, attribute: "time-zone" },
    quiet: { type: Boolean },
  };

  declare profile: ProfileName | undefined;
  declare now: number | undefined;
  declare messages: Messages | undefined;
  declare locale: string | undefined;
  declare timeZone: string | undefined;
  declare quiet: boolean;

  #stop: (() => void) | undefined;
  #written = false;

  constructor() {
    super();
    this.quiet = false;
  }

  /** Registers the class under a name, unless the name is taken. */
  static define(name?: string, registry: CustomElementRegistry = customElements): void {
    // biome-ignore lint/complexity/noThisInStatic: `this` is the derived class that is registered, not BaseElement.
    const Class = this as unknown as CustomElementConstructor & { readonly named: ElementName };
    const chosen = name ?? Class.named;
    if (registry.get(chosen)) return;
    // A class can be registered once: under a second name it is one of its own.
    registry.define(chosen, chosen === Class.named ? Class : class extends Class {});
  }

  /** What there is to show was handed in. */
  protected abstract readonly isGiven: boolean;

  /** A minute has passed. */
  protected abstract ticked(): void;

  override connectedCallback(): void {
    super.connectedCallback();
    connected.add(this);
    if (!this.quiet) prepareAnnouncer();
    this.#stop = onTick(() => this.#still === undefined && this.isGiven && this.ticked());
    // It may have been away for hours.
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    connected.delete(this);
    this.#stop?.();
  }

  // A server may have written the shadow already (renderBatch). It stays until there is something to show, and is then
  // replaced by the same in one go: nothing flashes.
  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    this.#written = this.shadowRoot !== null;
    return super.createRenderRoot();
  }

  /** Whether what is shown is what a server wrote, about to be replaced by the same. */
  protected get takesOver(): boolean {
    return this.#written;
  }

  protected override shouldUpdate(): boolean {
    return this.isGiven || !this.#written;
  }

  protected override update(changed: Map<PropertyKey, unknown>): void {
    if (this.#written) {
      this.#written = false;
      this.renderRoot.replaceChildren();
      delete this.renderOptions.renderBefore;
    }
    super.update(changed);
  }

  protected get usedMessages(): Messages | undefined {
    return this.messages ?? defaultMessages;
  }

  /** The moment at which time stands still for it, if it does. */
  get #still(): number | undefined {
    return Number.isFinite(this.now) ? this.now : undefined;
  }

  /** The moment of looking. */
  protected get moment(): number {
    return this.#still ?? Math.floor(Date.now() / 1000);
  }

  /** Whose server it is. Frameworks write empty text for what is not given. */
  protected get server(): ProfileName | undefined {
    return this.profile || undefined;
  }

  /** The language, zone and moment of this element. */
  protected get stage(): Stage {
    const messages = this.usedMessages;
    return stageOf({
      messages,
      locale: this.locale || readersKind(this, formatMessage(messages, "element.locale")),
      timeZone: this.timeZone,
      now: this.moment,
    });
  }

  /** Says what changed between two views of one batch, if it is worth it. */
  protected tell(key: string, before: BatchView, after: BatchView, stage: Stage): void {
    if (this.quiet) return;
    const kind = isNews(before, after);
    if (!kind) return;
    const { say, number } = stage;
    const text = newsText(before, after);
    const name = nameOf(after, stage);
    announce({
      key,
      text: name ? say("element.said", { name, text }) : text,
      alert: kind === "alert",
      more: (count) => say("element.more_changed", { count: number(count) }),
    });
  }

  /** Says what came of something that somebody just did here. */
  protected reply(text: string): void {
    if (!this.quiet) answer(text);
  }
}

/** The style sheet of an element for Lit. */
export const styled = (name: ElementName) => unsafeCSS(sheets[name]);

/**
 * The kind of a language that the page or the reader asks for, such as `en-GB` for `en`; the language itself where
 * neither does.
 */
function readersKind(element: Element, language: string): string {
  const isKind = (tag: string) => tag.toLowerCase().split("-")[0] === language.toLowerCase().split("-")[0];
  for (let at: Element | null = element; at; at = hostOf(at)) {
    const tag = at.closest("[lang]")?.getAttribute("lang");
    if (tag) return isKind(tag) && tag.includes("-") ? tag : (navigator.languages.find(isKind) ?? language);
  }
  return navigator.languages.find(isKind) ?? language;
}

function hostOf(element: Element): Element | null {
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
}

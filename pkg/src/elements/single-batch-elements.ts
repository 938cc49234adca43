// The elements that show one batch. They differ only in their templates.
import type { BatchView, ProgressSample } from "#batchlight";
import { type CSSResult, nothing, type PropertyDeclarations, type TemplateResult, unsafeCSS } from "lit";
import { describeBatch } from "../runtime/registered-core.js";
import { BaseElement, fromAttribute } from "./base.js";
import { hostAttributes } from "./host-attributes.js";
import { elementMessages, type Messages, sharedMessages } from "./messages.js";
import type { BatchContext } from "./render-context.js";
import { cardStyles, progressStyles, statusStyles, timelineStyles } from "./styles/stylesheets.js";
import { card } from "./templates/card.js";
import { progress } from "./templates/progress.js";
import { status } from "./templates/status.js";
import { timeline } from "./templates/timeline.js";

let lastKey = 0;

/** A key for announcements about batches without an id. */
function createKey(): string {
  lastKey += 1;
  return `element ${lastKey}`;
}

abstract class SingleBatchElement extends BaseElement {
  static override get properties(): PropertyDeclarations {
    return { batch: fromAttribute.data, history: { attribute: false } };
  }

  declare batch: unknown;
  declare history: readonly ProgressSample[] | undefined;

  readonly #key = createKey();
  #view: BatchView | undefined;

  get view(): BatchView | undefined {
    return this.#view;
  }

  protected get hasInput(): boolean {
    return this.batch !== undefined;
  }

  protected minutePassed(): void {
    this.requestUpdate();
  }

  protected override willUpdate(): void {
    const before = this.#view;
    const { usedProfile: profile, history, currentTime: now, usedMessages: messages } = this;
    this.#view = this.hasInput ? describeBatch(this.batch, { profile, history, now, messages }) : undefined;
    // Neither the first batch nor another batch is a change.
    if (before && this.#view && before.id === this.#view.id)
      this.announceChange(before.id ?? this.#key, before, this.#view, this.createContext());
  }

  // On the element itself, so that the styles of the page can depend on them.
  protected override updated(): void {
    for (const [name, value] of Object.entries(hostAttributes(this.#view)))
      if (value === undefined) this.removeAttribute(name);
      else this.setAttribute(name, value);
  }

  protected abstract template(context: BatchContext): TemplateResult | typeof nothing;

  protected override render(): TemplateResult | typeof nothing {
    return this.#view ? this.template({ ...this.createContext(), view: this.#view }) : nothing;
  }
}

/** `<batch-status>`. */
export class StatusElement extends SingleBatchElement {
  static readonly elementName = "batch-status";
  static override get styles(): CSSResult {
    return unsafeCSS(statusStyles());
  }
  protected get english(): Messages {
    return sharedMessages;
  }
  protected template(context: BatchContext): TemplateResult {
    return status(context);
  }
}

/** `<batch-progress>`. */
export class ProgressElement extends SingleBatchElement {
  static readonly elementName = "batch-progress";
  static override get styles(): CSSResult {
    return unsafeCSS(progressStyles());
  }
  protected get english(): Messages {
    return elementMessages;
  }
  protected template(context: BatchContext): TemplateResult | typeof nothing {
    return progress(context);
  }
}

/** `<batch-timeline>`. */
export class TimelineElement extends SingleBatchElement {
  static readonly elementName = "batch-timeline";
  static override get styles(): CSSResult {
    return unsafeCSS(timelineStyles());
  }
  protected get english(): Messages {
    return elementMessages;
  }
  protected template(context: BatchContext): TemplateResult | typeof nothing {
    return timeline(context);
  }
}

const defaultHeadingLevel = 3;

/** `<batch-card>`. */
export class CardElement extends SingleBatchElement {
  static readonly elementName = "batch-card";
  static override get styles(): CSSResult {
    return unsafeCSS(cardStyles());
  }
  protected get english(): Messages {
    return elementMessages;
  }
  static override get properties(): PropertyDeclarations {
    return { headingLevel: { ...fromAttribute.number, attribute: "heading-level" } };
  }

  declare headingLevel: number;

  constructor() {
    super();
    this.headingLevel = defaultHeadingLevel;
  }

  protected template(context: BatchContext): TemplateResult {
    return card(context, this.headingLevel || defaultHeadingLevel);
  }
}

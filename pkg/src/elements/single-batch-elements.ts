// The elements that show one batch: the same life, four templates.
import { type BatchView, describeBatch, type ProgressSample } from "#batchlight";
import type { PropertyDeclarations, TemplateResult } from "lit";
import { nothing } from "lit";
import { BaseElement, readAs, styled } from "./base.js";
import type { Scene } from "./render-context.js";
import { card } from "./templates/card.js";
import { progress } from "./templates/progress.js";
import { status } from "./templates/status.js";
import { timeline } from "./templates/timeline.js";

let count = 0;

/** A key for the announcements of one element. */
function newKey(): string {
  count += 1;
  return `one ${count}`;
}

abstract class OneElement extends BaseElement {
  static override properties: PropertyDeclarations = { batch: readAs.text, history: { attribute: false } };

  declare batch: unknown;
  declare history: readonly ProgressSample[] | undefined;

  readonly #key = newKey();
  #view: BatchView | undefined;

  get view(): BatchView | undefined {
    return this.#view;
  }

  protected get isGiven(): boolean {
    return this.batch !== undefined;
  }

  protected ticked(): void {
    this.requestUpdate();
  }

  protected override willUpdate(): void {
    const before = this.#view;
    const { server: profile, history, moment: now } = this;
    this.#view = this.isGiven
      ? describeBatch(this.batch, { profile, history, now, messages: this.usedMessages })
      : undefined;
    // Another batch is no change of this one, and the first is no change at all.
    if (before && this.#view && before.id === this.#view.id)
      this.tell(before.id ?? this.#key, before, this.#view, this.stage);
  }

  protected abstract template(scene: Scene): TemplateResult | typeof nothing;

  protected override render(): TemplateResult | typeof nothing {
    return this.#view ? this.template({ ...this.stage, view: this.#view }) : nothing;
  }
}

/** `<batch-status>`. */
export class StatusElement extends OneElement {
  static readonly named = "batch-status";
  static override styles = styled(this.named);
  protected template(scene: Scene): TemplateResult {
    return status(scene);
  }
}

/** `<batch-progress>`. */
export class ProgressElement extends OneElement {
  static readonly named = "batch-progress";
  static override styles = styled(this.named);
  protected template(scene: Scene): TemplateResult | typeof nothing {
    return progress(scene);
  }
}

/** `<batch-timeline>`. */
export class TimelineElement extends OneElement {
  static readonly named = "batch-timeline";
  static override styles = styled(this.named);
  protected template(scene: Scene): TemplateResult | typeof nothing {
    return timeline(scene);
  }
}

/** `<batch-card>`. */
export class CardElement extends OneElement {
  static readonly named = "batch-card";
  static override styles = styled(this.named);
  static override properties: PropertyDeclarations = {
    headingLevel: { ...readAs.numeric, attribute: "heading-level" },
  };

  declare headingLevel: number;

  constructor() {
    super();
    this.headingLevel = 3;
  }

  protected template(scene: Scene): TemplateResult {
    return card(scene, this.headingLevel || 3);
  }
}

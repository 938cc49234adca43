// The setting for notifications.
import { html, nothing, type TemplateResult } from "lit";
import { announce } from "../../shared/announce-event.js";
import { ChangeController } from "../../shared/change-controller.js";
import { LightElement } from "../../shared/components/light-element.js";
import { notificationChanges, notificationProblem, notificationsOn, setNotifications } from "./notifications.js";

/** Turns notifications on and off. */
export class BoardNotify extends LightElement {
  constructor() {
    super();
    new ChangeController(this, notificationChanges);
  }

  protected override render(): TemplateResult {
    const problem = notificationProblem();
    return html`<label class="check notify" title=${problem ?? nothing}
      ><input
        type="checkbox"
        .checked=${notificationsOn()}
        ?disabled=${problem !== undefined}
        @change=${this.#toggle}
      /><span>Notify me when a batch ends</span></label
    >`;
  }

  async #toggle(event: Event): Promise<void> {
    const input = event.target as HTMLInputElement;
    await setNotifications(input.checked);
    // The user may have refused the permission.
    input.checked = notificationsOn();
    announce(this, notificationsOn() ? "Notifications are on." : (notificationProblem() ?? "Notifications are off."));
    this.requestUpdate();
  }
}

customElements.define("board-notify", BoardNotify);

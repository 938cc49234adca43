// Renders a component again when something that it shows changes.
import type { ReactiveController, ReactiveControllerHost } from "lit";

/** Requests an update of its host for each `change` event of its targets, while the host is connected. */
export class ChangeController implements ReactiveController {
  readonly #targets: readonly EventTarget[];
  readonly #update: () => void;

  constructor(host: ReactiveControllerHost, ...targets: readonly EventTarget[]) {
    this.#targets = targets;
    this.#update = () => host.requestUpdate();
    host.addController(this);
  }

  hostConnected(): void {
    for (const target of this.#targets) target.addEventListener("change", this.#update);
  }

  hostDisconnected(): void {
    for (const target of this.#targets) target.removeEventListener("change", this.#update);
  }
}

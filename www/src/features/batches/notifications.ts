// Notifications of the system when a batch ends. They are off until the user asks for them.
import { Setting } from "../../shared/setting.js";
import { truncate } from "../../shared/text.js";
import type { BatchFeed } from "../../data/feed/batch-feed.js";
import { EndedEvent } from "../../data/feed/ended-event.js";
import { nameOf } from "../../data/feed/batch-name.js";
import { formatHash } from "../../shared/route.js";

const wanted = new Setting<boolean>("notify", (stored) => stored === true);

/** Dispatches `change` when the setting changes. */
export const notificationChanges: EventTarget = wanted;

/** What the browser allows; `unsupported` where it has no notifications. */
const permission = (): NotificationPermission | "unsupported" =>
  "Notification" in globalThis ? Notification.permission : "unsupported";

/** Whether notifications are on. */
export const notificationsOn = (): boolean => wanted.value && permission() === "granted";

/** Why notifications cannot be turned on; `undefined` where they can. */
export function notificationProblem(): string | undefined {
  if (permission() === "unsupported") return "This browser has no notifications.";
  return permission() === "denied" ? "The browser blocks notifications of this page." : undefined;
}

/** Turns notifications on or off. Asks for the permission, which browsers allow only after a click. */
export async function setNotifications(on: boolean): Promise<void> {
  if (on && permission() === "default") await Notification.requestPermission();
  wanted.value = on && permission() === "granted";
}

/**
 * Sends a notification for each batch of a feed that ends, also while the page is hidden. Is called once for each feed.
 */
export function notifyOf(feed: BatchFeed): void {
  const apply = (): void => {
    feed.pollInBackground(notificationsOn());
  };
  apply();
  wanted.addEventListener("change", apply);
  feed.addEventListener("ended", (event) => {
    if (!notificationsOn() || !(event instanceof EndedEvent)) return;
    const { stored } = event;
    const { label, progress } = stored.view;
    const notification = new Notification(`${label}: ${truncate(nameOf(stored, feed.fileNames), 60)}`, {
      body: progress.text,
      tag: `batchlight ${stored.id}`,
    });
    notification.addEventListener("click", () => {
      focus();
      location.hash = formatHash({ page: "batches", id: stored.id });
      notification.close();
    });
  });
}

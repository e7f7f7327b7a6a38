import type { Locator, Page } from "playwright-core";
import { gesture, TRY } from "./gesture.ts";

/** Milliseconds. */
const SHORT_TRY = 1_000;

const nothing = async () => {};

/** The notifications at the bottom right. */
export class Notifications {
  readonly items: Locator;

  constructor(readonly page: Page) {
    this.items = page.locator(".notifications-toasts .notification-list-item");
  }

  item(text: string | RegExp): Locator {
    return this.items.filter({ hasText: text }).first();
  }

  /** Closes those that are shown. */
  async clear(): Promise<void> {
    await this.page.keyboard.press("Escape");
    // One may go by itself meanwhile.
    while ((await this.items.count()) > 0) await gesture(() => this.#closeLast(), nothing);
  }

  async #closeLast(): Promise<void> {
    const last = this.items.last();
    if (!(await last.isVisible())) return;
    await last.hover({ timeout: SHORT_TRY });
    await last.locator(".codicon-notifications-clear").click({ timeout: SHORT_TRY });
  }

  /** Clicks a button of a notification; they are shown while the mouse is over it. */
  async click(item: Locator, button: string): Promise<void> {
    await gesture(
      async () => {
        await item.hover({ timeout: TRY });
        await item.locator(".notification-list-item-buttons-container .monaco-button").filter({ hasText: button }).click({ timeout: TRY });
      },
      () => this.page.mouse.move(0, 0),
    );
  }
}

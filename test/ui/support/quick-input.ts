import type { Locator, Page } from "playwright-core";
import { gesture, TRY } from "./gesture.ts";

/** The palette, quick picks and input boxes: whatever asks at the top of the window. */
export class QuickInput {
  readonly widget: Locator;
  readonly input: Locator;
  /** The rows of a list; its labels are in the text, what is beside and below them too. */
  readonly rows: Locator;

  constructor(readonly page: Page) {
    this.widget = page.locator(".quick-input-widget");
    this.input = this.widget.locator("input.input");
    this.rows = this.widget.locator(".quick-input-list .monaco-list-row");
  }

  /** Runs a command by its title as the palette shows it, e.g. "Background Tasks: Run Tick". */
  async runCommand(title: string): Promise<void> {
    const row = this.page.locator(`.quick-input-list .monaco-list-row[aria-label^=${JSON.stringify(title)}]`);
    await gesture(
      async () => {
        await this.#openWith(">", title);
        await row.first().click({ timeout: TRY });
        // Closed, or replaced by what the command asks.
        await row.first().waitFor({ state: "hidden", timeout: TRY });
      },
      () => this.page.keyboard.press("Escape"),
    );
  }

  /** The same with keys alone. */
  async typeCommand(title: string): Promise<void> {
    const focused = this.page.locator(`.quick-input-list .monaco-list-row.focused[aria-label^=${JSON.stringify(title)}]`);
    await gesture(
      async () => {
        await this.#openWith(">", title);
        await focused.waitFor({ timeout: TRY });
        await this.page.keyboard.press("Enter");
        await focused.waitFor({ state: "hidden", timeout: TRY });
      },
      () => this.page.keyboard.press("Escape"),
    );
  }

  /** Titles of the commands that the palette offers for a text. */
  async commandsFor(text: string): Promise<readonly string[]> {
    return gesture(
      async () => {
        await this.#openWith(">", text);
        await this.rows.first().waitFor({ timeout: TRY });
        const labels = await this.rows.locator(".label-name").allTextContents();
        await this.page.keyboard.press("Escape");
        await this.widget.waitFor({ state: "hidden", timeout: TRY });
        return labels;
      },
      () => this.page.keyboard.press("Escape"),
    );
  }

  /** Opens a file of the workspace in the editor by its name. */
  async openFile(name: string): Promise<void> {
    const row = this.rows.filter({ hasText: name }).first();
    await gesture(
      async () => {
        await this.#openWith("", name);
        await row.click({ timeout: TRY });
        await this.page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor({ timeout: TRY });
      },
      () => this.page.keyboard.press("Escape"),
    );
  }

  /** Waits for a list that somebody else has opened, and takes one of it. */
  async pick(label: string | RegExp): Promise<void> {
    await this.rows.filter({ hasText: label }).first().click();
  }

  /** Waits for an input box that asks for `what` (its title, placeholder or prompt), fills it and presses Enter. */
  async answer(what: string | RegExp, text: string): Promise<void> {
    await this.asked(what);
    await this.input.fill(text);
    await this.page.keyboard.press("Enter");
  }

  /** Waits until something is asked. */
  async asked(what: string | RegExp): Promise<void> {
    const visible = this.page.locator(".quick-input-widget:visible");
    const placeholder = typeof what === "string" ? this.page.getByPlaceholder(what) : this.page.getByPlaceholder(what);
    await visible
      .filter({ hasText: what })
      .or(visible.filter({ has: placeholder }))
      .first()
      .waitFor();
  }

  async #openWith(prefix: string, text: string): Promise<void> {
    await this.page.keyboard.press("F1");
    await this.input.waitFor({ timeout: TRY });
    await this.input.fill(prefix + text);
  }
}

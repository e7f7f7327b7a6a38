import type { Locator, Page } from "playwright-core";
import { gesture, TRY } from "./gesture.ts";

/** Milliseconds. */
const MENU_CLOSES = 1_000;

/** A tree in the side bar, e.g. the view "Tasks" of the container "Background Tasks". */
export class SideBarView {
  readonly pane: Locator;
  /** All rows that are shown, whatever their level. */
  readonly rows: Locator;
  /** What a view without rows says; its links and buttons are in it. */
  readonly welcome: Locator;

  constructor(
    readonly page: Page,
    readonly name: string,
  ) {
    this.pane = page.locator(".part.sidebar .pane").filter({ has: page.locator(".pane-header h3.title").getByText(name, { exact: true }) });
    this.rows = this.pane.locator('.monaco-list-row[role="treeitem"]');
    this.welcome = this.pane.locator(".welcome-view-content");
  }

  /** Unfolds the view where only its title is shown. */
  async open(): Promise<void> {
    const header = this.pane.locator(".pane-header");
    await gesture(
      async () => {
        if ((await header.getAttribute("aria-expanded")) !== "true") await header.click({ timeout: TRY });
        await this.pane.locator(".pane-header.expanded").waitFor({ timeout: TRY });
      },
      async () => {},
    );
  }

  /** Of the whole row: label, description. A text is looked for inside of the row's, a class name e.g. also finds its tasks' rows. */
  row(text: string | RegExp): Locator {
    return this.rows.filter({ hasText: text }).first();
  }

  /** The row whose label is just that. */
  rowLabelled(label: string): Locator {
    return this.rows.filter({ has: this.page.locator(".label-name").getByText(label, { exact: true }) }).first();
  }

  /** What a person reads in a row's line, and what a screen reader says. */
  async texts(): Promise<readonly string[]> {
    return (await this.rows.locator(".monaco-icon-label-container").allInnerTexts()).map((text) => text.replaceAll(/\s+/g, " ").trim());
  }

  async accessibleTexts(): Promise<readonly (string | null)[]> {
    return Promise.all((await this.rows.all()).map((row) => row.getAttribute("aria-label")));
  }

  /** Waits until the texts are as the test says; fails with those that were there last. */
  async waitForTexts(isAsExpected: (texts: readonly string[]) => boolean, timeout = 30_000): Promise<void> {
    for (const end = Date.now() + timeout; ; await this.page.waitForTimeout(50)) {
      const texts = await this.texts();
      if (isAsExpected(texts)) return;
      if (Date.now() > end) throw new Error(`The view ${this.name} shows after ${timeout / 1000} s:\n${texts.join("\n")}`);
    }
  }

  /** Presses the arrow key, in a view that has the focus, until the row with that text has it. */
  async moveFocusTo(text: string | RegExp): Promise<void> {
    const focused = this.pane.locator(".monaco-list-row.focused");
    for (;;) {
      await focused.waitFor({ timeout: TRY });
      if ((await focused.filter({ hasText: text }).count()) > 0) return;
      const id = await focused.getAttribute("id");
      await this.page.keyboard.press("ArrowDown");
      await this.pane.locator(`.monaco-list-row.focused:not([id="${id}"])`).waitFor({ timeout: TRY });
    }
  }

  /** Of what is behind the rows, as CSS writes it. */
  async background(): Promise<string> {
    return this.page.locator(".part.sidebar").evaluate(styleOf, "background-color");
  }

  /** Colours of text and icons, each once, as CSS writes them. */
  async coloursOf(elements: Locator): Promise<readonly string[]> {
    const colours = await Promise.all((await elements.all()).map((element) => element.evaluate(styleOf, "color")));
    return [...new Set(colours)];
  }

  async expand(row: Locator): Promise<void> {
    await row.waitFor();
    await gesture(
      async () => {
        if ((await row.getAttribute("aria-expanded")) === "true") return;
        await row.click({ timeout: TRY });
        await this.page.keyboard.press("ArrowRight");
        await this.page.waitForFunction((element) => element?.getAttribute("aria-expanded") === "true", await row.elementHandle(), {
          timeout: TRY,
        });
      },
      () => this.page.keyboard.press("Escape"),
    );
  }

  /** Clicks one of the buttons that a row shows while the mouse is over it. */
  async clickInline(row: Locator, title: string): Promise<void> {
    await gesture(
      async () => {
        await row.hover({ timeout: TRY });
        await row.locator(`.actions .action-label[aria-label*="${title}"]`).first().click({ timeout: TRY });
      },
      () => this.page.mouse.move(0, 0),
    );
  }

  /** Clicks one of the buttons of the view's own title. */
  async clickTitle(title: string): Promise<void> {
    await gesture(
      async () => {
        await this.pane.locator(".pane-header").hover({ timeout: TRY });
        await this.pane.locator(`.pane-header .action-label[aria-label*="${title}"]`).first().click({ timeout: TRY });
      },
      () => this.page.mouse.move(0, 0),
    );
  }

  /** Chooses from the menu that the right mouse button shows on a row. */
  async chooseFromMenu(row: Locator, title: string): Promise<void> {
    const menu = this.page.locator(".context-view .monaco-menu");
    const item = menu.locator(".action-item").filter({ hasText: title }).first();
    await gesture(
      async () => {
        if (!(await menu.isVisible())) await row.click({ button: "right", timeout: TRY });
        await item.click({ timeout: TRY });
        await menu.waitFor({ state: "detached", timeout: MENU_CLOSES });
      },
      // A menu that has only just opened takes no click: the next one is for the same menu. One of another row, because rows have moved, is closed.
      async () => {
        if (!(await item.isVisible())) await this.page.keyboard.press("Escape");
      },
    );
  }
}

/** Executed in the page, whose globals Node's types do not know. */
function styleOf(element: unknown, property: string): string {
  return Reflect.get(globalThis, "getComputedStyle")(element).getPropertyValue(property);
}

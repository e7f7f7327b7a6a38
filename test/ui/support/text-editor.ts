import type { Locator, Page } from "playwright-core";
import { gesture, TRY } from "./gesture.ts";

/** The text editor that is in front. */
export class TextEditor {
  readonly element: Locator;
  readonly codeLenses: Locator;
  /** What stands over lines, lenses that nobody can click on included. */
  readonly codeLensLines: Locator;
  readonly errorSquiggles: Locator;
  readonly warningSquiggles: Locator;
  readonly #quickFixes: Locator;

  constructor(readonly page: Page) {
    this.element = page.locator(".editor-group-container.active .monaco-editor").first();
    this.codeLenses = this.element.locator(".codelens-decoration a");
    this.codeLensLines = this.element.locator(".codelens-decoration");
    this.#quickFixes = page.locator(".action-widget .monaco-list-row.action");
    this.errorSquiggles = this.element.locator(".cdr.squiggly-error");
    this.warningSquiggles = this.element.locator(".cdr.squiggly-warning");
  }

  /** A line that is shown, by a part of its text. Spaces of the source are not-breaking ones on the screen. */
  line(text: string): Locator {
    return this.element.locator(".view-line").filter({ hasText: text }).first();
  }

  /** The line with the cursor, if it has the text. */
  currentLine(text: string): Locator {
    // Only its number is marked; the line is at the same height.
    return this.element
      .locator(".view-overlays .current-line")
      .locator("xpath=ancestor::*[contains(@class, 'lines-content')]")
      .locator(".view-line")
      .filter({ hasText: text })
      .first();
  }

  /** Moves the cursor to a line, 1-based, and shows it. */
  async goToLine(line: number): Promise<void> {
    const input = this.page.locator(".quick-input-widget input.input");
    await gesture(
      async () => {
        await this.page.keyboard.press("Control+G");
        await input.waitFor({ timeout: TRY });
        await input.fill(`:${line}`);
        await this.page.keyboard.press("Enter");
        await input.waitFor({ state: "hidden", timeout: TRY });
      },
      () => this.page.keyboard.press("Escape"),
    );
  }

  async clickCodeLens(text: string | RegExp): Promise<void> {
    await this.codeLenses.filter({ hasText: text }).first().click();
  }

  /** The source of the lines that are touched by squiggles of a kind; waits for one. */
  async linesWith(squiggles: Locator): Promise<readonly string[]> {
    await squiggles.first().waitFor();
    const boxes = await Promise.all((await squiggles.all()).map((squiggle) => squiggle.boundingBox()));
    const lines: string[] = [];
    for (const line of await this.element.locator(".view-line").all()) {
      const box = await line.boundingBox();
      const isTouched = box && boxes.some((squiggle) => squiggle && squiggle.y >= box.y - 1 && squiggle.y < box.y + box.height - 1);
      if (isTouched) lines.push((await line.innerText()).replaceAll("\u00a0", " ").trim());
    }
    return lines;
  }

  /** Notes at the ends of lines: text that decorations add after the source. */
  async endOfLineNotes(): Promise<readonly string[]> {
    const notes = await this.element
      .locator('.view-line span[class*="ced-"]')
      // Executed in the page, whose types are not those of Node.
      .evaluateAll((spans) => spans.map((span) => String(Reflect.get(globalThis, "getComputedStyle")(span, "::after").content)));
    return notes.filter((content) => content !== "none").map((content) => content.replace(/^"|"$/g, "").replaceAll('\\"', '"'));
  }

  /** Shows the lines of the hover at a part of a line. They come from several: `awaited` is what one of them has to have. */
  async hoverAt(line: Locator, awaited: string | RegExp = /./): Promise<readonly string[]> {
    const rows = this.page.locator(".monaco-hover:not(.hidden) .hover-row");
    return gesture(
      async () => {
        await line.hover({ timeout: TRY });
        await rows.filter({ hasText: awaited }).first().waitFor({ timeout: TRY });
        return rows.allInnerTexts();
      },
      () => this.page.mouse.move(0, 0),
    );
  }

  /** A piece of a line that the editor colours by itself, such as a name. */
  wordIn(lineText: string, word: string): Locator {
    return this.line(lineText)
      .locator("span > span")
      .filter({ hasText: new RegExp(`^\\s*${word}\\s*$`) })
      .first();
  }

  /** Moves the mouse away, and waits until the hover is gone. */
  async closeHover(): Promise<void> {
    await this.page.mouse.move(0, 0);
    await this.page.keyboard.press("Escape");
    await this.page.locator(".monaco-hover:not(.hidden) .hover-row").first().waitFor({ state: "hidden" });
  }

  /** Clicks a link of the hover that is shown. */
  async clickInHover(title: string): Promise<void> {
    await this.page.locator(".monaco-hover:not(.hidden) .hover-row a").filter({ hasText: title }).first().click();
  }

  /** Opens the menu of the light bulb at the cursor. */
  async openQuickFixes(): Promise<void> {
    await gesture(
      async () => {
        await this.page.keyboard.press("Control+.");
        await this.#quickFixes.first().waitFor({ timeout: TRY });
      },
      () => this.page.keyboard.press("Escape"),
    );
  }

  /** Of the open menu. */
  async quickFixTitles(): Promise<readonly string[]> {
    return (await this.#quickFixes.allInnerTexts()).map((title) => title.trim());
  }

  /** Takes one of the open menu. */
  async takeQuickFix(title: string): Promise<void> {
    await this.#quickFixes.filter({ hasText: title }).first().click();
    await this.#quickFixes.first().waitFor({ state: "hidden" });
  }

  /** Replaces the whole text as a person does, by pasting over it, and saves the file. */
  async replaceAll(text: string): Promise<void> {
    await this.element.locator(".view-line").first().click();
    await this.page.keyboard.press("Control+A");
    await this.page.keyboard.insertText(text);
    await this.save();
  }

  async save(): Promise<void> {
    await gesture(
      async () => {
        await this.page.keyboard.press("Control+S");
        await this.page.locator(".tab.active.dirty").waitFor({ state: "detached", timeout: TRY });
      },
      async () => {},
    );
  }
}

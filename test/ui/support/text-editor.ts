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

  constructor(readonly page: Page) {
    this.element = page.locator(".editor-group-container.active .monaco-editor").first();
    this.codeLenses = this.element.locator(".codelens-decoration a");
    this.codeLensLines = this.element.locator(".codelens-decoration");
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

  /** Shows the lines of the hover at a part of a line. */
  async hoverAt(line: Locator): Promise<readonly string[]> {
    const rows = this.page.locator(".monaco-hover:not(.hidden) .hover-row");
    return gesture(
      async () => {
        await line.hover({ timeout: TRY });
        await rows.first().waitFor({ timeout: TRY });
        return rows.allInnerTexts();
      },
      () => this.page.mouse.move(0, 0),
    );
  }

  /** Titles of the quick fixes at the cursor; `chosen` is executed. */
  async quickFixes(chosen?: string | RegExp): Promise<readonly string[]> {
    const rows = this.page.locator(".action-widget .monaco-list-row.action");
    return gesture(
      async () => {
        await this.page.keyboard.press("Control+.");
        await rows.first().waitFor({ timeout: TRY });
        const titles = await rows.allInnerTexts();
        if (chosen === undefined) await this.page.keyboard.press("Escape");
        else await rows.filter({ hasText: chosen }).first().click({ timeout: TRY });
        return titles;
      },
      () => this.page.keyboard.press("Escape"),
    );
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

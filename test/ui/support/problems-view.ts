import type { Locator, Page } from "playwright-core";
import type { QuickInput } from "./quick-input.ts";

export class ProblemsView {
  readonly rows: Locator;

  constructor(
    readonly page: Page,
    readonly quickInput: QuickInput,
  ) {
    this.rows = page.locator(".markers-panel .monaco-list-row");
  }

  async show(): Promise<void> {
    await this.quickInput.runCommand("Problems: Focus on Problems View");
    await this.page.locator(".markers-panel").waitFor();
  }

  problem(text: string | RegExp): Locator {
    return this.rows.filter({ hasText: text }).first();
  }
}

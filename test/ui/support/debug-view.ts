import type { Locator, Page } from "playwright-core";
import type { QuickInput } from "./quick-input.ts";

/** The debugger as a person sees it. */
export class DebugView {
  readonly toolbar: Locator;
  /** The marked line at which execution has stopped. */
  readonly stoppedLine: Locator;
  readonly breakpoints: Locator;
  readonly frames: Locator;
  readonly variables: Locator;
  readonly consoleLines: Locator;

  constructor(
    readonly page: Page,
    readonly quickInput: QuickInput,
  ) {
    this.toolbar = page.locator(".debug-toolbar");
    this.stoppedLine = page.locator(".monaco-editor .debug-top-stack-frame-line");
    this.breakpoints = page.locator(
      ".monaco-editor .margin .codicon-debug-breakpoint, .monaco-editor .margin .codicon-debug-breakpoint-unverified",
    );
    this.frames = page.locator(".debug-call-stack .stack-frame");
    this.variables = page.locator(".debug-variables .monaco-list-row");
    this.consoleLines = page.locator(".repl .monaco-list-row");
  }

  /** Sets or removes a breakpoint at a line that is shown. */
  async toggleBreakpoint(line: Locator): Promise<void> {
    await line.click();
    await this.page.keyboard.press("F9");
  }

  /** Waits until execution has stopped and the call stack is shown; resolves to its functions with their files, innermost first. */
  async stopped(): Promise<readonly { readonly name: string; readonly file: string }[]> {
    await this.toolbar.waitFor();
    await this.stoppedLine.first().waitFor();
    await this.frames.first().waitFor();
    const names = await this.frames.locator(".label").allInnerTexts();
    const files = await this.frames.locator(".file-name").allInnerTexts();
    return names.map((name, index) => ({ name, file: files[index] ?? "" }));
  }

  /** Opens a scope, e.g. "Local", where it is closed; resolves to its variables as they are written: "total: 42". */
  async variablesOf(scope: string | RegExp): Promise<readonly string[]> {
    const row = this.variables.filter({ hasText: scope }).first();
    await row.waitFor();
    if ((await row.getAttribute("aria-expanded")) !== "true") await row.click();
    await this.variables.locator(".expression").first().waitFor();
    return this.variables.locator(".expression").allInnerTexts();
  }

  /** Shows the view Run and Debug: where an error has stopped execution the editor does not show it by itself. */
  async show(): Promise<void> {
    await this.quickInput.runCommand("View: Show Run and Debug");
  }

  /** Goes on after a stop. */
  async goOn(): Promise<void> {
    await this.quickInput.runCommand("Debug: Continue");
  }

  /** Chooses that errors which nobody catches stop execution; offered once something has been debugged. */
  async stopAtUncaught(): Promise<void> {
    await this.quickInput.runCommand("Run and Debug: Focus on Breakpoints View");
    const row = this.page.locator(".debug-breakpoints .monaco-list-row").filter({ hasText: "Uncaught Exceptions" });
    const box = row.locator('[role="checkbox"]');
    if ((await box.getAttribute("aria-checked")) !== "true") await box.click();
    await row.locator('[role="checkbox"][aria-checked="true"]').waitFor();
  }

  async ended(): Promise<void> {
    await this.toolbar.waitFor({ state: "hidden" });
  }

  async showConsole(): Promise<void> {
    await this.quickInput.runCommand("Debug Console: Focus on Debug Console View");
  }
}

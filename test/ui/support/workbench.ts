import { copyFile, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { DebugView } from "./debug-view.ts";
import { gesture, TRY } from "./gesture.ts";
import { Notifications } from "./notifications.ts";
import { ProblemsView } from "./problems-view.ts";
import { QuickInput } from "./quick-input.ts";
import { SideBarView } from "./side-bar-view.ts";
import { TextEditor } from "./text-editor.ts";

/** Absolute path of the directory for pictures. */
const PICTURES = process.env.TEST_PICTURES ?? join(process.cwd(), ".test-build/pictures");

const README_PICTURES = join(process.cwd(), "docs/images");

/** The window of the real editor, as a person uses it. Waiting is for what becomes visible, 30 s where nothing else is said. */
export class Workbench {
  readonly quickInput: QuickInput;
  readonly tasks: SideBarView;
  readonly history: SideBarView;
  readonly problems: ProblemsView;
  readonly editor: TextEditor;
  readonly debug: DebugView;
  readonly notifications: Notifications;
  /** The extension's item in the status bar. */
  readonly statusItem: Locator;

  constructor(readonly page: Page) {
    this.quickInput = new QuickInput(page);
    this.tasks = new SideBarView(page, "Tasks");
    this.history = new SideBarView(page, "History");
    this.problems = new ProblemsView(page, this.quickInput);
    this.editor = new TextEditor(page);
    this.debug = new DebugView(page, this.quickInput);
    this.notifications = new Notifications(page);
    this.statusItem = page.locator('.statusbar-item[id^="background-task-ex.background-task-ex"]');
  }

  /** Waits until the window can be used. */
  async shown(): Promise<void> {
    await this.page.locator(".monaco-workbench .part.statusbar").waitFor({ timeout: 60_000 });
  }

  /** Runs a command of the extension by its title, e.g. "Run Tick", from the palette. */
  async run(title: string): Promise<void> {
    await this.quickInput.runCommand(`Background Tasks: ${title}`);
  }

  /** Runs a command by its whole title with keys alone. */
  typeCommand(title: string): Promise<void> {
    return this.quickInput.typeCommand(title);
  }

  /** Shows the extension's views by its icon in the activity bar. */
  async showTasks(): Promise<void> {
    const icon = this.page.locator(".activitybar li.action-item").filter({ has: this.page.locator('[aria-label^="Background Tasks"]') });
    await gesture(
      async () => {
        if (await this.tasks.pane.isVisible()) return;
        await icon.click({ timeout: TRY });
        await this.tasks.pane.waitFor({ timeout: TRY });
      },
      async () => {},
    );
  }

  /** In the middle of the window. */
  dialog(question: string): Locator {
    return this.page.locator(".monaco-dialog-box").filter({ hasText: question });
  }

  /** Answers a question in the middle of the window by one of its buttons. */
  async confirm(question: string, button: string): Promise<void> {
    const dialog = this.dialog(question);
    await dialog.locator(".monaco-button").filter({ hasText: button }).first().click();
    await dialog.waitFor({ state: "hidden" });
  }

  /** Trusts the folder of the window, as a person does who was not asked. */
  async trustWorkspace(): Promise<void> {
    await this.quickInput.runCommand("Workspaces: Manage Workspace Trust");
    await this.page
      .locator(".workspace-trust-editor .monaco-button")
      .filter({ hasText: /^Trust$/ })
      .click();
    await this.page.locator('.statusbar-item[id="status.workspaceTrust"]').waitFor({ state: "hidden" });
  }

  openFile(name: string): Promise<void> {
    return this.quickInput.openFile(name);
  }

  /** A picture that the README shows; with UPDATE_PICTURES set it replaces the one there. */
  async readmePicture(name: string): Promise<void> {
    const path = await this.picture(name);
    if (!process.env.UPDATE_PICTURES) return;
    await mkdir(README_PICTURES, { recursive: true });
    await copyFile(path, join(README_PICTURES, `${name}.png`));
  }

  /** Saves what the window shows, in the test build's directory `ui/pictures`, and returns the picture's path. */
  async picture(name: string): Promise<string> {
    const path = join(PICTURES, `${name.replaceAll(/[^\w.-]+/g, "-").slice(0, 100)}.png`);
    await mkdir(dirname(path), { recursive: true });
    await this.page.screenshot({ path });
    return path;
  }
}

import type { Browser } from "playwright-core";
import { launchBrowser, newPage, type Opened, workbenchAddress } from "../../../scripts/editor-host/browser.ts";
import { DataDirectory } from "../../../scripts/editor-host/data-directory.ts";
import { EditorServer } from "../../../scripts/editor-host/editor-server.ts";
import { logTails } from "../../../scripts/editor-host/log-tails.ts";
import type { WorkspaceFolder } from "../../editor/support/workspace-folder.ts";
import { Workbench } from "./workbench.ts";

export interface EditorWindowOptions {
  /** Makes what is opened, anew for each `describe`: e.g. `WorkspaceFolder.ofSamples` or `() => WorkspaceFolder.of({ … })`. */
  readonly folder?: () => Promise<WorkspaceFolder>;
  /** More folders beside it: the window then shows a workspace of all of them, in this order. */
  readonly moreFolders?: readonly (() => Promise<WorkspaceFolder>)[];
  /** User settings. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** `false`: the folder is not trusted, until somebody says so. */
  readonly isTrusted?: boolean;
}

/** What a `describe` has of its own once it has begun: a server, a page, a folder. */
export interface EditorWindow {
  readonly workbench: Workbench;
  readonly folder: WorkspaceFolder;
  /** All folders of the window, `folder` first. */
  readonly folders: readonly WorkspaceFolder[];
  /** The user's data: settings that can be replaced, logs. */
  readonly data: DataDirectory;
  readonly server: EditorServer;
}

let browser: Promise<Browser> | undefined;
// Outside of any describe: after all tests of all files.
after(async () => (await browser)?.close());

/**
 * Opens an editor with the packed extension for the tests of the enclosing `describe`, and closes it after them. A test that fails leaves
 * a picture and says where, and what the extension and the server have logged.
 *
 * @returns what is there from the first `it` or later `before` on.
 */
export function useEditorWindow(options: EditorWindowOptions = {}): EditorWindow {
  let window: OpenedWindow | undefined;
  const opened = () => {
    if (window === undefined) throw new Error("The window is open inside of tests and hooks only.");
    return window;
  };

  before("open the editor", async function () {
    this.timeout(120_000);
    window = await OpenedWindow.open(options);
  });
  afterEach("say what was seen", async function () {
    if (this.currentTest?.state === "failed" && window) await window.report(this.currentTest.fullTitle());
  });
  after("close the editor", () => window?.close());

  return {
    get workbench() {
      return opened().workbench;
    },
    get folder() {
      return opened().folders[0] as WorkspaceFolder;
    },
    get folders() {
      return opened().folders;
    },
    get data() {
      return opened().data;
    },
    get server() {
      return opened().server;
    },
  };
}

class OpenedWindow {
  private constructor(
    readonly data: DataDirectory,
    readonly folders: readonly WorkspaceFolder[],
    readonly server: EditorServer,
    readonly workbench: Workbench,
  ) {}

  static async open({ folder, moreFolders = [], settings = {}, isTrusted = true }: EditorWindowOptions): Promise<OpenedWindow> {
    const { TEST_EXTENSIONS: extensions } = process.env;
    if (extensions === undefined) throw new Error("TEST_EXTENSIONS names no directory; `node scripts/test.mjs ui` makes one.");
    browser ??= launchBrowser();
    const trust = { "security.workspace.trust.enabled": !isTrusted, "security.workspace.trust.startupPrompt": "never" };
    const [data, ...folders] = await Promise.all([
      DataDirectory.create({ ...trust, ...settings }),
      ...[...(folder ? [folder] : []), ...moreFolders].map((make) => make()),
    ]);
    const server = await EditorServer.start({ data, extensions, trustsEverything: isTrusted });
    const window = new OpenedWindow(data, folders, server, new Workbench(await newPage(await browser)));
    try {
      await window.workbench.page.goto(workbenchAddress(server, await openedBy(folders)), { waitUntil: "commit" });
      await window.workbench.shown();
      return window;
    } catch (error) {
      await window.report("open the editor");
      await window.close();
      throw error;
    }
  }

  async report(title: string): Promise<void> {
    const picture = await this.workbench.picture(title).catch((error) => `none: ${error}`);
    console.log(`      what the window showed: ${picture}\n${await logTails(this.data)}`);
  }

  async close(): Promise<void> {
    await this.workbench.page.context().close();
    await this.server.stop();
    await Promise.all([this.data.remove(), ...this.folders.map((folder) => folder.remove())]);
  }
}

/** A folder, or the file of a workspace of several. */
async function openedBy([first, ...others]: readonly WorkspaceFolder[]): Promise<Opened> {
  if (first === undefined) return {};
  if (others.length === 0) return { folder: first.directory };
  const folders = [first, ...others].map(({ directory }) => ({ path: directory }));
  await first.write("all.code-workspace", JSON.stringify({ folders }, null, 2));
  return { workspace: first.path("all.code-workspace") };
}

import type { Page } from "playwright-core";
import { workbenchAddress } from "./browser.ts";
import type { EditorServer } from "./editor-server.ts";

export interface ExtensionTests {
  /** Absolute path of the folder that is opened. */
  readonly folder: string;
  /** Absolute path of the directory with the extension's package.json. */
  readonly extension: string;
  /** Absolute path of the CommonJS module that exports `run(): Promise<void>`. */
  readonly tests: string;
  /** Milliseconds for all of them. */
  readonly timeout: number;
  /** Gets what is written to the console in the extension host and in the page. */
  readonly onLog: (type: string, text: string) => void;
}

/** Runs tests inside the extension host. Resolves to `undefined`, or to why they did not pass. */
export async function runExtensionTests(server: EditorServer, page: Page, options: ExtensionTests): Promise<string | undefined> {
  let resolve: (problem: string | undefined) => void = () => {};
  const ended = new Promise<string | undefined>((settle) => {
    resolve = settle;
  });
  await page.exposeFunction("codeAutomationExit", (code: number) => resolve(code === 0 ? undefined : `the tests ended with ${code}`));
  await page.exposeFunction("codeAutomationLog", (type: string, args: readonly unknown[]) => options.onLog(type, args.join(" ")));
  page.on("crash", () => resolve("the page has crashed"));
  const timer = setTimeout(() => resolve(`the tests did not end within ${options.timeout / 1000} s`), options.timeout);
  const payload = [
    ["extensionDevelopmentPath", server.remoteUri(options.extension)],
    ["extensionTestsPath", server.remoteUri(options.tests)],
  ];
  await page.goto(workbenchAddress(server, { folder: options.folder }, { payload: JSON.stringify(payload) }), { waitUntil: "commit" });
  return ended.finally(() => clearTimeout(timer));
}

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { WorkspaceFolder } from "../../test/editor/support/workspace-folder.ts";
import { launchBrowser, newPage } from "./browser.ts";
import { DataDirectory } from "./data-directory.ts";
import { EditorServer } from "./editor-server.ts";
import { runExtensionTests } from "./extension-tests.ts";
import { logTails } from "./log-tails.ts";

export interface EditorTests {
  /** Absolute paths of the module that exports `run()`, of the extension under test, and of where to leave pictures of what failed. */
  readonly tests: string;
  readonly extension: string;
  readonly failures: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** Milliseconds for the whole suite. */
const TIMEOUT = 600_000;
/** What begins the lines of the tests, which share one channel with whatever else is logged, and what tells of a failed one. */
const LINE = "\u241f";
const FAILURE = "\u241e";

/** Runs test/editor on a copy of the sample workspace. Returns whether all passed. */
export async function runEditorTests({ tests, extension, failures, environment }: EditorTests): Promise<boolean> {
  const [data, folder] = await Promise.all([DataDirectory.create(), WorkspaceFolder.ofSamples()]);
  const [server, browser] = await Promise.all([
    EditorServer.start({
      data,
      extensions: join(data.path, "extensions"),
      testDriver: true,
      environment: { ...environment, TEST_LINE: LINE, TEST_FAILURE: FAILURE },
    }),
    launchBrowser(),
  ]);
  try {
    const page = await newPage(browser);
    const pictures: Promise<void>[] = [];
    const errors: string[] = [];
    const problem = await runExtensionTests(server, page, {
      folder: folder.directory,
      extension,
      tests,
      timeout: TIMEOUT,
      onLog: (type, text) => {
        if (text.startsWith(LINE)) console.log(text.slice(LINE.length));
        else if (text.startsWith(FAILURE)) pictures.push(takePicture(page, failures, text.slice(FAILURE.length)));
        else if (type === "error") errors.push(text);
      },
    });
    await Promise.all(pictures);
    if (problem !== undefined) {
      console.log(`${problem}\n${await logTails(data)}`);
      console.log(`── errors on the consoles of page and extension host\n${errors.slice(-20).join("\n")}`);
    }
    return problem === undefined;
  } finally {
    await browser.close();
    await server.stop();
    await Promise.all([data.remove(), folder.remove()]);
  }
}

async function takePicture(page: Page, directory: string, test: string): Promise<void> {
  const path = join(directory, `${test.replaceAll(/[^\w.-]+/g, "-").slice(0, 100)}.png`);
  await mkdir(directory, { recursive: true });
  await page.screenshot({ path });
  console.log(`      what the window showed: ${path}`);
}

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { launchBrowser, newPage } from "../../../scripts/editor-host/browser.ts";
import { DataDirectory } from "../../../scripts/editor-host/data-directory.ts";
import { EditorServer } from "../../../scripts/editor-host/editor-server.ts";
import { runExtensionTests } from "../../../scripts/editor-host/extension-tests.ts";
import { logTails } from "../../../scripts/editor-host/log-tails.ts";
import type { WorkspaceFolder } from "../../editor/support/workspace-folder.ts";
import type { MeasuredInHost } from "./measured.ts";

/** Milliseconds. */
const TIMEOUT = 300_000;

/** Lets a module measure inside the extension host of a fresh editor; resolves to what it wrote. */
export async function inHost(
  module: string,
  folder: WorkspaceFolder,
  environment: Readonly<Record<string, string>> = {},
): Promise<MeasuredInHost> {
  const data = await DataDirectory.create();
  const result = join(data.path, "measured.json");
  const server = await EditorServer.start({
    data,
    extensions: join(data.path, "extensions"),
    testDriver: true,
    environment: { ...environment, BENCH_RESULT: result, TEST_REPOSITORY: process.cwd() },
  });
  const browser = await launchBrowser();
  try {
    const errors: string[] = [];
    const problem = await runExtensionTests(server, await newPage(browser), {
      folder: folder.directory,
      extension: process.cwd(),
      tests: join(process.env.BENCH_IN_HOST ?? "", `${module}.cjs`),
      timeout: TIMEOUT,
      onLog: (type, text) => type === "error" && errors.push(text),
    });
    if (problem !== undefined) throw new Error(`${problem}\n${errors.slice(-5).join("\n")}\n${await logTails(data)}`);
    return JSON.parse(readFileSync(result, "utf8"));
  } finally {
    await browser.close();
    await server.stop();
    await data.remove();
  }
}

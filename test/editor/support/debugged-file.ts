import * as vscode from "vscode";
import { DebugMessages } from "./debug-messages.ts";
import { extension } from "./extension.ts";
import { fileUri, openedFolder } from "./opened-folder.ts";

/** For the tests of the enclosing `describe`: a task file in the opened folder, and what is said to debuggers in each test. */
export function useDebuggedFile(name: string, text: string): { readonly messages: DebugMessages } {
  let messages: DebugMessages | undefined;

  before(() => extension().activate());

  beforeEach(async () => {
    messages = new DebugMessages();
    // Each time another text, that was never bundled before.
    await openedFolder().write(name, `${text}\n// ${Date.now()}\n`);
  });

  afterEach(async () => {
    await vscode.debug.stopDebugging();
    vscode.debug.removeBreakpoints(vscode.debug.breakpoints);
    messages?.dispose();
  });

  after(() => vscode.workspace.fs.delete(fileUri(name)));

  return {
    get messages() {
      if (!messages) throw new Error("Nothing is debugged outside of tests.");
      return messages;
    },
  };
}

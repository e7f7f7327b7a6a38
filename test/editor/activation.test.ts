import assert from "node:assert/strict";
import * as vscode from "vscode";
import { extension } from "./support/extension.ts";

describe("The extension", () => {
  it("is activated by a folder with task files", async () => {
    await extension().activate();
    assert.ok(extension().isActive);
  });

  it("registers every command that it contributes", async () => {
    await extension().activate();
    const contributed: { command: string }[] = extension().packageJSON.contributes.commands;
    const registered = new Set(await vscode.commands.getCommands(true));
    const missing = contributed.map(({ command }) => command).filter((command) => !registered.has(command));
    assert.deepEqual(missing, []);
  });
});

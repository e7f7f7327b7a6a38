import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { promisify } from "node:util";
import * as vscode from "vscode";
import type { ExtensionInternals } from "../../../client/extension.ts";
import { extension } from "../../editor/support/extension.ts";
import { openedFolder, openedWorkspaceFolder } from "../../editor/support/opened-folder.ts";
import { nextEvent } from "../../editor/support/until.ts";
import { knownFolder, now, rounds } from "./in-host-rounds.ts";
import type { MeasuredInHost } from "./measured.ts";
import { residentBytes } from "./resident-bytes.ts";

/** In a folder with the bench's tasks: what happens between editor, runner and worker. */
export async function run(): Promise<void> {
  const { runner, model } = (await extension().activate()) as ExtensionInternals;
  const folder = (await knownFolder(model)).uri;
  const create = (className: string, params: object) =>
    runner.request("createTask", { folder, class: className, params, type: "interactive" });

  const file = openedFolder().path("noted-time");
  const noting = await create("TickBench", { file });
  const tickToAction = await rounds(async () => {
    const before = now();
    await vscode.commands.executeCommand("backgroundTasks.runTask", { folder, task: noting.id });
    const tick = Number(readFileSync(file, "utf8")) - before;
    return { tick, node: await millisecondsOf(() => promisify(execFile)("node", ["-e", "0"])) };
  });

  const throwing = await create("ThrowBench", {});
  const throwToDiagnostic = await rounds(async () => {
    const seen = new Set(thrownTimes());
    const shown = nextEvent(vscode.languages.onDidChangeDiagnostics, () => thrownTimes().some((time) => !seen.has(time)), {
      what: "the diagnostic",
    }).then(now);
    await vscode.commands.executeCommand("backgroundTasks.runTask", { folder, task: throwing.id });
    const diagnostic = (await shown) - Math.max(...thrownTimes());
    return { diagnostic, watcher: await watcherDelay() };
  });

  const memory = { runner: residentBytes(runner.pid ?? 0), node: await idleNodeBytes() };
  const measured: MeasuredInHost = { tickToAction, throwToDiagnostic, memory };
  writeFileSync(process.env.BENCH_RESULT ?? "", JSON.stringify(measured));
}

async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const before = performance.now();
  await work();
  return performance.now() - before;
}

function thrownTimes(): number[] {
  const messages = vscode.languages.getDiagnostics().flatMap(([, diagnostics]) => diagnostics.map(({ message }) => message));
  return messages.flatMap((message) => /thrown at ([\d.]+)/.exec(message)?.[1] ?? []).map(Number);
}

async function watcherDelay(): Promise<number> {
  const folder = openedWorkspaceFolder();
  const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, "watched-*"));
  const path = vscode.Uri.joinPath(folder.uri, `watched-${now()}`).fsPath;
  const seen = nextEvent(watcher.onDidCreate, ({ fsPath }) => fsPath === path, { what: "the watcher's event" }).then(now);
  const written = now();
  writeFileSync(path, "");
  const delay = (await seen) - written;
  watcher.dispose();
  return delay;
}

async function idleNodeBytes(): Promise<number> {
  const { stdout } = await promisify(execFile)("node", ["-p", "process.memoryUsage.rss()"]);
  return Number(stdout);
}

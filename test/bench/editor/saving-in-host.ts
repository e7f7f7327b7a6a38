import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import * as vscode from "vscode";
import type { ExtensionInternals } from "../../../client/extension.ts";
import { ourDiagnostics } from "../../editor/support/diagnostics.ts";
import { extension } from "../../editor/support/extension.ts";
import { fileUri, openedFolder, showFile } from "../../editor/support/opened-folder.ts";
import { until } from "../../editor/support/until.ts";
import { knownFolder, now, rounds } from "./in-host-rounds.ts";
import type { MeasuredInHost, SavedAndMended } from "./measured.ts";
import { MENDED_FILE, mendedFile } from "./mended-file.ts";

/** Milliseconds between two looks at the lenses: editors are told to ask for them, extensions are not. */
const LOOK_INTERVAL = 20;
const SCRIPT = "watched.mjs";

/** In a folder with ticks on save: a failed action is mended and saved, and a script that `node --watch` runs. */
export async function run(): Promise<void> {
  const { runner, model } = (await extension().activate()) as ExtensionInternals;
  const folder = await knownFolder(model);
  const file = fileUri(MENDED_FILE);
  const changed: vscode.Event<unknown> = (listener) => model.onChange(listener);
  await showFile(MENDED_FILE);

  async function saved(round: number): Promise<Omit<SavedAndMended, "nodeWatch">> {
    await save(MENDED_FILE, mendedFile(round, true));
    await runner.request("refreshClasses", { folder: folder.uri });
    const params = { folder: folder.uri, class: "Mending", params: {}, type: "interactive" } as const;
    const { id } = await runner.request("createTask", params);
    await vscode.commands.executeCommand("backgroundTasks.runTask", { folder: folder.uri, task: id });
    await until(vscode.languages.onDidChangeDiagnostics, () => failures(file) > 0, { what: "the failure" });
    await idle(folder.uri);
    const { event, before } = await save(MENDED_FILE, mendedFile(round, false));
    await event;
    const since = () => now() - before;
    const [outcome, diagnosticGone, lens] = await Promise.all([
      until(changed, () => !model.folder(folder.uri)?.task(id), { what: "the outcome" }).then(since),
      until(vscode.languages.onDidChangeDiagnostics, () => failures(file) === 0, { what: "no failure" }).then(since),
      untilLens(file, /^last finished .* in /).then(since),
    ]);
    return { outcome, diagnosticGone, lens };
  }

  /** Until nothing is ticking, and everything that was saved is known: what is measured begins from rest. */
  async function idle(uri: string): Promise<void> {
    await runner.request("refreshClasses", { folder: uri });
    await until(changed, () => model.folder(uri)?.state.tick === null, { what: "no tick" });
  }

  writeFileSync(openedFolder().path(SCRIPT), script(-1));
  const watching = spawn("node", ["--watch", SCRIPT], { cwd: openedFolder().directory, stdio: ["ignore", "pipe", "ignore"] });
  await printed(watching, -1);
  const saveToOutcome = await rounds(async (round) => {
    const ours = () => saved(round);
    const theirs = async () => {
      const { before } = await save(SCRIPT, script(round));
      return (await printed(watching, round)) - before;
    };
    if (round % 2 === 0) return { ...(await ours()), nodeWatch: await theirs() };
    const nodeWatch = await theirs();
    return { ...(await ours()), nodeWatch };
  });
  watching.kill();
  const measured: MeasuredInHost = { saveToOutcome };
  writeFileSync(process.env.BENCH_RESULT ?? "", JSON.stringify(measured));
}

/** Replaces the whole text and saves it; `before` is the moment of the save, whose end `event` is. */
async function save(name: string, text: string): Promise<{ readonly event: Thenable<boolean>; readonly before: number }> {
  const document = await vscode.workspace.openTextDocument(fileUri(name));
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
  await vscode.workspace.applyEdit(edit);
  const before = now();
  return { event: document.save(), before };
}

function script(round: number): string {
  return `console.log("round ${round} at " + (performance.timeOrigin + performance.now()));\n`;
}

/** When the script of that round was executed. */
async function printed({ stdout }: ChildProcess, round: number): Promise<number> {
  if (!stdout) throw new Error("The script has no output.");
  for (let output = ""; ; ) {
    output += String((await once(stdout, "data"))[0]);
    const time = new RegExp(`round ${round} at ([\\d.]+)\n`).exec(output)?.[1];
    if (time !== undefined) return Number(time);
  }
}

function failures(file: vscode.Uri): number {
  return ourDiagnostics(file).filter(({ message }) => message.includes("failed")).length;
}

async function untilLens(file: vscode.Uri, title: RegExp): Promise<void> {
  for (;;) {
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>("vscode.executeCodeLensProvider", file);
    if (lenses.some(({ command }) => title.test(command?.title ?? ""))) return;
    await delay(LOOK_INTERVAL);
  }
}

import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import type { ExtensionInternals } from "../../client/extension.ts";
import type { WrittenTaskFile } from "../../client/new-task-file/written-task-file.ts";
import type { HistoryJson } from "../../server/json/history-json.ts";
import { extension } from "./support/extension.ts";
import { openedFolder, openedWorkspaceFolder } from "./support/opened-folder.ts";
import { SmallRegistry } from "./support/small-registry.ts";
import { until } from "./support/until.ts";

const ENGINE = "background-task-ex";
/** Appended to a file, so that the compiler has one thing to say of it. */
const MISTAKE = "\nexport const mistake: string = 1;\n";

describe("New Task File", () => {
  const made: string[] = [];

  before(() => extension().activate());

  afterEach(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    for (const path of made.splice(0)) await rm(path, { recursive: true, force: true });
  });

  const newTaskFile = async (request: object): Promise<WrittenTaskFile> => {
    const written = await vscode.commands.executeCommand<WrittenTaskFile | undefined>("backgroundTasks.newTaskFile", request);
    assert.ok(written, "The command has failed; the output says why.");
    made.push(written.file);
    return written;
  };

  it("writes a file in which the editor's TypeScript finds no error, of which a task can be created and run", async () => {
    const folder = openedWorkspaceFolder().uri.toString();
    const { file, className, params } = await newTaskFile({ template: "chunkedFiles", name: "pack-notes", folder });
    made.push(openedFolder().path("compressed"));
    assert.equal(file, openedFolder().path("pack-notes.task.ts"));
    assert.equal(vscode.window.activeTextEditor?.document.uri.fsPath, file);
    await expectNoErrors(file);

    const { model } = extension().exports as ExtensionInternals;
    const onChange: vscode.Event<unknown> = (listener) => new vscode.Disposable(model.onChange(listener).dispose);
    await until(onChange, () => model.folder(folder)?.classNamed("task", className), {
      what: `the class ${className} in the view`,
      actual: () => model.folder(folder)?.state.classes,
    });
    const task = await vscode.commands.executeCommand<{ id: string }>("backgroundTasks.createTask", { folder, class: className, params });
    await until(onChange, () => model.folder(folder)?.task(task.id), { what: "the task in the view" });
    await vscode.commands.executeCommand("backgroundTasks.runTask", { folder, task: task.id });
    const { entries } = await openedFolder().cli<HistoryJson>("history");
    assert.equal(entries.find(({ id }) => id === task.id)?.outcome, "finished");
    assert.ok((await readdir(openedFolder().path("compressed"))).includes("pack-notes.task.ts.gz"));
  });

  it("makes an empty folder one that the editor's TypeScript is content with, without a network", async () => {
    const folder = await realpath(await mkdtemp(join(tmpdir(), "background-tasks-empty-")));
    made.push(folder);
    const { file } = await newTaskFile({ template: "scheduled", name: "save-notes", folder });
    assert.deepEqual((await readdir(folder)).sort(), [".gitignore", "node_modules", "package.json", "save-notes.task.ts", "tsconfig.json"]);
    await expectNoErrors(file);
  });

  it("overwrites no file, and says so", async () => {
    const folder = openedFolder().directory;
    const { file } = await newTaskFile({ template: "pipeline", name: "twice", folder });
    const again = await vscode.commands.executeCommand("backgroundTasks.newTaskFile", { template: "scheduled", name: "twice", folder });
    assert.equal(again, undefined);
    assert.match(await readFile(file, "utf8"), /extends BackgroundTaskExAction<Params\b/);
  });

  describe("where a package.json lacks the package", () => {
    let registry: SmallRegistry;
    const version = () => String(extension().packageJSON.version);

    beforeEach(async () => {
      registry = await SmallRegistry.serve(ENGINE, version());
      made.push(openedFolder().path("shop"));
      await openedFolder().write("shop/package.json", '{ "name": "shop", "private": true }');
      await openedFolder().write("shop/.npmrc", `registry=${registry.url}\nfetch-retries=0\naudit=false\n`);
    });
    afterEach(() => registry.close());

    const request = () => ({ template: "pagedApi", name: "fetch-prices", folder: openedFolder().path("shop"), packages: "packageManager" });
    const readJson = async (name: string) => JSON.parse(await openedFolder().read("shop", name));

    it("adds it by the package manager in use", async () => {
      await newTaskFile(request());
      assert.deepEqual((await readJson("package.json")).dependencies, { [ENGINE]: `^${version()}` });
      assert.equal((await readJson(`node_modules/${ENGINE}/package.json`)).version, version());
    });

    it("copies it from the extension where the package manager cannot, e.g. without a network", async () => {
      await registry.close();
      const { file } = await newTaskFile(request());
      assert.equal((await readJson("package.json")).dependencies, undefined);
      assert.equal((await readJson(`node_modules/${ENGINE}/package.json`)).version, `${version()}-offline`);
      await expectNoErrors(file);
    });
  });
});

/** Makes one mistake in a file that is shown, and waits until it is the only one that the compiler finds. */
async function expectNoErrors(file: string): Promise<void> {
  const uri = vscode.Uri.file(file);
  const { document } = await vscode.window.showTextDocument(uri);
  const edit = new vscode.WorkspaceEdit();
  edit.insert(uri, document.lineAt(document.lineCount - 1).range.end, MISTAKE);
  await vscode.workspace.applyEdit(edit);
  const found = () => vscode.languages.getDiagnostics(uri).filter(({ severity }) => severity <= vscode.DiagnosticSeverity.Warning);
  const all = await until(vscode.languages.onDidChangeDiagnostics, () => found().some(({ code }) => code === 2322) && found(), {
    what: `the mistake that was made in ${file}`,
    actual: found,
  });
  assert.deepEqual(
    all.map(({ message }) => message),
    ["Type 'number' is not assignable to type 'string'."],
  );
  await vscode.commands.executeCommand("workbench.action.files.revert");
}

import { join } from "node:path";
import { launchBrowser, newPage, workbenchAddress } from "../../../scripts/editor-host/browser.ts";
import { DataDirectory } from "../../../scripts/editor-host/data-directory.ts";
import { EditorServer } from "../../../scripts/editor-host/editor-server.ts";
import { installExtension } from "../../../scripts/editor-host/host-files.ts";
import { JsonTaskStore } from "../../../server/store/index.ts";
import { WorkspaceFolder } from "../../editor/support/workspace-folder.ts";
import { Workbench } from "../../ui/support/workbench.ts";
import { storeTask } from "../stored-records.ts";
import { BENCH_FILE, BENCH_TASKS } from "./bench-tasks.ts";
import { noteShownDelays, shownDelays } from "./shown-delays.ts";

/**
 * Milliseconds from a change by the command line in a process of its own to the moment when the tree shows it, once for each of some ticks.
 *
 * @param others how many other tasks are stored.
 */
export async function freshness(ticks: number, others: number): Promise<number[]> {
  const folder = await WorkspaceFolder.of({ [BENCH_FILE]: BENCH_TASKS });
  const data = await DataDirectory.create();
  const extensions = join(data.path, "extensions");
  await storeTasks(folder, others);
  await folder.create("SayBench", {}, "--interactive");
  await installExtension(process.env.BENCH_VSIX ?? "", extensions, data.server);
  const server = await EditorServer.start({ data, extensions });
  const browser = await launchBrowser();
  try {
    const workbench = new Workbench(await newPage(browser));
    await workbench.page.goto(workbenchAddress(server, { folder: folder.directory }), { waitUntil: "commit" });
    await workbench.shown();
    await workbench.showTasks();
    await workbench.tasks.row("SayBench").waitFor();
    await noteShownDelays(workbench.page);
    for (let tick = 0; tick <= ticks; tick++) {
      await folder.cli("tick", "--max-execution-time", "5");
      await shownDelays(workbench.page, tick + 1);
    }
    return (await shownDelays(workbench.page, ticks + 1)).slice(1);
  } finally {
    await browser.close();
    await server.stop();
    await Promise.all([data.remove(), folder.remove()]);
  }
}

async function storeTasks(folder: WorkspaceFolder, count: number): Promise<void> {
  const store = await JsonTaskStore.open(folder.path(".background-tasks"), { durability: "process" });
  const params = { file: "nothing" };
  await storeTask(store, { class: "TickBench", actions: ["NoteTheTime", "NoteTheTime"], params, held: true }, count);
  await store.close();
}

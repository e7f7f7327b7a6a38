import { WorkspaceFolder } from "../../editor/support/workspace-folder.ts";
import type { Result } from "../result.ts";
import { ratio } from "../rounds.ts";
import { inHost } from "./in-host-session.ts";
import { milliseconds } from "./in-result.ts";
import { MENDED_FILE, mendedFile } from "./mended-file.ts";

/** From the save of a file in which a failed action was mended, with ticks on save. */
export async function saving(quick: boolean): Promise<Result[]> {
  const settings = { "backgroundTasks.autoTick": "onSave" };
  const folder = await WorkspaceFolder.of({ [MENDED_FILE]: mendedFile(0, true), ".vscode/settings.json": JSON.stringify(settings) });
  const { saveToOutcome = [] } = await inHost("saving-in-host", folder, { BENCH_ROUNDS: quick ? "3" : "15" });
  await folder.remove();
  const watch = saveToOutcome.map(({ nodeWatch }) => nodeWatch);
  const row = (what: string, times: readonly number[], comparedTo = "the same") => ({
    what,
    comparedTo,
    measured: ratio(times, watch),
    note: milliseconds(times, watch),
  });
  return [
    row(
      "a mended file saved to its action's outcome",
      saveToOutcome.map(({ outcome }) => outcome),
      "node --watch: a script saved to its first line",
    ),
    row(
      "to the end of the diagnostic",
      saveToOutcome.map(({ diagnosticGone }) => diagnosticGone),
    ),
    row(
      "to the lens that says it",
      saveToOutcome.map(({ lens }) => lens),
    ),
  ];
}

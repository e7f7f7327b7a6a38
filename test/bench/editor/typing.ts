import { WorkspaceFolder } from "../../editor/support/workspace-folder.ts";
import type { Result } from "../result.ts";
import { quantile, ratio } from "../rounds.ts";
import { inHost } from "./in-host-session.ts";
import { inMilliseconds, milliseconds } from "./in-result.ts";
import { largeWorkspace } from "./large-workspace.ts";

/** From an edit in the real editor, in a large workspace, to what is computed from it. */
export async function typing(quick: boolean): Promise<Result[]> {
  const folder = await WorkspaceFolder.of(largeWorkspace());
  const { editToLenses = [] } = await inHost("typing-in-host", folder, { BENCH_ROUNDS: quick ? "10" : "100" });
  await folder.remove();
  const [lenses, symbols] = [editToLenses.map((edit) => edit.lenses), editToLenses.map((edit) => edit.symbols)];
  return [
    {
      what: "edit to the lenses of the new text, 200 task files",
      comparedTo: "to the symbols of the editor's own TypeScript",
      measured: ratio(lenses, symbols),
      note: `${milliseconds(lenses, symbols)}, p95 ${inMilliseconds(quantile(lenses, 0.95))} : ${inMilliseconds(quantile(symbols, 0.95))}`,
    },
  ];
}

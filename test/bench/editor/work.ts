import { WorkspaceFolder } from "../../editor/support/workspace-folder.ts";
import type { Result } from "../result.ts";
import { ratio } from "../rounds.ts";
import { BENCH_FILE, BENCH_TASKS } from "./bench-tasks.ts";
import { inHost } from "./in-host-session.ts";
import { megabytes, milliseconds } from "./in-result.ts";

/** From what a person does, or an action, to what comes of it. */
export async function work(quick: boolean): Promise<Result[]> {
  const folder = await WorkspaceFolder.of({ [BENCH_FILE]: BENCH_TASKS });
  const measured = await inHost("work-in-host", folder, { BENCH_ROUNDS: quick ? "3" : "20" });
  await folder.remove();
  const { tickToAction = [], throwToDiagnostic = [], memory } = measured;
  const [ticks, nodes] = [tickToAction.map(({ tick }) => tick), tickToAction.map(({ node }) => node)];
  const [diagnostics, watchers] = [throwToDiagnostic.map(({ diagnostic }) => diagnostic), throwToDiagnostic.map(({ watcher }) => watcher)];
  return [
    { what: "warm Run Tick to first action", comparedTo: "node -e 0", measured: ratio(ticks, nodes), note: milliseconds(ticks, nodes) },
    {
      what: "error thrown to diagnostic shown",
      comparedTo: "file written to event of a watcher",
      measured: ratio(diagnostics, watchers),
      note: milliseconds(diagnostics, watchers),
    },
    ...(memory ? [{ what: "memory of the runner", comparedTo: "a Node that does nothing", ...megabytes(memory.runner, memory.node) }] : []),
  ];
}

import type { FolderModel } from "../../../client/model/folder-model.ts";
import type { WorkspaceModel } from "../../../client/model/workspace-model.ts";
import { until } from "../../editor/support/until.ts";

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 15);

/** The first round warms up. */
export async function rounds<Result>(measure: (round: number) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (let round = 0; round <= ROUNDS; round++) results.push(await measure(round));
  return results.slice(1);
}

/** Epoch milliseconds with fractions, by a clock that all processes share. */
export function now(): number {
  return performance.timeOrigin + performance.now();
}

/** The opened folder, once its classes are known. */
export function knownFolder(model: WorkspaceModel): Promise<FolderModel> {
  const first = () => model.folders.find(({ state }) => state.classes.length > 0);
  return until((listener) => model.onChange(listener), first, { what: "the classes", timeout: 120_000 });
}

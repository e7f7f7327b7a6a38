import type { Finding, Fix } from "../checks/check.ts";
import { insertion } from "../text/change.ts";
import type { WorkspaceModel } from "../workspace/workspace-model.ts";

/** Writes the comment that lets a finding be, in the line before it. */
export function ignoreFinding(workspace: WorkspaceModel, { file, code, range }: Finding): Fix | undefined {
  const module = workspace.modules.module(file);
  if (!module) return undefined;
  const { lines } = module;
  const start = lines.offsetAt(range.start);
  const comment = `${lines.indentationAt(start)}// background-tasks-ignore-next-line ${code}${lines.lineEnd}`;
  return { title: `Ignore ${code} here`, changes: [{ file, edits: [insertion(module, lines.lineStart(start), comment)] }] };
}

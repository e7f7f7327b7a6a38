import { DiagnosticSeverity } from "vscode-languageserver";
import { findClassDeclaration } from "../../language/class-declaration.ts";
import type { TaskRecord } from "../../store/index.ts";
import { idleInWords, isReportedIdle } from "../../words/idle-words.ts";
import { inEnglish } from "../../words/wording.ts";
import type { FolderSlices } from "../model/observed-folder.ts";
import type { Problem } from "../model/problem.ts";
import { DIAGNOSTIC_SOURCE } from "./failure-diagnostic.ts";
import type { Places } from "./places.ts";
import { rangeInText } from "./source-range.ts";

/** Actions that pause again and again without changing anything, each at the declaration of its class. */
export function idleProblems(
  { tasks, catalog }: Pick<FolderSlices, "tasks" | "catalog">,
  texts: ReadonlyMap<string, string>,
  places: Places,
): readonly Problem[] {
  return [...idlePausesByClass(tasks)].flatMap(([name, idlePauses]) => {
    const file = catalog.classes.find((described) => described.kind === "action" && described.name === name)?.file;
    const text = file === undefined ? undefined : texts.get(file);
    const declaration = text === undefined ? undefined : findClassDeclaration(text, name);
    if (file === undefined || text === undefined || !declaration) return [];
    return [
      {
        place: places.found(file, rangeInText(text, declaration), text),
        diagnostic: {
          severity: DiagnosticSeverity.Warning,
          code: "idle-pauses",
          source: DIAGNOSTIC_SOURCE,
          message: idleInWords(name, idlePauses, { t: inEnglish }),
        },
      },
    ];
  });
}

/** The most of any task; a class has one diagnostic. */
function idlePausesByClass(tasks: readonly TaskRecord[]): ReadonlyMap<string, number> {
  const most = new Map<string, number>();
  for (const { held, currentAction, actions } of tasks) {
    if (held || currentAction === null) continue;
    const action = actions.find(({ id }) => id === currentAction);
    if (!action || !isReportedIdle(action)) continue;
    most.set(action.class, Math.max(most.get(action.class) ?? 0, action.idlePauses ?? 0));
  }
  return most;
}

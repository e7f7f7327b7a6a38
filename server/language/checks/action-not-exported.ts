import { dirname, relative, sep } from "node:path";
import * as ts from "typescript";
import { startOf } from "../syntax/parse.ts";
import type { ClassModel, ClassReference } from "../task-file-model.ts";
import { insertion } from "../text/change.ts";
import type { Check, CheckContext, Fix } from "./check.ts";

/** The next tick makes the action anew, from the class that a task file exports under its name. */
export const actionNotExported: Check = {
  code: "action-not-exported",
  defaultSeverity: "error",
  title: "An action that a task creates is exported from no task file",
  isAcrossFiles: true,
  *run(context) {
    for (const task of context.model.classes) {
      if (task.kind !== "task") continue;
      const told = new Set<ClassModel>();
      for (const reference of task.createdActions) {
        const action = context.index.classes.find(
          (found) => found.kind === "action" && found.file === reference.file && found.name === reference.name,
        );
        if (!action || told.has(action) || context.index.isFindable(action)) continue;
        told.add(action);
        yield {
          at: reference.range,
          message: `${task.name} creates ${action.name}, which no task file exports, so it cannot be stored. Export it from a task file.`,
          fix: fixOf(context, action, reference),
        };
      }
    }
  },
};

function fixOf({ module, modules }: CheckContext, action: ClassModel, { name }: ClassReference): Fix | undefined {
  if (action.file !== module.file) {
    // Exported, though from a file that is no task file: passed on from here.
    const exported = action.exportNames.find((exportName) => exportName !== "default");
    if (exported === undefined) return undefined;
    const { source, lines } = module;
    const path = relative(dirname(module.file), action.file).split(sep).join("/");
    const specifier = [...module.imports.values()].find(
      (imported) => modules.importedFile(module.file, imported.specifier) === action.file,
    )?.specifier;
    const line = `export { ${exported} } from "${specifier ?? (path.startsWith(".") ? path : `./${path}`)}";${lines.lineEnd}`;
    const gap = source.text === "" || /[\n\r]$/.test(source.text) ? "" : lines.lineEnd;
    return {
      title: `Export ${name} from this task file`,
      changes: [{ file: module.file, edits: [insertion(module, source.text.length, `${gap}${line}`)] }],
    };
  }
  const declared = module.classes.find((found) => found.name === name);
  if (!declared || !(ts.isClassDeclaration(declared.statement) || ts.isVariableStatement(declared.statement))) return undefined;
  return { title: `Export ${name}`, changes: [{ file: module.file, edits: [insertion(module, startOf(declared.statement), "export ")] }] };
}

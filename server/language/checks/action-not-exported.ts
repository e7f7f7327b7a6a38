import { dirname, relative, sep } from "node:path";
import * as ts from "typescript";
import { isImportable } from "../syntax/exports.ts";
import { isCommonJs } from "../syntax/import-edits.ts";
import { insertion } from "../syntax/module-edits.ts";
import type { ModuleSyntax } from "../syntax/module-syntax.ts";
import { startOf } from "../syntax/parse.ts";
import type { ClassModel, ClassReference } from "../task-file-model.ts";
import type { TextEdit } from "../text/text-edit.ts";
import type { Check, CheckContext, Fix } from "./check.ts";

/** The next tick creates the action again, from the class that a task file exports under its name. */
export const actionNotExported: Check = {
  code: "action-not-exported",
  defaultSeverity: "error",
  title: "An action that a task creates is not exported from any task file",
  *run(context) {
    if (context.index.isIncomplete) return;
    for (const task of context.model.classes) {
      if (task.kind !== "task") continue;
      const told = new Set<ClassModel>();
      for (const reference of task.createdActions) {
        const action = context.index.named(reference.name).find(({ kind, file }) => kind === "action" && file === reference.file);
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
    // Exported from a file that is not a task file: re-exported from here.
    const exported = action.exportNames.find((exportName) => exportName !== "default" && isImportable(exportName));
    if (exported === undefined) return undefined;
    const path = relative(dirname(module.file), action.file).split(sep).join("/");
    const specifier = [...module.imports.values()].find(
      (imported) => modules.importedFile(module.file, imported.specifier) === action.file,
    )?.specifier;
    const from = specifier ?? (path.startsWith(".") ? path : `./${path}`);
    const quoted = module.lines.quote + from + module.lines.quote;
    const line = isCommonJs(module)
      ? `module.exports.${exported} = require(${quoted}).${exported}`
      : `export { ${exported} } from ${quoted}`;
    return { title: `Export ${name} from this task file`, changes: [{ file: module.file, edits: [atEnd(module, line)] }] };
  }
  const declared = module.classes.find((found) => found.name === name);
  if (!declared || declared.localName === undefined) return undefined;
  const title = `Export ${name}`;
  if (isCommonJs(module))
    return { title, changes: [{ file: module.file, edits: [atEnd(module, `module.exports.${name} = ${declared.localName}`)] }] };
  const { statement } = declared;
  const isExportable = ts.isClassDeclaration(statement) || ts.isVariableStatement(statement);
  const hasExportEquals = module.source.statements.some((other) => ts.isExportAssignment(other) && other.isExportEquals);
  if (!isExportable || hasExportEquals) return undefined;
  return { title, changes: [{ file: module.file, edits: [insertion(module, placeOfExport(module, statement), "export ")] }] };
}

/** After the decorators. */
function placeOfExport({ lines }: ModuleSyntax, statement: ts.ClassDeclaration | ts.VariableStatement): number {
  const last = (ts.canHaveDecorators(statement) ? ts.getDecorators(statement) : undefined)?.at(-1);
  return last ? ts.skipTrivia(lines.text, last.end) : startOf(statement);
}

function atEnd(module: ModuleSyntax, line: string): TextEdit {
  const { source, lines } = module;
  const gap = source.text === "" || /[\n\r]$/.test(source.text) ? "" : lines.lineEnd;
  return insertion(module, source.text.length, gap + line + lines.statementEnd + lines.lineEnd);
}

import type { Fix } from "../checks/check.ts";
import { importOf } from "../syntax/import-edits.ts";
import { memberNamed, methodNamed } from "../syntax/members.ts";
import { insertion } from "../syntax/module-edits.ts";
import { isTyped } from "../syntax/module-syntax.ts";
import { startOf } from "../syntax/parse.ts";
import type { ClassModel } from "../task-file-model.ts";
import { familyOf, PACKAGE } from "../workspace/class-family.ts";
import type { SourceModel } from "../workspace/source-model.ts";

/**
 * Adds a `changeActionParamsOnError` method to an action class, which gives up until it is filled in; `undefined` if the class has or
 * inherits one.
 */
export function implementRecovery(workspace: SourceModel, action: ClassModel): Fix | undefined {
  const module = workspace.modules.module(action.file);
  const found = module?.classes.find(({ name }) => name === action.name);
  if (!module || !found || action.kind !== "action") return undefined;
  const { line } = familyOf(workspace.modules, { module, class: found });
  if (line.some((declared) => methodNamed(declared.class.node, "changeActionParamsOnError"))) return undefined;
  const { node } = found;
  const { lines } = module;
  const types = isTyped(module) ? ["ActionError"] : [];
  const step = lines.indentation;
  const margin = lines.indentationAt(startOf(node)) + step;
  const method = [
    `async changeActionParamsOnError(error${types.length > 0 ? ": ActionError" : ""}) {`,
    `${step}// Change this.params so that the next attempt can succeed (a smaller chunk, the next file), and return true.`,
    `${step}this.task.message = \`Given up: \${error.message}\`;`,
    `${step}return false;`,
    "}",
  ];
  const text = method.map((line) => margin + line).join(lines.lineEnd);
  const before = memberNamed(node, "executeAction", { isStatic: false });
  const edit = before
    ? insertion(module, lines.lineStart(startOf(before)), text + lines.lineEnd.repeat(2))
    : insertion(module, node.end - 1, `${lines.lineEnd}${text}${lines.lineEnd}`);
  return {
    title: "Implement changeActionParamsOnError",
    changes: [{ file: action.file, edits: [...importOf(module, { specifier: PACKAGE, names: [], types }), edit] }],
  };
}

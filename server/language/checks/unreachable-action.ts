import * as ts from "typescript";
import { memberNamed, memberValue } from "../syntax/members.ts";
import { insertion } from "../syntax/module-edits.ts";
import { bare } from "../syntax/nodes.ts";
import { startOf } from "../syntax/parse.ts";
import type { Check, CheckContext, Fix } from "./check.ts";

/**
 * The class is not used as a value anywhere in the workspace: neither in a list of actions nor in a `new`. Not reported in case of doubt.
 */
export const unreachableAction: Check = {
  code: "unreachable-action",
  defaultSeverity: "warning",
  title: "No task uses an action class",
  needsWholeFiles: true,
  *run(context) {
    const { model, index } = context;
    if (index.hasUnknownImports) return;
    const list = onlyList(context);
    for (const action of model.classes) {
      if (action.kind !== "action" || action.isAbstract || index.isMentioned(action) || index.isExtended(action)) continue;
      yield {
        at: action.nameRange,
        message: `No task uses ${action.name}. Add it to the static actions of a task, or create it in createActions.`,
        fix: list && fixOf(context, action.name, list),
      };
    }
  },
};

interface ActionList {
  readonly task: string;
  readonly list: ts.ArrayLiteralExpression;
}

/** The list of the task, if the file has exactly one task with a list. */
function onlyList({ classes }: CheckContext): ActionList | undefined {
  const lists = classes.flatMap(({ kind, class: { name, node } }) => {
    const value = kind === "task" ? memberValue(memberNamed(node, "actions", { isStatic: true })) : undefined;
    const list = value && bare(value);
    return list && ts.isArrayLiteralExpression(list) ? [{ task: name, list }] : [];
  });
  return lists.length === 1 ? lists[0] : undefined;
}

function fixOf({ module }: CheckContext, action: string, { task, list }: ActionList): Fix | undefined {
  if (!module.classesByName.has(action)) return undefined;
  const last = list.elements.at(-1);
  const edit = last ? insertion(module, last.end, `, ${action}`) : insertion(module, startOf(list) + 1, action);
  return { title: `Add ${action} to the actions of ${task}`, changes: [{ file: module.file, edits: [edit] }] };
}

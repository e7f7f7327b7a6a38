import { basename } from "node:path";
import * as ts from "typescript";
import type { Fix } from "../checks/check.ts";
import type { ClassSyntax } from "../syntax/class-syntax.ts";
import { importOf } from "../syntax/import-edits.ts";
import { memberNamed, memberValue, methodNamed } from "../syntax/members.ts";
import { insertion } from "../syntax/module-edits.ts";
import type { ModuleSyntax } from "../syntax/module-syntax.ts";
import { isTyped } from "../syntax/module-syntax.ts";
import { bare, nodesExecutedIn } from "../syntax/nodes.ts";
import { startOf, textOf } from "../syntax/parse.ts";
import type { ClassModel } from "../task-file-model.ts";
import type { TextEdit } from "../text/text-edit.ts";
import { familyOf, PACKAGE, superclassOf } from "../workspace/class-family.ts";
import type { SourceModel } from "../workspace/source-model.ts";

/**
 * Inserts a new action class before a task, and adds it to the task's list of actions or to the list it returns. `undefined` if there is no
 * such list in sight, or an inherited one.
 */
export function addAction(workspace: SourceModel, task: ClassModel): Fix | undefined {
  const module = workspace.modules.module(task.file);
  const found = module?.classes.find(({ name }) => name === task.name);
  if (!module || !found || task.kind !== "task") return undefined;
  const { lines } = module;
  const name = freeName(workspace, module, `${task.name === "default" ? "New" : task.name}Action`);
  const params = superclassOf(found)?.typeArguments?.[0];
  const text = actionClass(module, name, params && !found.node.typeParameters ? textOf(params) : undefined);
  const list = inheritsActions(workspace, module, found) ? [] : addToTask(module, found, name);
  if (list.length === 0) return undefined;
  // Before the comment that documents the task.
  const place = lines.lineStart(placeOf(module, found.statement));
  const edits = [...imports(module, ["BackgroundTaskExAction"]), insertion(module, place, text + lines.lineEnd.repeat(2)), ...list];
  return { title: `Add action to ${task.name}`, changes: [{ file: task.file, edits }] };
}

/** True if a task has no actions anywhere: it neither lists, creates nor inherits any. */
export function isWithoutActions({ modules }: SourceModel, task: ClassModel): boolean {
  const module = modules.module(task.file);
  const found = module?.classes.find(({ name }) => name === task.name);
  if (!module || !found) return false;
  return familyOf(modules, { module, class: found }).line.every(({ class: { node } }) => {
    const actions = memberNamed(node, "actions", { isStatic: true });
    const value = memberValue(actions);
    const list = value && bare(value);
    const isListEmpty = actions === undefined || (list !== undefined && ts.isArrayLiteralExpression(list) && list.elements.length === 0);
    return isListEmpty && !methodNamed(node, "createActions") && !methodNamed(node, "getNextAction");
  });
}

/** Adds a first action and its task to a file that declares no class. */
export function addFirstAction(workspace: SourceModel, file: string): Fix | undefined {
  const module = workspace.modules.module(file);
  if (!module || module.classes.length > 0) return undefined;
  const { lines, source } = module;
  const taskName = freeName(workspace, module, className(file));
  const name = freeName(workspace, module, `${taskName}Action`);
  const end = lines.lineEnd;
  const listing = `static ${isTyped(module) ? "readonly " : ""}actions = [${name}];`;
  const task = [`export class ${taskName} extends BackgroundTaskEx {`, lines.indentation + listing, "}", ""];
  const text = `${actionClass(module, name, undefined)}${end}${end}${task.join(end)}`;
  const gap = source.text.trim() === "" ? "" : end;
  const place = insertion(module, source.text.length, (/(?:^|[\n\r])$/.test(source.text) ? gap : end + gap) + text);
  const [known] = imports(module, ["BackgroundTaskEx", "BackgroundTaskExAction"]);
  // In an empty file, both go at its end.
  const edits =
    known && source.statements.length === 0
      ? [{ ...place, newText: known.newText + end + place.newText }]
      : [...(known ? [known] : []), place];
  return { title: "Add action", changes: [{ file, edits }] };
}

function inheritsActions({ modules }: SourceModel, module: ModuleSyntax, found: ClassSyntax): boolean {
  const makesActions = ({ node }: ClassSyntax) =>
    memberNamed(node, "actions", { isStatic: true }) !== undefined || methodNamed(node, "createActions") !== undefined;
  const [own, ...inherited] = familyOf(modules, { module, class: found }).line;
  return own !== undefined && !makesActions(own.class) && inherited.some((declared) => makesActions(declared.class));
}

function imports(module: ModuleSyntax, names: readonly string[]): TextEdit[] {
  return importOf(module, { specifier: PACKAGE, names, types: isTyped(module) ? ["Deadline"] : [] });
}

function actionClass(module: ModuleSyntax, name: string, params: string | undefined): string {
  const { indentation, lineEnd } = module.lines;
  const deadline = isTyped(module) ? "deadline: Deadline" : "deadline";
  return [
    `export class ${name} extends BackgroundTaskExAction${params ? `<${params}>` : ""} {`,
    `${indentation}async executeAction(${deadline}) {`,
    `${indentation.repeat(2)}while (!deadline.isReached()) {`,
    `${indentation.repeat(3)}// One piece of work. Save in this.params what the next tick needs to know, and return true when everything is done.`,
    `${indentation.repeat(3)}return true;`,
    `${indentation.repeat(2)}}`,
    `${indentation.repeat(2)}return false;`,
    `${indentation}}`,
    "}",
  ].join(lineEnd);
}

function addToTask(module: ModuleSyntax, { node }: ClassSyntax, name: string): TextEdit[] {
  const value = memberValue(memberNamed(node, "actions", { isStatic: true }));
  const listed = value && bare(value);
  if (listed) return ts.isArrayLiteralExpression(listed) ? [addTo(module, listed, name)] : [];
  const method = methodNamed(node, "createActions");
  if (method) {
    const returned = [...nodesExecutedIn(method.body)].flatMap((inner) =>
      ts.isReturnStatement(inner) && inner.expression ? [bare(inner.expression)] : [],
    );
    const [only, ...others] = returned;
    return only && others.length === 0 && ts.isArrayLiteralExpression(only) ? [addTo(module, only, `new ${name}(this.params)`)] : [];
  }
  const { lines } = module;
  const margin = lines.indentationAt(startOf(node));
  const property = `${lines.lineEnd}${margin}${lines.indentation}static ${isTyped(module) ? "readonly " : ""}actions = [${name}];`;
  const brace = lines.text.indexOf("{", (node.heritageClauses?.at(-1) ?? node.name ?? node).end) + 1;
  const isEmpty = node.members.length === 0;
  const isOneLine = isEmpty && lines.positionAt(brace).line === lines.positionAt(node.end).line;
  return [insertion(module, brace, property + (isOneLine ? lines.lineEnd + margin : isEmpty ? "" : lines.lineEnd))];
}

function addTo(module: ModuleSyntax, list: ts.ArrayLiteralExpression, item: string): TextEdit {
  const last = list.elements.at(-1);
  return last ? insertion(module, last.end, `, ${item}`) : insertion(module, startOf(list) + 1, item);
}

/** The first of the comments directly before a statement, or the statement itself. */
function placeOf({ lines }: ModuleSyntax, statement: ts.Statement): number {
  const comments = ts.getLeadingCommentRanges(lines.text, statement.pos) ?? [];
  let place = startOf(statement);
  for (const { pos, end } of comments.toReversed()) {
    if (/\n[ \t\r]*\n/.test(lines.text.slice(end, place)) || lines.text.slice(lines.lineStart(pos), pos).trim() !== "") break;
    place = pos;
  }
  return place;
}

function freeName(workspace: SourceModel, module: ModuleSyntax, wanted: string): string {
  const taken = new Set([...module.declarations.keys(), ...module.imports.keys(), ...workspace.classes().classes.map(({ name }) => name)]);
  let name = wanted;
  for (let number = 2; taken.has(name); number++) name = `${wanted}${number}`;
  return name;
}

/** Returns CompressLogs for `compress-logs.task.ts`. */
function className(file: string): string {
  const words =
    basename(file)
      .replace(/\.task\.[mc]?[jt]s$/, "")
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
  return /^\p{L}/u.test(name) ? name : `Task${name}`;
}

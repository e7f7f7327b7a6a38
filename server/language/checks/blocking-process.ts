import * as ts from "typescript";
import { importOf, isNameTaken } from "../syntax/import-edits.ts";
import { isAsync } from "../syntax/members.ts";
import { replacement } from "../syntax/module-edits.ts";
import { bare, enclosingFunction, hasModifier, nameText, nodesOf } from "../syntax/nodes.ts";
import { startOf, textOf } from "../syntax/parse.ts";
import { expressionMeaning } from "../workspace/expression-meaning.ts";
import { functionOf, type Site, type WrittenFunction } from "../workspace/written-function.ts";
import { actionsIn, type Check, type CheckContext, type Fix } from "./check.ts";

const MODULE = /^(?:node:)?child_process$/;
const BLOCKING: ReadonlySet<string> = new Set(["execSync", "execFileSync", "spawnSync"]);
/** Options that the asynchronous function shares, with the same meaning. */
const COMMON_OPTIONS: ReadonlySet<string> = new Set([
  "cwd",
  "encoding",
  "env",
  "gid",
  "killSignal",
  "maxBuffer",
  "shell",
  "timeout",
  "uid",
  "windowsHide",
]);

/** While it waits, the worker cannot pause, exit or report progress. */
export const blockingProcess: Check = {
  code: "blocking-process",
  defaultSeverity: "warning",
  title: "An action waits synchronously for a child process",
  *run(context) {
    for (const checked of actionsIn(context)) {
      const { node: declared, name } = checked.class;
      const site = { ...context, family: checked };
      const harmless = new Set<ts.Node>();
      for (const node of nodesOf(declared, isExecutedByAction)) {
        if (!ts.isCallExpression(node)) continue;
        const called = functionOf(site, node.expression);
        const within = called && !isMethod(called) ? blockingIn(site, called, harmless) : undefined;
        const blocking = blockingFunction(site, node) ?? within;
        if (blocking === undefined) continue;
        const through = within === undefined ? blocking : `${textOf(node.expression)} calls ${blocking}, which`;
        yield {
          at: node.expression,
          message: `${within === undefined ? `${through} in ${name}` : through} blocks the worker: no deadline, pause or cancel can reach it until the process ends. Await ${insteadOf(blocking)} with { signal: this.signal } instead.`,
          fix: within === undefined ? fixOf(context.module, node, blocking) : undefined,
        };
      }
    }
  },
};

/** Static values are created once, when the file is loaded. */
function isExecutedByAction(node: ts.Node): boolean {
  if (ts.isClassStaticBlockDeclaration(node)) return false;
  return !(ts.isPropertyDeclaration(node) && hasModifier(node, ts.SyntaxKind.StaticKeyword));
}

function blockingFunction({ modules, module }: Site, { expression }: ts.CallExpression): string | undefined {
  const meaning = expressionMeaning(modules, module, expression);
  return meaning?.kind === "package" && MODULE.test(meaning.specifier) && BLOCKING.has(meaning.name) ? meaning.name : undefined;
}

/** The blocking function that a workspace function calls, directly or indirectly. Functions without one are added to `harmless`. */
function blockingIn(from: Site, called: WrittenFunction, harmless: Set<ts.Node>): string | undefined {
  const reached = new Map([[called.function, called]]);
  for (const { function: written, module } of reached.values()) {
    if (harmless.has(written)) continue;
    const site = { ...from, module };
    for (const node of nodesOf(written.body)) {
      const blocking = ts.isCallExpression(node) ? blockingFunction(site, node) : undefined;
      if (blocking !== undefined) return blocking;
      const next = ts.isCallExpression(node) ? functionOf(site, node.expression) : undefined;
      if (next) reached.set(next.function, next);
    }
  }
  for (const written of reached.keys()) harmless.add(written);
  return undefined;
}

/** Classes are checked separately. */
function isMethod({ function: called }: WrittenFunction): boolean {
  for (let around: ts.Node = called; around; around = around.parent) if (ts.isClassLike(around)) return true;
  return false;
}

function insteadOf(blocking: string): string {
  return blocking === "spawnSync" ? "spawn" : `promisify(${blocking.replace("Sync", "")})`;
}

/**
 * `await promisify(exec)(…)`, including its output where that is used. Only in functions that can await, and with arguments that the other
 * function accepts too.
 */
function fixOf(module: CheckContext["module"], call: ts.CallExpression, blocking: string): Fix | undefined {
  const around = enclosingFunction(call);
  const name = blocking.replace("Sync", "");
  if (blocking === "spawnSync" || !around || !isAsync(around) || !call.arguments.every(isTakenByOther)) return undefined;
  const wanted = [
    { specifier: "node:util", name: "promisify" },
    { specifier: "node:child_process", name },
  ];
  if (wanted.some((imported) => isNameTaken(module, imported))) return undefined;
  const awaited = `await promisify(${name})${module.lines.text.slice(call.expression.end, call.end)}`;
  const isUsed = !ts.isExpressionStatement(call.parent);
  return {
    title: `Await promisify(${name})`,
    changes: [
      {
        file: module.file,
        edits: [
          ...wanted.flatMap(({ specifier, name: imported }) => importOf(module, { specifier, names: [imported] })),
          replacement(module, startOf(call), call.end, isUsed ? `(${awaited}).stdout` : awaited),
        ],
      },
    ],
  };
}

/** A command, a list of arguments, or literal options. */
function isTakenByOther(given: ts.Expression, index: number): boolean {
  const value = bare(given);
  if (!ts.isObjectLiteralExpression(value)) return index === 0 || ts.isArrayLiteralExpression(value);
  return value.properties.every(({ name }) => COMMON_OPTIONS.has(nameText(name) ?? ""));
}

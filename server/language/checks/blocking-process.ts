import * as ts from "typescript";
import { importOf } from "../edits/imports.ts";
import { isAsync } from "../syntax/members.ts";
import { enclosingFunction, nodesOf } from "../syntax/nodes.ts";
import { startOf } from "../syntax/parse.ts";
import { replacement } from "../text/change.ts";
import { expressionMeaning } from "../workspace/class-family.ts";
import { actionsIn, type Check, type CheckContext, type Fix } from "./check.ts";

const MODULE = /^(?:node:)?child_process$/;
const BLOCKING: ReadonlySet<string> = new Set(["execSync", "execFileSync", "spawnSync"]);

/** While it waits the worker neither pauses, nor ends, nor tells how far it is. */
export const blockingProcess: Check = {
  code: "blocking-process",
  defaultSeverity: "warning",
  title: "An action waits for a child process synchronously",
  *run(context) {
    for (const { class: found } of actionsIn(context)) {
      for (const node of nodesOf(found.node)) {
        if (!ts.isCallExpression(node)) continue;
        const meaning = expressionMeaning(context.modules, context.module, node.expression);
        if (meaning?.kind !== "package" || !MODULE.test(meaning.specifier) || !BLOCKING.has(meaning.name)) continue;
        const instead = meaning.name === "spawnSync" ? "spawn" : `promisify(${meaning.name.replace("Sync", "")})`;
        yield {
          at: node.expression,
          message: `${meaning.name} in ${found.name} blocks the worker: no deadline, pause or cancel can reach it before the process has ended. Await ${instead} with { signal: this.signal } instead.`,
          fix: meaning.name === "spawnSync" ? undefined : fixOf(context.module, node, meaning.name.replace("Sync", "")),
        };
      }
    }
  },
};

/** `await promisify(exec)(…)`; its output where that is used. Only in functions that can await. */
function fixOf(module: CheckContext["module"], call: ts.CallExpression, name: string): Fix | undefined {
  const around = enclosingFunction(call);
  if (!around || !isAsync(around)) return undefined;
  const isUsed = !ts.isExpressionStatement(call.parent);
  const args = module.lines.text.slice(call.expression.end, call.end);
  const awaited = `await promisify(${name})${args}`;
  return {
    title: `Await promisify(${name})`,
    changes: [
      {
        file: module.file,
        edits: [
          ...importOf(module, { specifier: "node:util", names: ["promisify"] }),
          ...importOf(module, { specifier: "node:child_process", names: [name] }),
          replacement(module, startOf(call), call.end, isUsed ? `(${awaited}).stdout` : awaited),
        ],
      },
    ],
  };
}

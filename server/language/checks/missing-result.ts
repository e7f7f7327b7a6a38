import * as ts from "typescript";
import { reachesEnd } from "../flow/completion.ts";
import { neverReturnsAt } from "../flow/never-returns.ts";
import { isGenerator, methodNamed } from "../syntax/members.ts";
import { insertion, replacement } from "../syntax/module-edits.ts";
import { bare, nameText, nodesExecutedIn } from "../syntax/nodes.ts";
import { startOf } from "../syntax/parse.ts";
import { actionsIn, type Check, type CheckContext, type CheckedClass, type Fix, type Report } from "./check.ts";

const ADVICE = "Return true when the action is finished, or false to continue in the next tick.";

/** The engine treats a result other than `true` or `false` as a failure. A generator that ends has finished. */
export const missingResult: Check = {
  code: "missing-result",
  defaultSeverity: "error",
  title: "executeAction can end without returning a value",
  *run(context) {
    for (const checked of actionsIn(context)) yield* inClass(context, checked);
  },
};

function* inClass({ module, modules }: CheckContext, checked: CheckedClass): Generator<Report> {
  const method = methodNamed(checked.class.node, "executeAction");
  if (!method || isGenerator(method)) return;
  const what = `executeAction of ${checked.class.name}`;
  const nothing = (at: ts.Node, fix?: Fix): Report => ({ at, message: `${what} returns nothing here. ${ADVICE}`, fix });
  if (!ts.isBlock(method.body)) {
    if (isNothing(method.body)) yield nothing(method.body);
    return;
  }
  for (const node of nodesExecutedIn(method.body)) {
    if (ts.isReturnStatement(node) && isNothing(node.expression)) yield nothing(node, returnTrue(module, node));
  }
  const { statements } = method.body;
  if (!reachesEnd(statements, neverReturnsAt({ modules, module, family: checked }))) return;
  yield {
    at: "name" in method && method.name ? method.name : method,
    message: `${what} can end without returning a value. ${ADVICE}`,
    fix: { title: "Return true at the end", changes: [{ file: module.file, edits: [returnAtEnd(module, method.body)] }] },
  };
}

/** Including a conditional undefined: `done ? true : undefined`. */
function isNothing(expression: ts.Expression | undefined): boolean {
  if (expression === undefined) return true;
  const value = bare(expression);
  if (ts.isConditionalExpression(value)) return isNothing(value.whenTrue) || isNothing(value.whenFalse);
  return nameText(value) === "undefined" || value.kind === ts.SyntaxKind.NullKeyword || ts.isVoidExpression(value);
}

/** Does not replace code with side effects or other meaning. */
function returnTrue(module: CheckContext["module"], statement: ts.ReturnStatement): Fix | undefined {
  const value = statement.expression && bare(statement.expression);
  if (value && !ts.isIdentifier(value) && value.kind !== ts.SyntaxKind.NullKeyword) return undefined;
  const end = module.lines.text[statement.end - 1] === ";" ? ";" : "";
  const edits = [replacement(module, startOf(statement), statement.end, `return true${end}`)];
  return { title: "Return true: the action is finished", changes: [{ file: module.file, edits }] };
}

function returnAtEnd(module: CheckContext["module"], body: ts.Block) {
  const { lines } = module;
  const brace = body.end - 1;
  const isOneLine = lines.positionAt(startOf(body)).line === lines.positionAt(brace).line;
  if (isOneLine) return insertion(module, brace, `${lines.text[brace - 1] === " " ? "" : " "}return true${lines.statementEnd} `);
  return insertion(
    module,
    lines.lineStart(brace),
    `${lines.indentationAt(brace)}${lines.indentation}return true${lines.statementEnd}${lines.lineEnd}`,
  );
}

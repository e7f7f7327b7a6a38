import * as ts from "typescript";
import type { Finding, Fix } from "../checks/check.ts";
import { insertion } from "../syntax/module-edits.ts";
import type { ModuleSyntax } from "../syntax/module-syntax.ts";
import { nodesOf } from "../syntax/nodes.ts";
import { startOf } from "../syntax/parse.ts";
import type { SourceModel } from "../workspace/source-model.ts";

/** Adds the comment that suppresses a finding, on the line before it. */
export function ignoreFinding(workspace: SourceModel, { file, code, range }: Finding): Fix | undefined {
  const module = workspace.modules.module(file);
  if (!module) return undefined;
  const { lines } = module;
  const start = lines.offsetAt(range.start);
  if (isWithinText(module, lines.lineStart(start))) return undefined;
  const comment = `${lines.indentationAt(start)}// background-tasks-ignore-next-line ${code}${lines.lineEnd}`;
  return { title: `Ignore ${code} here`, changes: [{ file, edits: [insertion(module, lines.lineStart(start), comment)] }] };
}

/** Inside a multi-line string, a comment would become part of it. */
function isWithinText({ source }: ModuleSyntax, offset: number): boolean {
  const isAround = (node: ts.Node) => node.pos < offset && offset < node.end;
  return [...nodesOf(source, isAround)].some(
    (node) => isAround(node) && (ts.isTemplateLiteralToken(node) || ts.isStringLiteral(node)) && startOf(node) < offset,
  );
}

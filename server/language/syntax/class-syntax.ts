import * as ts from "typescript";
import { bare, hasModifier, nameText } from "./nodes.ts";

/** A top-level class of a file. */
export interface ClassSyntax {
  readonly node: ts.ClassLikeDeclaration;
  /** The statement that contains it. */
  readonly statement: ts.Statement;
  /** Its name at run time, by which stored tasks find it. */
  readonly name: string;
  /** Its name within the file; `undefined` for `export default class {}`. */
  readonly localName: string | undefined;
  /** Its name; without one, the keyword `class`. */
  readonly nameNode: ts.Node;
  readonly isAbstract: boolean;
}

/** `class A {}`, `const A = class {}`, `export default class {}` and `exports.A = class A {}`. */
export function classesOf(source: ts.SourceFile): ClassSyntax[] {
  return source.statements.flatMap((statement) => {
    if (ts.isClassDeclaration(statement)) return [declared(statement)];
    if (ts.isExportAssignment(statement)) return inExpression(statement.expression, statement, undefined);
    if (ts.isExpressionStatement(statement) && ts.isBinaryExpression(statement.expression)) {
      return inExpression(statement.expression.right, statement, undefined);
    }
    if (!ts.isVariableStatement(statement)) return [];
    return statement.declarationList.declarations.flatMap(({ name, initializer }) =>
      initializer === undefined || !ts.isIdentifier(name) ? [] : inExpression(initializer, statement, name),
    );
  });
}

function declared(statement: ts.ClassDeclaration): ClassSyntax {
  const localName = nameText(statement.name);
  return {
    ...common(statement, statement),
    name: localName || "default",
    localName: localName || undefined,
    nameNode: statement.name ?? statement,
  };
}

function inExpression(expression: ts.Expression, statement: ts.Statement, variable: ts.Identifier | undefined): ClassSyntax[] {
  const node = bare(expression);
  if (!ts.isClassExpression(node)) return [];
  const localName = nameText(variable);
  const name = nameText(node.name) ?? localName ?? "default";
  return [{ ...common(node, statement), name, localName, nameNode: node.name ?? variable ?? node }];
}

function common(node: ts.ClassLikeDeclaration, statement: ts.Statement) {
  return { node, statement, isAbstract: hasModifier(node, ts.SyntaxKind.AbstractKeyword) };
}

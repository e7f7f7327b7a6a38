import * as ts from "typescript";
import { type FunctionWithBody, isFunctionWithBody, nodesExecutedIn } from "./nodes.ts";

/** A declaration of a name inside a function, block or class. */
export type LocalDeclaration =
  | ts.VariableDeclaration
  | ts.ParameterDeclaration
  | ts.BindingElement
  | ts.FunctionDeclaration
  | ts.FunctionExpression
  | ts.ClassDeclaration
  | ts.ClassExpression
  | ts.EnumDeclaration;

type Names = ReadonlyMap<string, LocalDeclaration>;

const NONE: Names = new Map();
const known = new WeakMap<ts.Node, Names>();

/** The declaration an identifier refers to, nearest first; `undefined` for a top-level name, or one not declared in the file. */
export function localDeclaration(name: ts.Identifier): LocalDeclaration | undefined {
  return declarationAround(name, ts.idText(name));
}

/** The declaration a name would refer to at a position. */
export function declarationAround(place: ts.Node, name: string): LocalDeclaration | undefined {
  for (let around = place.parent; around && !ts.isSourceFile(around); around = around.parent) {
    const found = namesOf(around).get(name);
    if (found) return found;
  }
  return undefined;
}

/** The names declared by a statement, each with its declaration: `a` and `c` for `const a = 1, { b: [c] } = d`. */
export function declaredIn({ declarationList }: ts.VariableStatement): (readonly [string, ts.VariableDeclaration | ts.BindingElement])[] {
  return declarationList.declarations.flatMap(declaredNames);
}

export function declaredNames<Declared extends ts.VariableDeclaration | ts.ParameterDeclaration | ts.BindingElement>(
  declaration: Declared,
): (readonly [string, Declared | ts.BindingElement])[] {
  const { name } = declaration;
  if (ts.isIdentifier(name)) return [[ts.idText(name), declaration]];
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? declaredNames(element) : []));
}

function namesOf(scope: ts.Node): Names {
  if (!isScope(scope)) return NONE;
  const before = known.get(scope);
  if (before) return before;
  const names = new Map(declarationsIn(scope));
  known.set(scope, names);
  return names;
}

type Scope =
  | ts.Block
  | ts.ModuleBlock
  | ts.CaseBlock
  | ts.ForStatement
  | ts.ForInOrOfStatement
  | ts.CatchClause
  | ts.ClassLikeDeclaration
  | FunctionWithBody;

function isScope(node: ts.Node): node is Scope {
  return (
    ts.isBlock(node) ||
    ts.isModuleBlock(node) ||
    ts.isCaseBlock(node) ||
    ts.isForStatement(node) ||
    ts.isForInStatement(node) ||
    ts.isForOfStatement(node) ||
    ts.isCatchClause(node) ||
    ts.isClassLike(node) ||
    isFunctionWithBody(node)
  );
}

function declarationsIn(scope: Scope): (readonly [string, LocalDeclaration])[] {
  if (ts.isBlock(scope) || ts.isModuleBlock(scope)) return scope.statements.flatMap(declaredBy);
  if (ts.isCaseBlock(scope)) return scope.clauses.flatMap(({ statements }) => statements.flatMap(declaredBy));
  if (ts.isCatchClause(scope)) return scope.variableDeclaration ? declaredNames(scope.variableDeclaration) : [];
  if (ts.isForStatement(scope) || ts.isForInStatement(scope) || ts.isForOfStatement(scope)) {
    const { initializer } = scope;
    return initializer && ts.isVariableDeclarationList(initializer) ? initializer.declarations.flatMap(declaredNames) : [];
  }
  if (ts.isClassLike(scope)) return scope.name && !ts.isSourceFile(scope.parent) ? [[ts.idText(scope.name), scope]] : [];
  const own: (readonly [string, LocalDeclaration])[] = ts.isFunctionExpression(scope) && scope.name ? [[ts.idText(scope.name), scope]] : [];
  return [...own, ...hoisted(scope.body), ...scope.parameters.flatMap(declaredNames)];
}

function declaredBy(statement: ts.Statement): (readonly [string, LocalDeclaration])[] {
  if (ts.isVariableStatement(statement)) return declaredIn(statement);
  const isNamed = ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement) || ts.isEnumDeclaration(statement);
  return isNamed && statement.name ? [[ts.idText(statement.name), statement]] : [];
}

/** `var` is visible in the whole function. */
function* hoisted(body: ts.Node): Generator<readonly [string, LocalDeclaration]> {
  for (const node of nodesExecutedIn(body)) {
    if (ts.isVariableDeclarationList(node) && !(node.flags & ts.NodeFlags.BlockScoped)) yield* node.declarations.flatMap(declaredNames);
  }
}

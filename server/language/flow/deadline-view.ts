import * as ts from "typescript";
import { memberNamed } from "../syntax/members.ts";
import { bare, type FunctionWithBody, isAssignment, memberOfThis, nodesOf } from "../syntax/nodes.ts";
import type { Family } from "../workspace/class-family.ts";

/** The members of our base classes that say nothing of the deadline. */
const INNOCENT: ReadonlySet<string> = new Set(["params", "task", "options", "checkpoint", "reportProgress"]);

/**
 * What of an `executeAction` has to do with its deadline: the deadline itself, its signal, and whatever was made from them. A loop that
 * mentions any of it looks at the deadline, or hands it on to somebody who can.
 */
export class DeadlineView {
  readonly #names = new Set<string>();
  /** Of what was awaited: its values are there already, only a stream among them can still be ended. */
  readonly #awaitedNames = new Set<string>();
  readonly #members = new Set(["signal"]);
  readonly #family: Family;
  readonly #isBlind: boolean;

  constructor(method: FunctionWithBody, family: Family) {
    this.#family = family;
    this.#isBlind = method.parameters.some(({ dotDotDotToken }) => dotDotDotToken !== undefined);
    for (const { name } of method.parameters) this.#add(name);
    // What is made from what was made from the deadline: until nothing new is found.
    for (let size = -1; size < this.#size; ) {
      size = this.#size;
      for (const node of nodesOf(method.body)) this.#learn(node);
      for (const { class: found } of family.line) for (const member of found.node.members) this.#learnMember(member, method);
    }
  }

  /** Whether the deadline may be looked at in there. In doubt it is. */
  isLookedAtIn(node: ts.Node): boolean {
    if (this.#isBlind) return true;
    for (const inner of nodesOf(node)) {
      if (this.#concernsDeadline(inner)) return true;
      if (ts.isForOfStatement(inner) && inner.awaitModifier && this.#mentions(inner.expression, this.#awaitedNames)) return true;
    }
    return false;
  }

  get #size(): number {
    return this.#names.size + this.#awaitedNames.size + this.#members.size;
  }

  #concernsDeadline(node: ts.Node): boolean {
    if (ts.isIdentifier(node)) return this.#names.has(ts.idText(node)) && !isMemberName(node);
    const member = memberOfThis(node);
    return member !== undefined && (this.#members.has(member) || this.#isUnknown(member));
  }

  /** A method that is inherited from where we cannot look. */
  #isUnknown(member: string): boolean {
    if (this.#family.isComplete || INNOCENT.has(member)) return false;
    return !this.#family.line.some(({ class: { node } }) => memberNamed(node, member, { isStatic: false }));
  }

  #mentions(node: ts.Node, names: ReadonlySet<string>): boolean {
    return [...nodesOf(node)].some((inner) => ts.isIdentifier(inner) && names.has(ts.idText(inner)) && !isMemberName(inner));
  }

  #learn(node: ts.Node): void {
    if (ts.isVariableDeclaration(node) && node.initializer) this.#made(node.name, node.initializer);
    else if (isAssignment(node)) this.#made(node.left, node.right);
    else if (ts.isFunctionDeclaration(node) && node.name && node.body && this.isLookedAtIn(node.body)) this.#add(node.name);
    // `signal.addEventListener("abort", () => { isOver = true; })`
    else if (ts.isCallExpression(node) && this.isLookedAtIn(node)) {
      for (const argument of node.arguments) {
        if (!ts.isArrowFunction(argument) && !ts.isFunctionExpression(argument)) continue;
        for (const inner of nodesOf(argument.body)) if (isAssignment(inner)) this.#add(inner.left);
      }
    }
  }

  #made(target: ts.Node, from: ts.Expression): void {
    const value = bare(from);
    if (ts.isAwaitExpression(value)) {
      if (this.isLookedAtIn(value)) this.#add(target, this.#awaitedNames);
    } else if (this.isLookedAtIn(value)) this.#add(target);
    else if (this.#mentions(value, this.#awaitedNames)) this.#add(target, this.#awaitedNames);
  }

  /** A method, getter or property of the class that looks at the deadline. */
  #learnMember(member: ts.ClassElement, executed: FunctionWithBody): void {
    if (member === executed || !member.name || ts.isConstructorDeclaration(member)) return;
    const body = "body" in member ? (member.body as ts.Node | undefined) : undefined;
    const content = body ?? (ts.isPropertyDeclaration(member) ? member.initializer : undefined);
    if (!content || content === executed) return;
    const looks = [...nodesOf(content)].some((node) => {
      const name = memberOfThis(node);
      return name !== undefined && (this.#members.has(name) || this.#isUnknown(name));
    });
    if (looks && (ts.isIdentifier(member.name) || ts.isPrivateIdentifier(member.name))) this.#members.add(ts.idText(member.name));
  }

  #add(target: ts.Node, names: Set<string> = this.#names): void {
    const member = memberOfThis(target);
    if (member !== undefined && !INNOCENT.has(member)) this.#members.add(member);
    else if (ts.isIdentifier(target)) names.add(ts.idText(target));
    else if (ts.isObjectBindingPattern(target) || ts.isArrayBindingPattern(target)) {
      for (const element of target.elements) if (ts.isBindingElement(element)) this.#add(element.name, names);
    }
  }
}

/** The `b` of `a.b` and of `{ b: c }`. */
function isMemberName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  return ts.isPropertyAssignment(parent) && parent.name === node;
}

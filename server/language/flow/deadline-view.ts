import * as ts from "typescript";
import { memberNamed, methodNamed, methodOf } from "../syntax/members.ts";
import { accessRoot, bare, type FunctionWithBody, isAssignment, isFunctionWithBody, nameText, nodesOf } from "../syntax/nodes.ts";
import { declaredNames, type LocalDeclaration, localDeclaration } from "../syntax/scope.ts";
import { isThis, memberOfThis } from "../syntax/this-member.ts";
import { functionOf, type Site } from "../workspace/written-function.ts";

/** Members of our base classes that are unrelated to the deadline. */
const INNOCENT: ReadonlySet<string> = new Set(["params", "task", "options", "checkpoint", "reportProgress"]);
/** Types whose values are the deadline, or end with it. */
const DEADLINE_TYPES: ReadonlySet<string> = new Set(["Deadline", "AbortSignal"]);

/** Where a value is stored: the declaration of its name, a top-level name, or `this.<member>`. */
type Place = LocalDeclaration | string;

const MEMBER = "this.";

function placeOfMember(name: string): Place {
  return MEMBER + name;
}

/** A place that receives a value from others. */
interface Flow {
  readonly into: Place;
  readonly from: ReadonlySet<Place>;
  /** An awaited value already exists: only a stream in it can still be ended. */
  readonly isAwaited: boolean;
}

/**
 * Everything in an action that is related to its deadline: the deadline itself, its signal, and values that were derived from them or are
 * changed when it is reached. A loop that mentions any of it checks the deadline, or passes it on to code that can.
 */
export class DeadlineView {
  readonly #looking = new Set<Place>([placeOfMember("signal"), "arguments"]);
  readonly #awaited = new Set<Place>();
  readonly #site: Site;
  readonly #isBlind: boolean;

  constructor(method: FunctionWithBody, site: Site) {
    this.#site = site;
    this.#isBlind = method.parameters.some(({ dotDotDotToken }) => dotDotDotToken !== undefined);
    const flows: Flow[] = [];
    for (const { class: found } of site.family.line) {
      for (const parameter of methodNamed(found.node, "executeAction")?.parameters ?? []) this.#addNames(parameter);
      for (const member of found.node.members) flows.push(...this.#flowsOfMember(member, method));
    }
    // `current = deadline`, for the functions of the file.
    if (flows.some(({ into }) => typeof into === "string" && !into.startsWith(MEMBER))) flows.push(...flowsOfFile(site));
    this.#spread(flows);
  }

  /** True if the deadline may be checked in the node. True in case of doubt. */
  isLookedAtIn(node: ts.Node): boolean {
    if (this.#isBlind) return true;
    for (const inner of nodesOf(node)) {
      const place = placeOf(inner);
      if (place !== undefined && (this.#looking.has(place) || this.#isUnknown(inner))) return true;
      if (ts.isElementAccessExpression(inner) && isThis(inner.expression) && memberOfThis(inner) === undefined) return true;
      const isStream = ts.isForOfStatement(inner) && inner.awaitModifier && intersect(mentionsOf(inner.expression), this.#awaited);
      if (isStream) return true;
    }
    return false;
  }

  #spread(flows: readonly Flow[]): void {
    for (let size = -1; size < this.#looking.size + this.#awaited.size; ) {
      size = this.#looking.size + this.#awaited.size;
      for (const { into, from, isAwaited } of flows) {
        const isLooking = intersect(from, this.#looking) || [...from].some((place) => this.#isUnknownMember(place));
        if (isLooking) (isAwaited ? this.#awaited : this.#looking).add(into);
        else if (intersect(from, this.#awaited)) this.#awaited.add(into);
      }
    }
  }

  /** An inherited member whose declaration is out of sight. */
  #isUnknown(node: ts.Node): boolean {
    const member = memberOfThis(node);
    return member !== undefined && this.#isUnknownMember(placeOfMember(member));
  }

  #isUnknownMember(place: Place): boolean {
    const { isComplete, line } = this.#site.family;
    if (isComplete || typeof place !== "string" || !place.startsWith(MEMBER)) return false;
    const member = place.slice(MEMBER.length);
    return !INNOCENT.has(member) && !line.some(({ class: { node } }) => memberNamed(node, member, { isStatic: false }));
  }

  #addNames(parameter: ts.ParameterDeclaration): void {
    for (const [, declaration] of declaredNames(parameter)) this.#looking.add(declaration);
  }

  /** A method, getter or property that mentions a related value is itself related. */
  *#flowsOfMember(member: ts.ClassElement, executed: FunctionWithBody): Generator<Flow> {
    const method = methodOf(member);
    const content = method ?? (ts.isPropertyDeclaration(member) ? member.initializer : undefined);
    if (!content) return;
    const name = nameText(member.name);
    if (name !== undefined && method !== executed && !ts.isConstructorDeclaration(member))
      yield { into: placeOfMember(name), from: mentionsOf(method?.body ?? content), isAwaited: false };
    for (const node of nodesOf(content)) {
      if (ts.isParameter(node) && isOfDeadlineType(node)) this.#addNames(node);
      else yield* this.#flowsOf(node);
    }
  }

  *#flowsOf(node: ts.Node): Generator<Flow> {
    if (ts.isVariableDeclaration(node) && node.initializer) yield* flowsInto(node, node.initializer);
    else if (ts.isFunctionDeclaration(node) && node.body) yield { into: node, from: mentionsOf(node.body), isAwaited: false };
    else if (isAssignment(node)) {
      for (const into of targetsOf(node.left)) yield flow(into, node.right);
      // `signal.onabort = stop`
      if (ts.isPropertyAccessExpression(node.left)) yield* this.#flowsOfCallback(node.right, mentionsOf(node.left), true);
    } else if (ts.isCallExpression(node) || ts.isNewExpression(node)) yield* this.#flowsOfCall(node);
  }

  /** The arguments of a call, and the effects of callbacks passed along with a related value. */
  *#flowsOfCall(call: ts.CallExpression | ts.NewExpression): Generator<Flow> {
    const called = ts.isCallExpression(call) ? functionOf(this.#site, call.expression) : undefined;
    const given = call.arguments ?? [];
    for (const [index, argument] of given.entries()) {
      const parameter = called?.function.parameters[index];
      if (parameter) for (const [, into] of declaredNames(parameter)) yield { into, from: mentionsOf(argument), isAwaited: false };
      const others = new Set([call.expression, ...given.filter((other) => other !== argument)].flatMap((other) => [...mentionsOf(other)]));
      yield* this.#flowsOfCallback(argument, others, !ts.isAwaitExpression(call.parent));
    }
  }

  /** `setTimeout(() => { isOver = true; }, deadline.remaining())`; a listener may also end what it calls: `worker.terminate()`. */
  *#flowsOfCallback(callback: ts.Expression, from: ReadonlySet<Place>, isListener: boolean): Generator<Flow> {
    const isName = ts.isIdentifier(bare(callback)) || memberOfThis(bare(callback)) !== undefined;
    const written = isName || isFunctionWithBody(bare(callback)) ? functionOf(this.#site, callback)?.function : undefined;
    if (!written || from.size === 0) return;
    for (const parameter of written.parameters) for (const [, into] of declaredNames(parameter)) yield { into, from, isAwaited: false };
    for (const node of nodesOf(written.body)) {
      const targets = isAssignment(node) ? targetsOf(node.left) : [];
      const called = isListener && ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression);
      const owners = called ? targetsOf(node.expression.expression) : [];
      for (const into of [...targets, ...owners]) yield { into, from, isAwaited: false };
    }
  }
}

function* flowsOfFile({ module }: Site): Generator<Flow> {
  for (const [name, declaration] of module.declarations) {
    const content = ts.isFunctionDeclaration(declaration)
      ? declaration.body
      : ts.isVariableDeclaration(declaration) && declaration.initializer;
    if (content) yield { into: name, from: mentionsOf(content), isAwaited: false };
  }
}

function flow(into: Place, from: ts.Expression): Flow {
  const value = bare(from);
  return { into, from: mentionsOf(value), isAwaited: ts.isAwaitExpression(value) };
}

/** `const { signal } = this` takes one member, other patterns take everything in the initializer. */
function flowsInto(declaration: ts.VariableDeclaration, initializer: ts.Expression): Flow[] {
  const { name } = declaration;
  if (!isThis(initializer) || !ts.isObjectBindingPattern(name))
    return declaredNames(declaration).map(([, into]) => flow(into, initializer));
  return name.elements.flatMap((element) => {
    // The rest of `this` includes the signal.
    const member = element.dotDotDotToken ? undefined : nameText(element.propertyName ?? element.name);
    const from = new Set([placeOfMember(member ?? "signal")]);
    return declaredNames(element).map(([, into]) => ({ into, from, isAwaited: false }));
  });
}

/** The places changed by an assignment: `a`, `a.b`, `this.a`, `[a, { b: c }]`. */
function targetsOf(target: ts.Expression): Place[] {
  const value = bare(target);
  if (ts.isArrayLiteralExpression(value)) return value.elements.flatMap(targetsOf);
  if (ts.isObjectLiteralExpression(value)) {
    return value.properties.flatMap((property) => {
      if (ts.isPropertyAssignment(property)) return targetsOf(property.initializer);
      return ts.isShorthandPropertyAssignment(property) ? targetsOf(property.name) : [];
    });
  }
  for (
    let access = value;
    ts.isPropertyAccessExpression(access) || ts.isElementAccessExpression(access);
    access = bare(access.expression)
  ) {
    const member = memberOfThis(access);
    if (member !== undefined) return INNOCENT.has(member) ? [] : [placeOfMember(member)];
  }
  const place = placeOf(accessRoot(value));
  return place === undefined ? [] : [place];
}

const mentions = new WeakMap<ts.Node, ReadonlySet<Place>>();

function mentionsOf(node: ts.Node): ReadonlySet<Place> {
  const known = mentions.get(node);
  if (known) return known;
  const found = new Set<Place>();
  for (const inner of nodesOf(node)) {
    const place = placeOf(inner);
    if (place !== undefined) found.add(place);
  }
  mentions.set(node, found);
  return found;
}

function placeOf(node: ts.Node): Place | undefined {
  if (ts.isIdentifier(node)) return isMemberName(node) ? undefined : (localDeclaration(node) ?? ts.idText(node));
  const member = memberOfThis(node) ?? memberOfSuper(node);
  return member === undefined ? undefined : placeOfMember(member);
}

function memberOfSuper(node: ts.Node): string | undefined {
  return ts.isPropertyAccessExpression(node) && node.expression.kind === ts.SyntaxKind.SuperKeyword ? nameText(node.name) : undefined;
}

/** The `b` of `a.b` and of `{ b: c }`. */
function isMemberName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  return ts.isPropertyAssignment(parent) && parent.name === node;
}

function isOfDeadlineType({ type }: ts.ParameterDeclaration): boolean {
  return type !== undefined && ts.isTypeReferenceNode(type) && DEADLINE_TYPES.has(nameText(type.typeName) ?? "");
}

function intersect(some: ReadonlySet<Place>, others: ReadonlySet<Place>): boolean {
  for (const place of some) if (others.has(place)) return true;
  return false;
}

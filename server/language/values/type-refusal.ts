import * as ts from "typescript";
import type { ModuleSyntax } from "../syntax/module-syntax.ts";
import { hasModifier, nameText } from "../syntax/nodes.ts";
import { textOf } from "../syntax/parse.ts";
import type { Modules } from "../workspace/modules.ts";
import { REFUSED_CLASSES } from "./json-refusal.ts";

/** A part of a type whose values JSON cannot represent. */
export interface RefusedType {
  readonly module: ModuleSyntax;
  readonly node: ts.Node;
  /** Property names from the params to it. */
  readonly path: readonly string[];
  /** `a Date`. */
  readonly what: string;
  readonly advice: string;
  /** The replacement type. */
  readonly instead?: string | undefined;
}

/** The types bound to the type parameters in scope; `undefined`: unknown. */
export type TypeArguments = ReadonlyMap<string, TypeInScope | undefined>;

export interface TypeInScope {
  readonly module: ModuleSyntax;
  readonly node: ts.TypeNode;
  readonly scope: TypeArguments;
}

const MAXIMUM_ALIASES = 20;
const PRIMITIVES: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.StringKeyword,
  ts.SyntaxKind.NumberKeyword,
  ts.SyntaxKind.BooleanKeyword,
  ts.SyntaxKind.LiteralType,
  ts.SyntaxKind.TemplateLiteralType,
]);

/** Generic types of the language that contain their arguments. */
const TRANSPARENT: Readonly<Record<string, number>> = {
  Partial: 0,
  Required: 0,
  Readonly: 0,
  NonNullable: 0,
  Array: 0,
  ReadonlyArray: 0,
  Record: 1,
};

/** Yields the parts of a type that JSON cannot represent, as far as its declarations are in the workspace. Unknown types are accepted. */
export function* refusedTypes(modules: Modules, type: TypeInScope): Generator<RefusedType> {
  yield* new Walk(modules).through(type, []);
}

class Walk {
  readonly #modules: Modules;
  /** The declarations being visited: types may refer to themselves. */
  readonly #open = new Set<ts.Node>();

  constructor(modules: Modules) {
    this.#modules = modules;
  }

  *through(type: TypeInScope, path: readonly string[]): Generator<RefusedType> {
    const { module, node } = type;
    const found = (what: string, advice: string, instead?: string) => ({ module, node, path, what, advice, instead });
    const inner = (next: ts.TypeNode, more = path) => this.through({ ...type, node: next }, more);
    switch (node.kind) {
      case ts.SyntaxKind.BigIntKeyword:
        yield found("a bigint", "use a string", "string");
        return;
      case ts.SyntaxKind.SymbolKeyword:
        yield found("a symbol", "use a string", "string");
        return;
      case ts.SyntaxKind.FunctionType:
      case ts.SyntaxKind.ConstructorType:
        yield found("a function", "move it to a method of the class");
        return;
    }
    if (ts.isParenthesizedTypeNode(node) || ts.isOptionalTypeNode(node) || ts.isRestTypeNode(node)) yield* inner(node.type);
    else if (ts.isTypeOperatorNode(node) && node.operator === ts.SyntaxKind.ReadonlyKeyword) yield* inner(node.type);
    else if (ts.isNamedTupleMember(node)) yield* inner(node.type);
    else if (ts.isArrayTypeNode(node)) yield* this.#item(type, node.elementType, path);
    else if (ts.isTupleTypeNode(node)) for (const element of node.elements) yield* this.#item(type, element, path);
    else if (ts.isUnionTypeNode(node)) for (const member of node.types) yield* inner(member);
    // A branded primitive: the other members of the intersection only exist for the compiler.
    else if (ts.isIntersectionTypeNode(node)) for (const member of this.#isBranded(type, node) ? [] : node.types) yield* inner(member);
    else if (ts.isTypeLiteralNode(node)) yield* this.#members(type, node.members, path);
    else if (ts.isTypeReferenceNode(node)) yield* this.#reference(type, node, path);
  }

  /** The items of an array: where `undefined` is possible, JSON would write null. */
  *#item(type: TypeInScope, item: ts.TypeNode, path: readonly string[]): Generator<RefusedType> {
    const { module } = type;
    const written = alternativesOf(item).find(({ kind }) => kind === ts.SyntaxKind.UndefinedKeyword);
    if (written || this.#mayBeUndefined(module, item))
      yield { module, node: written ?? item, path, what: "undefined in an array", advice: "use null", instead: written && "null" };
    yield* this.through({ ...type, node: item }, path);
  }

  #mayBeUndefined(module: ModuleSyntax, node: ts.TypeNode, depth = 0): boolean {
    return alternativesOf(node).some((part) => {
      if (part.kind === ts.SyntaxKind.UndefinedKeyword) return true;
      const alias = depth < MAXIMUM_ALIASES ? this.#aliased(module, part) : undefined;
      return alias !== undefined && this.#mayBeUndefined(alias.module, alias.node, depth + 1);
    });
  }

  /** `A` of `type A = …`, without type arguments: its definition. */
  #aliased(module: ModuleSyntax, node: ts.TypeNode): { readonly module: ModuleSyntax; readonly node: ts.TypeNode } | undefined {
    if (!ts.isTypeReferenceNode(node) || !ts.isIdentifier(node.typeName) || node.typeArguments) return undefined;
    const meaning = this.#modules.meaningOf(module, ts.idText(node.typeName));
    if (meaning?.kind !== "declaration" || !ts.isTypeAliasDeclaration(meaning.declaration)) return undefined;
    return { module: meaning.module, node: meaning.declaration.type };
  }

  #isBranded({ module, scope }: TypeInScope, { types }: ts.IntersectionTypeNode): boolean {
    return types.some((member) => this.#isPrimitive({ module, scope, node: member }));
  }

  #isPrimitive(type: TypeInScope, depth = 0): boolean {
    const { module, node, scope } = type;
    if (PRIMITIVES.has(node.kind)) return true;
    const alternatives = alternativesOf(node);
    if (alternatives.length > 1) return alternatives.every((part) => this.#isPrimitive({ ...type, node: part }, depth + 1));
    const name = ts.isTypeReferenceNode(node) ? nameText(node.typeName) : undefined;
    if (name === undefined || depth > MAXIMUM_ALIASES) return false;
    const given = scope.get(name);
    if (given) return this.#isPrimitive(given, depth + 1);
    const alias = this.#aliased(module, node);
    return alias !== undefined && this.#isPrimitive({ ...alias, scope: new Map() }, depth + 1);
  }

  *#members(
    type: TypeInScope,
    members: readonly ts.TypeElement[],
    path: readonly string[],
    hidden: ReadonlySet<string> = new Set(),
  ): Generator<RefusedType> {
    const { module } = type;
    for (const member of members) {
      const name = nameText(member.name) ?? "…";
      if (hidden.has(name)) continue;
      if (ts.isMethodSignature(member)) {
        yield { module, node: member, path: [...path, name], what: "a function", advice: "move it to a method of the class" };
      } else if (ts.isCallSignatureDeclaration(member) || ts.isConstructSignatureDeclaration(member)) {
        yield { module, node: member, path, what: "a function", advice: "move it to a method of the class" };
      } else if (
        (ts.isPropertySignature(member) || ts.isIndexSignatureDeclaration(member) || ts.isGetAccessorDeclaration(member)) &&
        member.type
      ) {
        yield* this.through({ ...type, node: member.type }, [...path, name]);
      }
    }
  }

  *#reference(type: TypeInScope, node: ts.TypeReferenceNode, path: readonly string[]): Generator<RefusedType> {
    const { module, scope } = type;
    if (!ts.isIdentifier(node.typeName)) return;
    const name = ts.idText(node.typeName);
    const given = node.typeArguments ?? [];
    if (scope.has(name)) {
      const stands = scope.get(name);
      if (stands) yield* this.through(stands, path);
      return;
    }
    const meaning = this.#modules.meaningOf(module, name);
    if (meaning?.kind === "class") {
      if (hasOwnBehaviour(meaning.class.node))
        yield { module, node, path, what: `an instance of the class ${name}`, advice: "use a plain object" };
    } else if (meaning?.kind === "declaration") {
      yield* this.#declaration(type, meaning.module, meaning.declaration, given, path);
    } else if (!meaning && !module.imports.has(name)) yield* this.#global(type, node, name, path);
  }

  *#global(type: TypeInScope, node: ts.TypeReferenceNode, name: string, path: readonly string[]): Generator<RefusedType> {
    const given = node.typeArguments ?? [];
    const refused = REFUSED_CLASSES.get(name);
    if (refused) {
      const { module } = type;
      yield {
        module,
        node,
        path,
        what: `${/^[AEIO]/.test(name) ? "an" : "a"} ${name}`,
        advice: refused.advice,
        instead: refused.instead?.(given.map(textOf)),
      };
      return;
    }
    const item = Object.hasOwn(TRANSPARENT, name) ? given[TRANSPARENT[name] ?? 0] : undefined;
    if (!item) return;
    if (/Array$/.test(name)) yield* this.#item(type, item, path);
    else yield* this.through({ ...type, node: item }, path);
  }

  *#declaration(
    from: TypeInScope,
    module: ModuleSyntax,
    declaration: ts.Declaration,
    given: readonly ts.TypeNode[],
    path: readonly string[],
    hidden: ReadonlySet<string> = new Set(),
  ): Generator<RefusedType> {
    if (!(ts.isInterfaceDeclaration(declaration) || ts.isTypeAliasDeclaration(declaration)) || this.#open.has(declaration)) return;
    this.#open.add(declaration);
    const scope = scopeOf(declaration.typeParameters, given, from);
    if (ts.isTypeAliasDeclaration(declaration)) yield* this.through({ module, node: declaration.type, scope }, path);
    else {
      const placeholder = declaration as unknown as ts.TypeNode;
      yield* this.#members({ module, node: placeholder, scope }, declaration.members, path, hidden);
      // A redeclared property has the new type.
      const own = new Set([...hidden, ...declaration.members.map(({ name }) => nameText(name) ?? "…")]);
      for (const { expression, typeArguments } of (declaration.heritageClauses ?? []).flatMap(({ types }) => types)) {
        const base = ts.isIdentifier(expression) ? this.#modules.meaningOf(module, ts.idText(expression)) : undefined;
        if (base?.kind !== "declaration") continue;
        yield* this.#declaration({ module, node: placeholder, scope }, base.module, base.declaration, typeArguments ?? [], path, own);
      }
    }
    this.#open.delete(declaration);
  }
}

/** `A` and `B` of `(A | B)`. */
function alternativesOf(node: ts.TypeNode): readonly ts.TypeNode[] {
  const bare = ts.isParenthesizedTypeNode(node) || ts.isNamedTupleMember(node) ? node.type : node;
  return ts.isUnionTypeNode(bare) ? bare.types : [bare];
}

/** The types bound to type parameters by these arguments; `from` is where those are written. */
export function scopeOf(
  parameters: readonly ts.TypeParameterDeclaration[] | undefined,
  given: readonly ts.TypeNode[],
  from: Pick<TypeInScope, "module" | "scope">,
): TypeArguments {
  return new Map(
    (parameters ?? []).map(({ name }, index) => {
      const node = given[index];
      return [ts.idText(name), node && { module: from.module, scope: from.scope, node }];
    }),
  );
}

/** A class with only data may describe a plain object: types are compared by their members. */
function hasOwnBehaviour({ members }: ts.ClassLikeDeclaration): boolean {
  const own = members.filter((member) => !hasModifier(member, ts.SyntaxKind.StaticKeyword));
  return own.some(
    (member) =>
      ts.isMethodDeclaration(member) ||
      ts.isAccessor(member) ||
      (member.name !== undefined && ts.isPrivateIdentifier(member.name)) ||
      hasModifier(member, ts.SyntaxKind.PrivateKeyword) ||
      hasModifier(member, ts.SyntaxKind.ProtectedKeyword),
  );
}
